"""What can be chosen on the command line, for all cases alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """Runs that are paired, and for a trial: minutes of programme, cuts, some of the forms.

    None and nothing mean what the case is about.
    """

    runs: int = 3
    minutes: float | None = None
    cuts: int | None = None
    forms: tuple[str, ...] = ()

    @property
    def is_trial(self) -> bool:
        """Whether less is measured than the page shows."""
        return self.minutes is not None or self.cuts is not None or bool(self.forms)

    def seconds(self, usual_minutes: float) -> int:
        """The length of programme."""
        return round(60 * (usual_minutes if self.minutes is None else self.minutes))

    def switches(self, usual: int) -> int:
        """How often it goes to another camera."""
        return usual if self.cuts is None else self.cuts
