"""Results are kept case by case, and the pages show what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import DOCS, EXCERPTS
from benchmarks.cases import CASES
from benchmarks.page import Grid, Result, Results, Row, fill, page, section, sections
from benchmarks.ratios import ratio_row

SMART = Result(
    "Smart rendering",
    "How.",
    (Row("a / b", "1.20", "at most 1.25", is_met=True),),
    (Grid("Ways", ("", "wall s"), (("cp", "1.0"), ("naive", "2.0"))),),
    {"smart": "a table"},
    0.25,
)


def test_a_case_measured_again_replaces_itself_and_nothing_else(tmp_path: Path) -> None:
    results = Results(tmp_path / "results")
    results.keep("smart", Result("Old", ""))
    results.keep("growth", Result("Growth", "More."))
    results.keep("smart", SMART)
    assert results.all() == {"growth": Result("Growth", "More."), "smart": SMART}


def test_the_page_has_every_case_and_the_machine() -> None:
    told = {"growth": section(Result("Growth", "More.")), "smart": section(SMART)}
    text = page(["smart", "never run", "growth"], told, "| machine | |")
    assert text.index("## Smart rendering") < text.index("## Growth") < text.index("| machine |")
    assert "| a / b | 1.20 | at most 1.25 | yes |" in text
    assert sections(text) == told
    assert "**Ways**\n\n|  | wall s |\n|---|---:|\n| cp | 1.0 |" in section(SMART)


def test_an_excerpt_without_its_place_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="0 places for smart"):
        fill("no markers", "smart", "x")


@pytest.mark.parametrize(("document", "name"), EXCERPTS)
def test_every_excerpt_has_its_place(document: str, name: str) -> None:
    text = (DOCS / document).read_text("utf-8")
    assert "these words" in fill(text, name, "these words")


def test_targets_hold_for_the_median_and_not_for_the_best() -> None:
    pairs = [(1.0, 1.0), (3.0, 1.0), (4.0, 1.0)]
    assert not ratio_row("x", pairs, 2).is_met
    assert ratio_row("x", pairs, 3).is_met
    assert ratio_row("x", pairs, least=3).is_met
    assert not ratio_row("x", pairs, least=3.5).is_met
    assert not ratio_row("x", pairs).target


def test_the_long_cases_can_be_asked_for_by_name() -> None:
    assert {"smart", "peers", "growth", "memory"} <= set(CASES)
