"""Hostile request bodies, made from the real editor's configs; the same seed gives the same ones.

Some are still good configs: whoever uses them asserts that an answer is orderly, not which.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures" / "editor-configs"

_HOSTILE_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 35.0, 0.5, -0.0, 1e300, -1e300, 5e-324, 2**31, 2**53 + 1,
    2**63 - 1, "", " ", "0", "1", "true", "..", "../../etc/passwd", "/etc/passwd", "a\0b", "a\nb",
    "\r\nX-Evil: 1", "file:cam0.mp4", "http://example.org/a.mp4", "concat:a|b",
    "subfile,,start,0,end,0,,:x", "-i", "https://", "https://[", "https://example.org:99999/",
    "javascript:alert(1)", "x" * 300, "💥" * 50, "e\u0301\u202e\u2028", "2026-11-22",
    "2026-02-30T00:00:00Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "copy",
    "h265", "webm", "very_high", "{said}", "%s%n", "${x}", [], [[]], [None], {}, {"": {}},
    {"$ref": "#"}, {"__proto__": 1}, [1, "a", None, {}],
)  # fmt: skip

_HOSTILE_TOKENS = (
    b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"1e-999", b"9" * 5000,
    b"1" + b"0" * 400, b"0." + b"3" * 5000, b"1E+400", b"0x10", b"01", b"+1", b".5", b"1.", b"1e",
    b"--1", b"nan", b"undefined", b"'x'", rb'"\ud800"', rb'"\udc00\ud800"', rb'"\ud83d\ude00"',
    rb'"\u0000"', b'"\x00"', b'"\xff"', b'"\xed\xa0\x80"', b'"\xc0\xaf"', b'"',
    b"[" * 70 + b"]" * 70, b"{}", b"[,]", b"/*x*/1",
)  # fmt: skip

_WHOLE_BODIES = (
    b"", b" ", b"null", b"true", b"0", b'"x"', b"[]", b"{}", b"[{}]", b"NaN", b"{", b'{"a"',
    b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf{}", b"\x00" * 50,
    b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000,
    b'{"a":' * 60 + b"1" + b"}" * 60, b'{"version":1,"version":1}', b"[" + b"NaN," * 3000 + b"1]",
    b'"' + b"\\" * 20_001, b"9" * 100_000, b"-" * 100,
    b'{"segments":[' + b"{}," * 30_000 + b"{}]}",
)  # fmt: skip

_NAMES = (
    "sources",
    "segments",
    "output",
    "id",
    "filePath",
    "fps",
    "",
    "a b",
    "__class__",
    "é",
    "source_index",
)
_TOKEN = re.compile(rb'-?[0-9][0-9.eE+-]*|"[^"\\]*"|true|false|null')


def mutations(seed: int, count: int) -> Iterator[bytes]:
    """`count` request bodies, most of them broken in one to five ways."""
    dice = random.Random(seed)
    configs = _originals()
    for _ in range(count):
        yield dice.choices(_WAYS, weights=_WEIGHTS)[0](dice, dice.choice(configs))


def _originals() -> list[Any]:
    found = [json.loads(path.read_bytes()) for path in sorted(FIXTURES.glob("**/[0-9x]*_*.json"))]
    # Beside the configs lie the editor states that some are made from.
    configs = [one for one in found if isinstance(one, dict) and "segments" in one]
    for config in configs:
        # Five hundred segments teach no more than a few, and take longer.
        del config["segments"][8:]
    return configs


def _changed_tree(dice: random.Random, config: Any) -> bytes:
    config = copy.deepcopy(config)
    for _ in range(dice.randint(1, 5)):
        holder, key = dice.choice(list(_slots(config)))
        dice.choice(_TREE_CHANGES)(dice, holder, key)
    return json.dumps(config, ensure_ascii=dice.random() < 0.5).encode()


def _slots(value: Any) -> Iterator[tuple[Any, Any]]:
    keys: Any = value.keys() if isinstance(value, dict) else range(len(value))
    for key in list(keys):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _slots(value[key])


def _replace(dice: random.Random, holder: Any, key: Any) -> None:
    holder[key] = copy.deepcopy(dice.choice(_HOSTILE_VALUES))


def _remove(dice: random.Random, holder: Any, key: Any) -> None:
    del holder[key]
    if not holder and isinstance(holder, list) and dice.random() < 0.5:
        holder.append(None)


def _nudge(dice: random.Random, holder: Any, key: Any) -> None:
    value = holder[key]
    if isinstance(value, int | float):
        holder[key] = value * dice.choice((-1, 0.1, 1.5, 1000)) + dice.choice((0, 1, 1e-7, -40))
    elif isinstance(value, str):
        at = dice.randint(0, len(value))
        holder[key] = value[:at] + chr(dice.choice((0, 9, 47, 58, 92, 0xE9, 0x1F600))) + value[at:]
    elif isinstance(value, list):
        holder[key] = value * dice.choice((0, 2, 30))


def _add(dice: random.Random, holder: Any, key: Any) -> None:
    value = copy.deepcopy(dice.choice(_HOSTILE_VALUES))
    if isinstance(holder, dict):
        holder[dice.choice(_NAMES)] = value
    else:
        holder.insert(key, value)


_TREE_CHANGES: tuple[Callable[[random.Random, Any, Any], None], ...] = (
    _replace,
    _remove,
    _nudge,
    _add,
)


def _changed_tokens(dice: random.Random, config: Any) -> bytes:
    body = json.dumps(config).encode()
    for _ in range(dice.randint(1, 3)):
        token = dice.choice(list(_TOKEN.finditer(body)))
        body = body[: token.start()] + dice.choice(_HOSTILE_TOKENS) + body[token.end() :]
    return body


def _changed_bytes(dice: random.Random, config: Any) -> bytes:
    body = bytearray(json.dumps(config, indent=dice.choice((None, 1))).encode())
    for _ in range(dice.randint(1, 4)):
        start, end = sorted(dice.randrange(len(body) + 1) for _ in range(2))
        match dice.randrange(6):
            case 0 if body:
                body[dice.randrange(len(body))] = dice.randrange(256)
            case 1:
                del body[start : min(end, start + 30)]
            case 2:
                body[start:start] = body[start : min(end, start + 200)]
            case 3:
                body[start:start] = dice.randbytes(dice.randint(1, 8))
            case 4:
                del body[end:]
            case _:
                body[start:start] = dice.choice((b"[", b"]", b"{", b"}", b'"', b",", b":", b"\\"))
    return bytes(body)


def _dressed(dice: random.Random, config: Any) -> bytes:
    text = json.dumps(config)
    return dice.choice(
        (
            b"\xef\xbb\xbf" + text.encode(),
            text.encode("utf-16"),
            text.encode("utf-32-le"),
            text.encode() + b" \r\n\t ",
            text.encode() + b"x",
            text.encode() * 2,
            text.encode() + b"\0",
            b"a=" + text.encode(),
            text.replace("{", '{"version": 1, ', 1).encode(),
            text.replace('"sourceIndex"', '"sourceIndex": 0, "sourceIndex"').encode(),
        )
    )


def _foreign(dice: random.Random, _: Any) -> bytes:
    return dice.choice(_WHOLE_BODIES)


_WAYS = (_changed_tree, _changed_tokens, _changed_bytes, _dressed, _foreign)
_WEIGHTS = (60, 15, 15, 6, 4)
