"""The TypeScript client as it is published: built, and asked by Node.js."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
CLIENT = ROOT / "web" / "client"
STATES = ROOT / "tests" / "fixtures" / "editor-configs" / "states"
SUFFIX = ".state.json"
#: Every state from the command line, as one object: what is made of it, or the faults.
GENERATE = """
import { readFileSync } from "node:fs";
const { ExportError, generateExportConfig } = await import(process.argv[1]);
const made = {};
for (const path of process.argv.slice(2)) {
  const { options, ...state } = JSON.parse(readFileSync(path, "utf8"));
  const filePath = ({ id, name }) => `${id}/${name}`;
  try {
    made[path] = generateExportConfig(state, { ...options, filePath });
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    made[path] = { faults: error.faults };
  }
}
console.log(JSON.stringify(made));
"""


class NoNode(Exception):
    """Neither Node.js nor what a package is built with is here, and it cannot be fetched."""


def node(package: str = "client") -> str:
    """The Node.js that a package is built with; fetches what is missing, or raises NoNode."""
    ready = subprocess.run(
        [str(ROOT / ".ci" / "web"), package],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if ready.returncode:
        raise NoNode(ready.stderr.strip())
    return ready.stdout.strip()


def build() -> str:
    """Build `web/client/dist`; the Node.js that did."""
    program = node()
    script = str(CLIENT / "scripts" / "build.mjs")
    subprocess.run([program, script], timeout=300, check=True)
    return program


def states() -> dict[str, dict[str, Any]]:
    """The editor's multicam states by their names."""
    return {
        path.name.removesuffix(SUFFIX): json.loads(path.read_text())
        for path in sorted(STATES.glob(f"*{SUFFIX}"))
    }


def generate(program: str, folder: Path, cases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What `generateExportConfig` makes of each state: `config` and `warnings`, or `faults`."""
    paths = {}
    for name, state in cases.items():
        paths[name] = folder / f"{name}.json"
        paths[name].write_text(json.dumps(state))
    index = (CLIENT / "dist" / "index.js").as_uri()
    run = subprocess.run(
        [program, "--input-type=module", "-e", GENERATE, index, *map(str, paths.values())],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    made = json.loads(run.stdout)
    return {name: made[str(path)] for name, path in paths.items()}
