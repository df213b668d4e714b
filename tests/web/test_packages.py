"""The packages' own tests, with the Node.js that is here or was fetched."""

from __future__ import annotations

import subprocess

import pytest

from tests.web.client import ROOT, NoNode, node


@pytest.mark.parametrize("package", ["client", "page"])
def test_the_tests_of_a_package_pass(package: str) -> None:
    try:
        node(package)
    except NoNode as missing:
        # Without a network, or behind a registry that has no npm packages, Python is all there is.
        pytest.skip(f"web/{package} is NOT tested here: {missing}")
    run = subprocess.run(
        [str(ROOT / ".ci" / "web"), package, "test"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "pass" in run.stdout
