"""Whether an export of a camera that lies did harm: a picture shown that nobody asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from config_schema.errors import Cancelled, ExportError, InternalFault, RenderFault, ServiceFault
from export_service.coded_media import Code
from tests.chaos.cast import HONEST, LIAR
from tests.chaos.witness import Slot, Testimony
from tests.media.decode import Picture
from tests.media.oracle import Expected, Known, expect

#: Of pictures that follow each other so closely none is more asked for than the other.
CLOSE = Fraction(1, 1000)
#: From so far off a decoder may take what it puts in the place of a picture that it cannot decode.
CONCEALED = Fraction(3, 2)
#: So long may the frame before stand in for one that cannot be decoded.
HELD = Fraction(1, 10)


@dataclass
class Judgement:
    """What was found: harm in words, and how the pictures came out."""

    harm: list[str] = field(default_factory=list)
    exact: int = 0
    black: int = 0
    held: int = 0
    garbled: int = 0
    as_damaged: int = 0


@dataclass(frozen=True)
class Case:
    """What was exported: the config, what the file held before and holds now, what is known of
    the honest camera, and whether the damage is one of times.
    """

    config: dict[str, Any]
    liar: str
    before: Testimony
    now: Testimony
    honest: Known
    retimes: bool
    #: Which programme frames are the source's own coded pictures.
    copied: frozenset[int] = frozenset()


def judge_pictures(
    pictures: Sequence[Picture], rate: Fraction, warnings: Sequence[str], case: Case
) -> Judgement:
    """Hold every delivered picture against what the damaged file says, and said before."""
    size = (case.honest.lead.width, case.honest.lead.height)
    is_named = any(case.liar in warning for warning in warnings)
    now = _expected(case, case.now.known(rate, size))
    # Second 0 is where the file begins that there is now.
    before = _expected(case, case.before.known(rate, size, zero=case.now.zero))
    found = Judgement()
    if len(pictures) != len(now.frames):
        found.harm.append(f"{len(pictures)} frames where {len(now.frames)} are due")
    for n, (picture, due, due_before) in enumerate(
        zip(pictures, now.frames, before.frames, strict=False)
    ):
        source = None if due is None else due.camera
        if source == HONEST:
            wrong = "" if picture.code == due else f"{_words(picture)} where {due} is due"
            found.exact += 1
        else:
            was = None if case.retimes else due_before
            wrong = _judge(picture, due, was, case, found, is_named=is_named, at=n)
        if wrong:
            found.harm.append(f"frame {n}: {wrong}")
    return found


def due_codes(case: Case, rate: Fraction) -> list[Code | None]:
    """What each frame is to show, where the liar tells the truth; None is black."""
    size = (case.honest.lead.width, case.honest.lead.height)
    expected = _expected(case, case.now.known(rate, size))
    return [
        code
        if code is None or code.camera == HONEST
        else next(iter(case.now.slots[code.frame].codes))
        for code in expected.frames
    ]


def _expected(case: Case, liar: Known) -> Expected:
    known = {LIAR: liar, HONEST: case.honest}
    return expect(case.config, [known[n] for n in sorted(known)])


def _judge(
    picture: Picture,
    due: Code | None,
    due_before: Code | None,
    case: Case,
    found: Judgement,
    *,
    is_named: bool,
    at: int,
) -> str:
    """What is wrong with one picture, or nothing."""
    slot = _slot(case.now.slots, due.frame) if due is not None else None
    healthy = _healthy(case.before.slots, due_before)
    if picture.code is not None:
        wrong = _judge_readable(picture.code, slot, healthy, case, found, is_named=is_named)
        if wrong and at in case.copied and slot is not None and slot.is_suspect:
            # The same bits as in the source, where nobody knows what a decoder makes of them.
            near = [s for s in case.now.slots if abs(s.second - slot.second) <= CONCEALED]
            found.garbled += 1
            return "" if any(picture.code in each.codes for each in near) else wrong
        return wrong
    if slot is not None and not slot.is_suspect:
        return f"{_words(picture)} where the file has {set(slot.codes)}"
    if picture.is_black:
        found.black += 1
        return "" if is_named or slot is None else "black without a word"
    found.garbled += 1
    return "" if slot is not None else f"{_words(picture)} where the file has nothing"


def _judge_readable(
    code: Code,
    slot: Slot | None,
    healthy: frozenset[Code],
    case: Case,
    found: Judgement,
    *,
    is_named: bool,
) -> str:
    if code in healthy:
        found.exact += 1
        return ""
    if slot is not None and code in slot.codes:
        found.as_damaged += 1
        return ""
    if slot is not None and slot.is_suspect:
        stands_in = any(
            code in other.codes and 0 < slot.second - other.second <= HELD
            for other in case.now.slots
        )
        if stands_in and is_named:
            found.held += 1
            return ""
    due = set(slot.codes) if slot is not None else "nothing"
    return f"{code} where the file has {due}, and had {set(healthy)}"


def _slot(slots: Sequence[Slot], at: int) -> Slot:
    """The slot that is due, with what others show that begin at nearly the same time."""
    due = slots[at]
    near = [
        each for each in slots[max(0, at - 4) : at + 5] if abs(each.second - due.second) < CLOSE
    ]
    codes = frozenset[Code]().union(*(each.codes for each in near))
    return Slot(due.second, codes, any(each.is_suspect for each in near))


def _healthy(slots: Sequence[Slot], due: Code | None) -> frozenset[Code]:
    if due is None or due.camera != LIAR:
        return frozenset()
    return slots[due.frame].codes


def _words(picture: Picture) -> str:
    return "black" if picture.is_black else str(picture.code or "an unreadable picture")


def judge_failure(error: BaseException, liar: str) -> str:
    """What is wrong with how an export failed, or nothing: it is to name the source."""
    if not isinstance(error, ExportError) or isinstance(error, InternalFault | Cancelled):
        return f"{type(error).__name__}: {error}"
    if isinstance(error, RenderFault | ServiceFault) or liar not in str(error):
        return f"{type(error).__name__} does not say whose fault it is: {error}"
    return ""
