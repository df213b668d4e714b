"""A dry run: what an export would be, planned by a child from what the sources say."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack

from config_schema.config import ParsedConfig
from config_schema.errors import (
    ConfigInvalid,
    ExportError,
    Fault,
    InternalFault,
    LookTooSlow,
    RenderFault,
    SourceFault,
)
from worker.jobs.stored_config import dump_config
from worker.media.resolve import SourceRoots, open_source
from worker.survey.lane import Lane, Looker
from worker.survey.spec import PreviewAnswer, PreviewSpec, SurveyedSource

#: A source that has to be read through, as an export would, is given up after so long.
DRY_RUN_SECONDS = 20.0
NOT_KNOWN_WHICH = "One of the camera files cannot be looked into; it may be damaged."

_log = logging.getLogger(__name__)


def preview(parsed: ParsedConfig, roots: SourceRoots, lane: Lane, piece_seconds: float) -> bytes:
    """The `Preview` of a config as JSON; ConfigInvalid with all that is in its way.

    TooManyRequests while too many others are at it.
    """

    def look(looker: Looker) -> PreviewAnswer:
        return _look(looker, parsed, roots, piece_seconds)

    try:
        answer = lane.run(look, DRY_RUN_SECONDS)
    except LookTooSlow as error:
        raise _refused(error) from error
    except (RenderFault, InternalFault) as error:
        # It died of what it read, whatever that was.
        _log.warning("a dry run ended with %s: %s", error.code, error.detail)
        raise _refused(SourceFault(NOT_KNOWN_WHICH)) from error
    if answer.preview is None:
        raise ConfigInvalid(answer.faults)
    return answer.preview.encode()


def _look(
    looker: Looker, parsed: ParsedConfig, roots: SourceRoots, piece_seconds: float
) -> PreviewAnswer:
    config = parsed.config
    sources: list[SurveyedSource] = []
    faults: list[Fault] = []
    with ExitStack() as stack:
        for index in sorted({segment.source_index for segment in config.segments}):
            source = config.sources[index]
            try:
                opened = open_source(source.file_path, source.name, roots)
            except SourceFault as fault:
                faults.append(Fault(f"sources[{index}].filePath", fault.code, str(fault)))
                continue
            stack.callback(os.close, opened.fd)
            told = SurveyedSource(
                index=index,
                fd=opened.fd,
                name=opened.name,
                fingerprint=f"{opened.inode}:{opened.size}:{opened.mtime_ns}",
                bytes=opened.size,
            )
            sources.append(told)
        if faults:
            return PreviewAnswer(faults=tuple(faults))
        spec = PreviewSpec(
            config=dump_config(config).decode(),
            warnings=parsed.warnings,
            sources=tuple(sources),
            piece_seconds=piece_seconds,
            cores=os.cpu_count() or 1,
        )
        answer = looker.ask("preview", spec, tuple(source.fd for source in sources))
    return PreviewAnswer.model_validate_json(answer)


def _refused(error: ExportError) -> ConfigInvalid:
    return ConfigInvalid((Fault("sources", error.code, str(error)),))
