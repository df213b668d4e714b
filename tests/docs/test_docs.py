"""The docs are held against the code: what exists is documented, and what is linked exists."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import worker.cli
from config_schema import errors
from config_schema.config import ExportConfig
from config_schema.words import FAULT_CODES
from export_service import cli, openapi, problems
from export_service.application import assemble
from export_service.settings import WebSettings
from export_service.stack_place import StackRefused
from worker.client import StatusView

ROOT = Path(__file__).parent.parent.parent
DOCS = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "web/client/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
MACHINE_PATH = re.compile(
    r"/(?:root|home|Users|work|mnt|private)(?:/|\b)|[A-Z]:\\|\b(?:10|192\.168)(?:\.\d+){2,3}\b"
)


def text_of(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def rows_of(name: str) -> dict[str, str]:
    """Every table row of a document by each code word of its first cell."""
    rows: dict[str, str] = {}
    for line in text_of(name).splitlines():
        if line.startswith("| `"):
            first = re.split(r"(?<!\\)\|", line)[1]
            rows |= dict.fromkeys(re.findall(r"`([^`]+)`", first), line)
    return rows


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- what exists is documented


def test_every_route_is_documented() -> None:
    documented = set(rows_of("http.md"))
    described = {
        f"{method.upper()} {path}"
        for path, calls in json.loads(text_of("openapi.json"))["paths"].items()
        for method in calls
    }
    assert described <= documented
    app = assemble()
    served = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(job|upload|miniature|sync)_id>", r"{\1Id}", rule.rule)
        if "<" not in path:
            served |= {f"{m} {path}" for m in rule.methods or () if m in {"GET", "POST", "DELETE"}}
    assert served <= documented
    surplus = {row for row in documented if row.split()[0] in {"GET", "POST", "DELETE"}} - served
    assert not surplus, "documented, but not there"


def test_every_field_of_a_status_is_documented() -> None:
    fields = {field.alias or name for name, field in StatusView.model_fields.items()}
    assert fields <= set(rows_of("http.md"))


def test_every_setting_is_documented_with_its_default() -> None:
    rows = rows_of("settings.md")
    names = set()
    for field in WebSettings.model_fields.values():
        name = field.validation_alias
        assert isinstance(name, str)
        names.add(name)
        assert name in rows, name
        if str(field.default) not in ("", "()", "None", "False"):
            assert f"| `{field.default}` |" in rows[name], f"{name}: the default is {field.default}"
    assert set(rows) == names, "documented, but not there"


def test_every_field_of_the_config_is_documented() -> None:
    schema = ExportConfig.model_json_schema(by_alias=True)
    shapes = [schema, *schema["$defs"].values()]
    fields = {name for shape in shapes for name in shape.get("properties", {})}
    documented = {name.removesuffix("[]") for name in rows_of("config.md")}
    assert fields <= documented


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"setup", "demo", "up", "test", "check", "format", "bench", "api", "clean"} <= {*targets}
    documented = set(rows_of("operations.md"))
    assert {f"make {name}" for name in targets if name != "help"} <= documented


def commands_of(group: click.Command) -> dict[str, click.Command]:
    assert isinstance(group, click.Group)
    return dict(group.commands)


@pytest.mark.parametrize(
    ("program", "group"),
    [("export-service", cli.main), ("celery -A worker exports", worker.cli.exports)],
)
def test_every_command_and_option_is_documented(program: str, group: click.Command) -> None:
    rows = rows_of("operations.md")
    for name, command in commands_of(group).items():
        row = next((row for key, row in rows.items() if key.startswith(f"{program} {name}")), None)
        assert row, f"{program} {name} is not documented"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not is_celerys(parameter):
                assert any(option in row for option in parameter.opts), (name, parameter.opts)


def is_celerys(option: click.Option) -> bool:
    """Whether every Celery command has the option."""
    return option.help_group == "Global Options" if hasattr(option, "help_group") else False


def error_classes(root: type[errors.ExportError]) -> Iterator[type[errors.ExportError]]:
    yield root
    for child in root.__subclasses__():
        yield from error_classes(child)


def test_every_error_code_is_documented() -> None:
    documented = set(rows_of("errors.md"))
    ours = {
        kind.code
        for kind in error_classes(errors.ExportError)
        if kind.__module__.split(".")[0] in {"config_schema", "export_service", "worker"}
    }
    assert StackRefused.code in ours
    codes = ours | {code for code, _ in problems.SENTENCE_BY_STATUS.values()} | {*FAULT_CODES}
    codes |= fault_codes_in_the_source()
    assert codes <= documented, codes - documented
    assert documented <= codes, "documented, but not there"


def fault_codes_in_the_source() -> set[str]:
    """The codes that are written where a Fault is made."""
    codes = set()
    for package in ("config_schema", "export_service", "worker"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    if node.func.id != "Fault" or len(node.args) < 2:
                        continue
                    code = node.args[1]
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        codes.add(code.value)
    return codes


def test_every_dependency_has_its_sentence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = list(project["project"]["dependencies"])
    wanted += [entry for group in groups.values() for entry in group if isinstance(entry, str)]
    names = {re.split(r"[<>=!~ ;\[]", entry)[0] for entry in wanted}
    for package in ("client", "page"):
        told = json.loads((ROOT / "web" / package / "package.json").read_text())
        names |= {*told.get("dependencies", {}), *told["devDependencies"]}
    assert names == set(rows_of("dependencies.md"))


def test_every_stage_and_status_has_its_word() -> None:
    described = openapi.document()["components"]["schemas"]
    words = {
        word
        for schema in described.values()
        for field in schema.get("properties", {}).values()
        if field.get("enum") and "pending" in field["enum"] + ["queued"]
        for word in field["enum"]
        if isinstance(word, str)
    }
    http = text_of("http.md")
    assert not {word for word in words if f"`{word}`" not in http}


# --- what is linked exists


def anchors_of(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def links_of(path: Path) -> list[str]:
    prose = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    return re.findall(r"\[[^\]]+\]\(([^)\s]+)\)", prose)


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_no_link_is_dead(path: Path) -> None:
    for link in links_of(path):
        if re.match(r"https?:", link):
            continue
        target, _, anchor = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors_of(file), f"{link}: no such heading"


def test_every_picture_is_small_and_shown() -> None:
    shown = {(path.parent / link).resolve() for path in DOCS for link in links_of(path)}
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures
    for picture in pictures:
        assert picture in shown, f"{picture.name} is shown nowhere"
        assert picture.read_bytes().startswith(b"\x89PNG"), picture.name
        assert picture.stat().st_size < 150_000, picture.name


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        links = [link.partition("#")[0] for link in links_of(path) if "://" not in link]
        waiting += [(path.parent / link).resolve() for link in links if link]
    assert set(DOCS) <= reached


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_no_document_names_a_machine(path: Path) -> None:
    assert not MACHINE_PATH.findall(path.read_text())


def test_the_readme_shows_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert re.search(r"^make demo\b.*\n^make test\b", readme, re.MULTILINE)


def test_the_readmes_config_is_one_that_is_taken() -> None:
    from config_schema.config import parse_config

    readme = (ROOT / "README.md").read_text()
    found = re.search(r"<<'JSON'\n(.*?)^JSON$", readme, re.DOTALL | re.MULTILINE)
    assert found
    assert parse_config(found[1].encode()).warnings == ()


def test_every_file_that_the_architecture_names_is_there() -> None:
    named = re.findall(r"`((?:worker|export_service|config_schema|tests)/[\w/.]+)`", architecture())
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]


def architecture() -> str:
    return text_of("architecture.md")
