"""A little of `make fuzz`; and that it would find what it looks for."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from export_service import create_app
from tests.export_service.fakes import FakeDoor
from tests.fuzz import api, configs, media
from tests.fuzz.__main__ import CACHE
from tests.fuzz.damage import damaged
from tests.fuzz.seeds import SEEDS, film

FILMS = 20


@pytest.fixture(scope="module")
def films() -> Path:
    CACHE.mkdir(parents=True, exist_ok=True)
    return CACHE


def test_damaged_films_become_programmes_or_failures_that_name_them(films: Path) -> None:
    tries = [*media.try_films(range(FILMS), films, 2)]
    assert not [one for one in tries if one.harm]
    outcomes = Counter(one.outcome for one in tries)
    # Damage that nobody notices, or that nobody survives, would prove little.
    assert outcomes["completed"] > 2, outcomes
    assert outcomes.total() - outcomes["completed"] > 2, outcomes


def test_a_film_that_ends_the_engine_is_found(films: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(media, "render", fails)
    (one,) = media.try_films(range(1), films, 1)
    assert (one.outcome, "ZeroDivisionError" in one.harm) == ("HARM", True)


def test_the_same_number_is_the_same_damage(films: Path) -> None:
    healthy = [film(seed, films) for seed in SEEDS[:2]]
    made = [damaged(healthy[0], random.Random(n), healthy[1]) for n in range(50)]
    assert made == [damaged(healthy[0], random.Random(n), healthy[1]) for n in range(50)]
    assert len(set(made)) > 40
    assert media.film_of(7, films) == media.film_of(7, films)


def test_hostile_configs_are_each_answered_as_the_api_says() -> None:
    tried = [*configs.try_bodies(2, 300)]
    assert not [harm for _, harm in tried if harm]
    assert {"202", "400"} <= {outcome for outcome, _ in tried}


def test_a_config_that_is_answered_by_a_fault_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> object:
        door = FakeDoor(fails={"submit": RuntimeError("broken")})
        return create_app(arguments[0], door)  # type: ignore[arg-type]

    monkeypatch.setattr(configs, "create_app", broken)
    assert [harm for outcome, harm in configs.try_bodies(2, 100) if outcome == "500" and harm]


def test_made_up_calls_are_each_answered_as_the_api_says(films: Path) -> None:
    found = api.try_calls(films, examples=2)
    assert not found.harm, found.words
    assert found.cases > 200
