"""What two things cost, run by run: the median of their ratios, and whether it is good enough."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.page import Row
from benchmarks.place import middle


def ratio_row(
    what: str,
    pairs: Sequence[tuple[float, float]],
    most: float | None = None,
    *,
    least: float | None = None,
) -> Row:
    """The median of the pairs' ratios, with what it is made of.

    >>> ratio_row("a / b", [(3, 2), (8, 4), (9, 3)], 2).measured
    '2.00 (8.0 s / 3.0 s; 3 runs, 1.50 to 3.00)'
    >>> ratio_row("a / b", [(3, 2)], least=2).is_met
    False
    """
    ratios = sorted(a / b for a, b in pairs)
    runs = f"{len(pairs)} runs, " if len(pairs) > 1 else ""
    measured = (
        f"{middle(ratios):.2f} ({middle([a for a, _ in pairs]):.1f} s / "
        f"{middle([b for _, b in pairs]):.1f} s; {runs}{ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
    if least is not None:
        return Row(what, measured, f"at least {least:g}", middle(ratios) >= least)
    if most is not None:
        return Row(what, measured, f"at most {most:.2f}", middle(ratios) <= most)
    return Row(what, measured, "", is_met=True)
