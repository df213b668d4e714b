"""What APIFlask cannot know of the uploads: the headers in which tus says everything."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from export_service.tus import LONGEST_METADATA, OFFSET_OCTETS, VERSION
from worker.uploads.store import ALGORITHMS

Spec = dict[str, Any]

ALL, ONE = "/api/uploads", "/api/uploads/{upload_id}"


def _text(description: str, **schema: Any) -> Spec:
    return {"description": description, "schema": {"type": "string", **schema}}


def _bytes(description: str, **schema: Any) -> Spec:
    return {"description": description, "schema": {"type": "integer", "minimum": 0, **schema}}


TUS_VERSION = _text("The version of tus that is spoken.", const=VERSION)
KINDS = ", ".join(ALGORITHMS)

ASKED: dict[str, Spec] = {
    "Tus-Resumable": TUS_VERSION,
    "Upload-Length": _bytes("How many bytes the file has.", minimum=1, examples=[1_500_000_000]),
    "Upload-Defer-Length": _text("`1` instead of `Upload-Length`: told later.", const="1"),
    "Upload-Metadata": _text(
        "Words with values in base64, separated by commas. `filename` (UTF-8) is what the source "
        "will be called: a plain name with the ending of a video.",
        examples=["filename d2lkZS5tcDQ="],
        maxLength=LONGEST_METADATA,
        pattern=r"(^|,)\s*filename [A-Za-z0-9+/]+={0,2}\s*($|,)",
    ),
    "Upload-Offset": _bytes(
        "Behind which byte the body goes: where the upload stands.", maximum=10**18 - 1
    ),
    "Upload-Checksum": _text(
        f"A kind ({KINDS}), a blank, and the body's sum in base64.",
        pattern=rf"^({'|'.join(ALGORITHMS)}) [A-Za-z0-9+/]+={{0,2}}$",
    ),
    "X-HTTP-Method-Override": _text("What is meant.", enum=["PATCH", "DELETE", "HEAD"]),
}
OFFSET: Spec = {"Upload-Offset": _bytes("How many bytes have arrived for good.")}
LOCATION: Spec = {"Location": _text("The upload's own address.", format="uri-reference")}
DISCOVERED: Spec = {
    "Tus-Version": TUS_VERSION,
    "Tus-Extension": _text("The extensions that are spoken."),
    "Tus-Checksum-Algorithm": _text(f"The kinds of checksum: {KINDS}."),
}

BODY: Spec = {"content": {OFFSET_OCTETS: {}}}

NOT_HERE = "There is no such upload, or it has expired."
LOCKED = "Another request is sending into this upload."
REFUSALS: dict[str, dict[str, str]] = {
    "create": {
        "400": "The headers are wrong, or no source may be called so.",
        "409": "There is a source, or an upload under way, of this name.",
        "412": "Another version of tus, or none.",
        "413": "The file is too large, or there is no room left for more sources of yours.",
        "415": "The body is not said to be bytes of an upload.",
        "460": "What arrived has another checksum.",
        "503": "The media volume cannot be used.",
        "507": "There is no room on the media volume now.",
    },
    "append": {
        "400": "The headers are wrong.",
        "404": NOT_HERE,
        "409": "The upload stands elsewhere, or a source has the name by now.",
        "412": "Another version of tus, or none.",
        "413": "More bytes than the upload may have.",
        "415": "The body is not said to be bytes of an upload.",
        "423": LOCKED,
        "460": "What arrived has another checksum, and was thrown away.",
        "503": "The media volume cannot be used.",
        "507": "There is no room on the media volume now; what arrived is kept.",
    },
    "look": {
        "404": NOT_HERE,
        "409": "Everything has arrived, and a source has the name by now.",
        "412": "Another version of tus, or none.",
        "423": LOCKED,
        "503": "The media volume cannot be used.",
        "507": "There is no room on the media volume now.",
    },
    "terminate": {
        "404": NOT_HERE,
        "409": "The upload is finished: its file is a source.",
        "412": "Another version of tus, or none.",
        "423": LOCKED,
        "503": "The media volume cannot be used.",
        "507": "There is no room on the media volume now.",
    },
}


def describe(paths: dict[str, Spec]) -> None:
    """Complete the operations of the uploads, and add those that APIFlask leaves out."""
    everything, one = paths[ALL], paths[ONE]
    create, append, terminate = everything["post"], one["patch"], one["delete"]
    look = deepcopy(terminate)
    look.update(operationId="getUploadOffset", summary="Tell how far an upload is.")
    look.pop("description", None)
    look["x-no-body"] = True
    everything["options"] = _discovery("discoverUploads")
    one["head"] = look

    _ask(create, ("Upload-Metadata",), ("Upload-Length", "Upload-Defer-Length", "Upload-Checksum"))
    create["requestBody"] = BODY | {"description": "The first bytes, if they are to come along."}
    _answer(create, "create", "201", "Begun.", LOCATION | OFFSET)
    _ask(append, ("Upload-Offset",), ("Upload-Length", "Upload-Checksum"))
    append["requestBody"] = BODY | {"description": "The bytes.", "required": True}
    _answer(append, "append", "204", "They have arrived for good.", OFFSET)
    _ask(look)
    _answer(look, "look", "200", "How far it is.", OFFSET)
    _ask(terminate)
    _answer(terminate, "terminate", "204", "It is gone.", {})

    override = one["post"]
    _ask(
        override,
        ("X-HTTP-Method-Override",),
        ("Upload-Offset", "Upload-Length", "Upload-Checksum"),
    )
    override["requestBody"] = BODY | {"description": "With `PATCH`: the bytes."}
    _answer(override, "append", "204", "Done.", {})
    override["responses"]["200"] = {"description": "With `HEAD`: how far it is.", "headers": OFFSET}
    override["responses"]["405"] = {"description": "Nothing else can be meant."}
    for operation in (create, append, look, terminate, override):
        for answer in operation["responses"].values():
            answer.setdefault("headers", {})["Tus-Resumable"] = TUS_VERSION


def _ask(operation: Spec, needed: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> None:
    needed = ("Tus-Resumable", *needed)
    operation.setdefault("parameters", []).extend(
        {"name": name, "in": "header", "required": name in needed, **ASKED[name]}
        for name in (*needed, *also)
    )


def _answer(operation: Spec, refusals: str, status: str, meaning: str, headers: Spec) -> None:
    operation["responses"] = {
        status: {"description": meaning, "headers": dict(headers)},
        **{code: {"description": why} for code, why in REFUSALS[refusals].items()},
    }


def _discovery(name: str) -> Spec:
    return {
        "tags": ["Uploads"],
        "operationId": name,
        "summary": "Tell which version and extensions of tus are spoken.",
        "responses": {"204": {"description": "Spoken here.", "headers": dict(DISCOVERED)}},
    }
