"""Hostile bodies in numbers: a config or a list of faults, never another exception."""

from __future__ import annotations

from collections import Counter

from config_schema.errors import Fault, RequestRefused
from config_schema.words import FAULT_CODES
from tests.config_schema.bodies import refusal_of
from tests.config_schema.mutate import mutations


def test_two_thousand_hostile_bodies_are_each_a_config_or_a_refusal_with_places() -> None:
    outcomes: Counter[str] = Counter()
    for body in mutations(seed=1, count=2000):
        refusal = refusal_of(body)
        outcomes[refusal.code if refusal else "accepted"] += 1
        assert refusal is None or all(_is_presentable(refusal, f) for f in refusal.faults)
        assert refusal is None or refusal.faults
    # A seed that breaks everything, or nothing, would prove little.
    assert min(outcomes[key] for key in ("accepted", "invalid_config", "not_json")) > 50, outcomes


def _is_presentable(refusal: RequestRefused, fault: Fault) -> bool:
    is_known = fault.code in FAULT_CODES or fault.code == refusal.code
    return is_known and fault.message.isprintable() and fault.place.isprintable()


def test_the_same_seed_gives_the_same_bodies() -> None:
    assert list(mutations(seed=7, count=50)) == list(mutations(seed=7, count=50))
    assert list(mutations(seed=7, count=50)) != list(mutations(seed=8, count=50))
