"""Edits of the page against the planner: what the page shows at a frame is what the file has."""

from __future__ import annotations

import json
import subprocess
from fractions import Fraction
from typing import Any

import pytest

from config_schema.config import parse_config
from tests.web.client import CLIENT, ROOT, NoNode, node
from tests.web.meaning import Camera
from tests.web.programme import planned

EDITS = 60
#: Bundles and runs web/page/test/programmes.ts; page and client are taken as they are written.
RUN = """
import { createRequire } from "node:module";
const [, client, page, out, count] = process.argv;
const { build } = createRequire(`${client}/package.json`)("esbuild");
await build({
  entryPoints: [`${page}/test/programmes.ts`],
  outfile: out,
  bundle: true,
  format: "esm",
  platform: "node",
  alias: { "multicam-export-client": `${client}/src/index.ts` },
  logLevel: "warning",
});
process.argv[2] = count;
await import(out);
"""


@pytest.fixture(scope="module")
def edits(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Edits by chance, as the page makes and understands them."""
    try:
        program = node()
    except NoNode as missing:
        # Without a network, or behind a registry that has no npm packages, Python is all there is.
        pytest.skip(f"web/page is NOT tested here: {missing}")
    out = tmp_path_factory.mktemp("edits") / "programmes.mjs"
    argv = [program, "--input-type=module", "-e", RUN]
    argv += [str(CLIENT), str(ROOT / "web" / "page"), str(out), str(EDITS)]
    run = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=True)
    made: list[dict[str, Any]] = json.loads(run.stdout)
    return made


def fraction(rate: dict[str, int]) -> Fraction:
    return Fraction(rate["num"], rate["den"])


@pytest.mark.parametrize("number", range(EDITS))
def test_each_frame_of_the_programme_is_what_the_page_shows(
    number: int, edits: list[dict[str, Any]]
) -> None:
    edit = edits[number]
    assert not edit["warnings"]
    parsed = parse_config(json.dumps(edit["config"]).encode())
    assert not parsed.warnings
    cameras = [Camera(fraction(camera["rate"]), camera["frames"]) for camera in edit["cameras"]]
    rate, seen = planned(parsed.config, cameras)
    assert rate == fraction(edit["rate"])
    assert len(seen) == edit["frames"]
    shown = [tuple(frame) if frame else None for frame in edit["shown"]]
    assert seen == shown


def test_some_of_them_have_black_and_some_many_switches(edits: list[dict[str, Any]]) -> None:
    assert any(None in edit["shown"] for edit in edits)
    assert max(len(edit["config"]["segments"]) for edit in edits) > 15
