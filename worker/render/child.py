"""The program that children run: `python -m worker.render.child VERB SPEC [ANSWER]`.

A nursery loads it once and forks it for each verb; run by hand it does the same.

Media is parsed and decoded here, in a process that may crash, hang or be killed without taking
anything along. Progress goes to standard output as `done=N` lines, except where standard output
is the raw pictures or sound. A child that knows what went wrong says so as its last line.
"""

from __future__ import annotations

import errno
import os
import sys
import time
import traceback
from functools import partial
from pathlib import Path

from config_schema.errors import (
    ExportError,
    InternalFault,
    LimitExceeded,
    NoSpace,
    OutOfMemory,
)
from worker.ffmpeg.diagnosis import verdict
from worker.ffmpeg.nursery import run


def main(argv: list[str]) -> int:
    """Run one verb; 0 when it did what it was told."""
    verb, spec, *rest = argv
    answer = Path(rest[0]) if rest else None
    try:
        _VERBS[verb](Path(spec), answer)
    except ExportError as error:
        _complain(f"{error.detail}\n{verdict(error)}")
        return 3
    except MemoryError:
        _complain("MemoryError")
        return 5
    except Exception as error:  # noqa: BLE001 - the last stop: the worker is told what it was
        number = getattr(error, "errno", None)
        if number == errno.EPIPE:
            return 4  # the encoder is gone; what it said is the reason
        fault = _FAULTS.get(number, InternalFault)()
        _complain(f"{traceback.format_exc()}\n{verdict(fault)}")
        return 6
    return 0


def prepare() -> None:
    """Load all that the verbs need, before a nursery forks them."""
    import worker.ffmpeg.facts
    import worker.render.assemble
    import worker.render.index
    import worker.render.picture_feed
    import worker.render.preview
    import worker.render.proof
    import worker.render.sound_feed
    import worker.render.source_look
    import worker.render.verify  # noqa: F401 - loaded, not used
    from worker.ffmpeg.media import bound_allocations
    from worker.render.spec import prepare_specs

    bound_allocations()
    prepare_specs()


def _complain(words: str) -> None:
    sys.stderr.write(words + "\n")


#: Progress is told so often; whoever reads it looks ten times a second.
_SAY_SECONDS = 0.1
_said_at = 0.0


def _say(done: float) -> None:
    global _said_at  # noqa: PLW0603 - of one process, which does one thing
    now = time.monotonic()
    if now - _said_at >= _SAY_SECONDS:
        _said_at = now
        sys.stdout.write(f"done={done:.3f}\n")
        sys.stdout.flush()


def _say_from(offset: float, done: float) -> None:
    _say(offset + done)


def _probe(spec: Path, answer: Path | None) -> None:
    from worker.ffmpeg.facts import gather
    from worker.plan.footage import Footage
    from worker.render.spec import ProbeSpec, read_spec, write_answer

    told = read_spec(spec, ProbeSpec)
    found: dict[int, Footage] = {}
    base = 0.0
    for index, fd, name, fingerprint in told.sources:
        found[index] = gather(
            fd,
            name,
            fingerprint,
            scan=index in told.scan,
            report=partial(_say_from, base),
        )
        base += os.fstat(fd).st_size
        _say(base)
    write_answer(answer, found, dict[int, Footage])


def _index(spec: Path, answer: Path | None) -> None:
    from worker.render.index import look_near_cuts
    from worker.render.spec import IndexAnswer, IndexSpec, read_spec, write_answer

    write_answer(answer, look_near_cuts(read_spec(spec, IndexSpec), _say), IndexAnswer)


def _pictures(spec: Path, answer: Path | None) -> None:
    from worker.render.picture_feed import feed_pictures
    from worker.render.spec import PictureFacts, PictureSpec, read_spec, write_answer

    write_answer(answer, feed_pictures(read_spec(spec, PictureSpec)), PictureFacts)


def _sound(spec: Path, answer: Path | None) -> None:
    from worker.render.sound_feed import feed_sound
    from worker.render.spec import SoundSpec, read_spec, write_answer

    write_answer(answer, feed_sound(read_spec(spec, SoundSpec)), int)


def _assemble(spec: Path, answer: Path | None) -> None:
    from worker.render.assemble import assemble
    from worker.render.spec import AssembleAnswer, AssembleSpec, read_spec, write_answer

    write_answer(answer, assemble(read_spec(spec, AssembleSpec), _say), AssembleAnswer)


def _verify(spec: Path, answer: Path | None) -> None:
    from worker.render.spec import OutputFacts, VerifySpec, read_spec, write_answer
    from worker.render.verify import verify

    write_answer(answer, verify(read_spec(spec, VerifySpec), _say), OutputFacts)


def _prove(spec: Path, answer: Path | None) -> None:
    from worker.render.proof import prove
    from worker.render.spec import ProofAnswer, ProofSpec, read_spec, write_answer

    write_answer(answer, prove(read_spec(spec, ProofSpec), _say), ProofAnswer)


def _preview(spec: Path, answer: Path | None) -> None:
    from worker.render.preview import preview
    from worker.survey.spec import PreviewSpec

    told = PreviewSpec.model_validate_json(spec.read_bytes())
    assert answer is not None
    answer.write_text(preview(told, _say).model_dump_json(), encoding="utf-8")


def _facts(spec: Path, answer: Path | None) -> None:
    from worker.render.source_look import look_into
    from worker.survey.spec import FactsSpec

    told = FactsSpec.model_validate_json(spec.read_bytes())
    assert answer is not None
    answer.write_text(look_into(told, _say).model_dump_json(), encoding="utf-8")


def _still(spec: Path, answer: Path | None) -> None:
    from worker.render.miniature_specs import StillSpec
    from worker.render.spec import read_spec, write_answer
    from worker.render.still import make_still

    write_answer(answer, make_still(read_spec(spec, StillSpec), _say), int)


def _peaks(spec: Path, answer: Path | None) -> None:
    from worker.render.listening import write_peaks
    from worker.render.miniature_specs import PeaksSpec
    from worker.render.spec import read_spec, write_answer

    write_answer(answer, write_peaks(read_spec(spec, PeaksSpec), _say), int)


def _hearing(spec: Path, answer: Path | None) -> None:
    from worker.render.listening import write_hearing
    from worker.render.miniature_specs import HearingSpec
    from worker.render.spec import read_spec, write_answer

    write_answer(answer, write_hearing(read_spec(spec, HearingSpec), _say), int)


def _align(spec: Path, answer: Path | None) -> None:
    from worker.plan.alignment import Alignment
    from worker.render.listening import compare
    from worker.render.miniature_specs import AlignSpec
    from worker.render.spec import read_spec, write_answer

    write_answer(answer, compare(read_spec(spec, AlignSpec), _say), tuple[Alignment, ...])


#: What the errno of an exception means; everything else is a defect of ours.
_FAULTS: dict[int | None, type[ExportError]] = {
    errno.ENOSPC: NoSpace,
    errno.EDQUOT: NoSpace,
    errno.ENOMEM: OutOfMemory,
    errno.EFBIG: LimitExceeded,
}

_VERBS = {
    "probe": _probe,
    "index": _index,
    "pictures": _pictures,
    "sound": _sound,
    "assemble": _assemble,
    "verify": _verify,
    "prove": _prove,
    "preview": _preview,
    "facts": _facts,
    "still": _still,
    "peaks": _peaks,
    "hearing": _hearing,
    "align": _align,
}

if __name__ == "__main__":
    sys.exit(run(main, prepare))
