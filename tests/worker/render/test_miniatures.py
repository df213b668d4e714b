"""Everything that a page shows of sources, made of coded cameras and looked at again."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from config_schema.errors import Cancelled, SourceChanged, SourceUnreadable, TurnOver
from config_schema.status import Progress
from export_service.coded_media import CameraSpec, make_camera
from tests.engine.harness import FAST, config_of
from tests.media.decode import FFMPEG
from tests.media.footage import Source, get, known_of, made, place
from tests.media.oracle import Known, expect
from tests.media.verify import assert_exact
from tests.worker.plan.test_alignment import heard, speech
from worker.ffmpeg.media import second_of
from worker.ffmpeg.nursery import Nursery
from worker.media.resolve import SourceRoots
from worker.miniatures.asking import want_of
from worker.miniatures.making import Bench, Made
from worker.miniatures.wants import Kind
from worker.plan.alignment import HEARING_RATE
from worker.render.export import render_nursery
from worker.render.miniatures import MiniatureMaker, miniature_engine

ENGINE = replace(miniature_engine(FAST), piece_seconds=1.0)


@dataclass
class Watch:
    """A watcher that keeps what it is told, and says what it is told to say."""

    shares: list[float] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    cancelled: Callable[[], bool] = lambda: False
    over: Callable[[], bool] = lambda: False

    def progress(self, progress: Progress) -> None:
        self.share(progress.fraction)

    def share(self, share: float) -> None:
        self.shares.append(share)

    def is_cancelled(self) -> bool:
        return self.cancelled()

    def is_turn_over(self) -> bool:
        return self.over()

    def log(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with closing(render_nursery(ENGINE)) as made:
        yield made


@dataclass
class Studio:
    folder: Path
    nursery: Nursery

    def make(self, kind: Kind, *sources: Source, watch: Watch | None = None, **how: float) -> Made:
        roots = SourceRoots(self.folder / "sources")
        # Placed again it would be another content.
        place(roots.base, *(one for one in sources if not (roots.base / one.name).exists()))
        want = want_of(kind, "", [source.name for source in sources], roots, **how)
        work = self.folder / "work"
        work.mkdir(exist_ok=True)
        maker = MiniatureMaker(ENGINE, lambda _: roots, self.nursery)
        return maker(want, Bench(work, ()), watch or Watch())  # type: ignore[arg-type]


@pytest.fixture
def studio(tmp_path: Path, nursery: Nursery) -> Studio:
    return Studio(tmp_path, nursery)


def path_of(result: Made) -> Path:
    assert result.path is not None
    return result.path


@pytest.mark.parametrize("name", ["sixty.mp4", "cut.mp4", "phone.mp4", "mute.mp4"])
def test_a_time_in_the_proxy_is_the_time_that_a_config_means(studio: Studio, name: str) -> None:
    source = get(name)
    result = studio.make(Kind.PROXY, source)
    length = float(source.known.ends)
    facts = result.facts
    # What an export of the whole source would be: the oracle knows every frame of it.
    config = config_of(
        [source], [(0, 0, length)], codec="h264", width=facts["width"], height=facts["height"]
    )
    assert_exact(path_of(result), expect(config, [source.known]))
    rate = source.known.lead.rate
    with av.open(str(path_of(result))) as proxy:
        keys = [second_of(p) for p in proxy.demux(video=0) if p.is_keyframe and p.size]
    assert all(b - a <= Fraction(1, 2) for a, b in itertools.pairwise(keys))
    assert facts["fps"] == pytest.approx(float(rate))


def test_the_index_of_a_proxy_lies_in_front(studio: Studio) -> None:
    data = path_of(studio.make(Kind.PROXY, get("sixty.mp4"))).read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_a_proxy_goes_on_from_its_pieces_when_others_had_their_turn(studio: Studio) -> None:
    # The pieces that are at work as it is told are finished, and no other is begun.
    waits = Watch()
    waits.over = lambda: any(line.startswith("run picture 1") for line in waits.lines)
    with pytest.raises(TurnOver):
        studio.make(Kind.PROXY, get("sixty.mp4"), watch=waits)
    again = Watch()
    studio.make(Kind.PROXY, get("sixty.mp4"), watch=again)
    begun = [
        {line.split(":")[0] for line in watch.lines if line.startswith("run picture")}
        for watch in (waits, again)
    ]
    assert begun[0]
    assert begun[1]
    assert not begun[0] & begun[1]


def test_what_nobody_wants_any_more_is_ended(studio: Studio) -> None:
    watch = Watch()
    watch.cancelled = lambda: any(line.startswith("run picture") for line in watch.lines)
    with pytest.raises(Cancelled):
        studio.make(Kind.PROXY, get("sixty.mp4"), watch=watch)


def test_a_source_that_was_replaced_is_another_one(studio: Studio) -> None:
    source = get("sixty.mp4")
    roots = SourceRoots(studio.folder / "sources")
    place(roots.base, source)
    want = want_of(Kind.PROXY, "", [source.name], roots)
    (roots.base / source.name).write_bytes(b"another one")
    work = studio.folder / "work"
    work.mkdir()
    with pytest.raises(SourceChanged):
        MiniatureMaker(ENGINE, lambda _: roots, studio.nursery)(
            want,
            Bench(work, ()),
            Watch(),  # type: ignore[arg-type]
        )


def picture_of(path: Path) -> np.ndarray:
    with av.open(str(path)) as still:
        return next(still.decode(video=0)).to_ndarray(format="gray")


def test_a_thumbnail_shows_the_frame_of_its_time(studio: Studio) -> None:
    source = get("sixty.mp4")
    lead = source.known.lead
    result = studio.make(Kind.THUMBNAIL, source, time_ms=700, width=160)
    assert max(result.facts["width"], result.facts["height"]) <= 160
    shown = picture_of(path_of(result))
    assert shown.shape == (result.facts["height"], result.facts["width"])
    with av.open(str(source.path)) as file:
        frames = [
            frame.reformat(result.facts["width"], result.facts["height"], "gray").to_ndarray()
            for frame in file.decode(video=0)
        ]
    apart = [np.abs(frame.astype(int) - shown).mean() for frame in frames]
    assert int(np.argmin(apart)) == round(Fraction(7, 10) * lead.rate)


def test_a_strip_shows_a_picture_of_every_second(studio: Studio) -> None:
    source = get("sixty.mp4")
    result = studio.make(Kind.STRIP, source)
    facts = result.facts
    shown = picture_of(path_of(result))
    rows = -(-facts["tiles"] // facts["columns"])
    assert shown.shape == (facts["tileHeight"] * rows, facts["tileWidth"] * facts["columns"])
    assert facts["tiles"] * facts["secondsPerTile"] == pytest.approx(float(source.known.ends))
    assert shown[: facts["tileHeight"], : facts["tileWidth"]].std() > 1


def test_a_waveform_has_a_hundred_peaks_a_second_and_is_silent_before_the_sound(
    studio: Studio,
) -> None:
    source = get("sixty.mp4")
    result = studio.make(Kind.WAVEFORM, source)
    pairs = np.frombuffer(path_of(result).read_bytes(), np.int8).reshape(-1, 2)
    assert len(pairs) == result.facts["peaks"]
    assert len(pairs) == pytest.approx(float(source.known.ends) * 100, abs=10)
    assert (pairs[:, 0] <= pairs[:, 1]).all()
    assert pairs.max() > 10


def test_what_has_no_sound_has_no_waveform(studio: Studio) -> None:
    with pytest.raises(SourceUnreadable, match="no sound"):
        studio.make(Kind.WAVEFORM, get("mute.mp4"))


SCENE_STARTS = {"first.mp4": 5.0, "second.mp4": 6.7, "third.mp4": 4.1}


def recorded(name: str) -> Source:
    """A camera that heard a scene from its own beginning on, in its own words of AAC."""
    start = SCENE_STARTS.get(name)

    def recipe(path: Path) -> Known:
        spec = CameraSpec(1, 20 * 25, Fraction(25), 96, 54, audio=None)
        silent = path.with_suffix(".silent.mp4")
        make_camera(silent, spec)
        # Of another scene, where it is not one of these.
        sound = heard(speech(60, 7 if start is not None else 8), start or 5, 20)
        raw = path.with_suffix(".raw")
        raw.write_bytes(np.asarray(sound / 4, np.float32).tobytes())
        sound_in = ("-f", "f32le", "-ar", str(HEARING_RATE), "-ac", "1", "-i", str(raw))
        coded = ("-c:v", "copy", "-c:a", "aac", "-ar", "48000", "-ac", "2", str(path))
        argv = (FFMPEG, "-v", "error", "-y", "-i", str(silent), *sound_in, *coded)
        subprocess.run(argv, check=True)
        silent.unlink()
        raw.unlink()
        return known_of(spec)

    return made(f"scene {name}", recipe)


def test_cameras_that_began_apart_are_found_within_a_frame_and_strangers_are_not(
    studio: Studio,
) -> None:
    names = ("first.mp4", "second.mp4", "third.mp4", "stranger.mp4")
    found = studio.make(Kind.SYNC, *map(recorded, names), most_offset_seconds=600)
    second, third, stranger = found.facts["matches"]
    assert (second["found"], third["found"], stranger["found"]) == (True, True, False)
    assert second["offsetSeconds"] == pytest.approx(1.7, abs=0.001)
    assert third["offsetSeconds"] == pytest.approx(-0.9, abs=0.001)
    assert stranger["offsetSeconds"] is None
    assert stranger["confidence"] < 0.3 < min(second["confidence"], third["confidence"])
    assert found.path is None


def test_sounds_that_are_not_there_cannot_be_compared(studio: Studio) -> None:
    with pytest.raises(SourceUnreadable, match="no sound"):
        studio.make(Kind.SYNC, get("sixty.mp4"), get("mute.mp4"), most_offset_seconds=10)
