"""The worker's settings, read once from the environment into one typed, frozen object."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config_schema.errors import SettingsInvalid
from config_schema.limits import Limits
from config_schema.status import Priority
from worker.jobs.piece_cache import PieceCache
from worker.jobs.quotas import Quotas
from worker.jobs.space import Space
from worker.logs import LogFormat, secrets_in
from worker.media.resolve import SourceRoots
from worker.media.volume import TENANT_MARK, Volume
from worker.miniatures.shelf import Shelf
from worker.uploads.room import Room
from worker.uploads.store import Uploads
from worker.webhooks.reach import Allowed
from worker.webhooks.rules import WebhookRules
from worker.webhooks.signing import secrets_of, spellings_of

if TYPE_CHECKING:
    from worker.ffmpeg.run import EngineSettings
    from worker.ffmpeg.sandbox.standing import Standing

_MIB = 1024 * 1024
_BUNDLED = "binaries/ffmpeg-*"
#: The values of settings with such names are not shown.
_MAY_HOLD_SECRETS = ("KEY", "SECRET", "URL")


class WorkerSettings(BaseSettings):
    """Everything an operator can set about making exports; a wrong value raises SettingsInvalid."""

    model_config = SettingsConfigDict(
        frozen=True, env_ignore_empty=True, populate_by_name=True, extra="ignore"
    )

    media_base_path: Path = Field(
        default=Path("media"),
        validation_alias="MEDIA_BASE_PATH",
        description="the volume: `sources/` and `exports/` lie in it",
    )
    redis_url: str = Field(
        default="redis://127.0.0.1:6379/0",
        validation_alias="REDIS_URL",
        description="the broker and result backend",
    )
    source_roots: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        validation_alias="EXPORT_SOURCE_ROOTS",
        description="further folders absolute source paths may lie in, separated by ':'",
    )
    ffmpeg: str = Field(
        default="",
        validation_alias="EXPORT_FFMPEG",
        description="path of the FFmpeg to use; empty: the bundled one",
    )
    concurrency: int = Field(
        default=1,
        ge=1,
        le=64,
        validation_alias="EXPORT_CONCURRENCY",
        description="jobs one worker renders at a time; one encoder already uses every core",
    )
    threads: int = Field(
        default=0,
        ge=0,
        le=1024,
        validation_alias="EXPORT_THREADS",
        description="threads of an encoder; 0: one per core",
    )
    piece_seconds: float = Field(
        default=60,
        gt=0,
        le=3600,
        validation_alias="EXPORT_PIECE_SECONDS",
        description="programme seconds in a piece, the most a crash can cost",
    )
    max_pieces_per_job: int = Field(
        default=0,
        ge=0,
        validation_alias="EXPORT_MAX_PIECES_PER_JOB",
        description="pieces of one job made at a time, over all hosts; 0: as many as are free",
    )
    max_pieces_per_host: int = Field(
        default=0,
        ge=0,
        le=1024,
        validation_alias="EXPORT_MAX_PIECES_PER_HOST",
        description="pieces made at a time on one host, of all jobs; 0: as its workers like",
    )
    piece_cache_gb: float = Field(
        default=10,
        ge=0,
        validation_alias="EXPORT_PIECE_CACHE_GB",
        description="pieces of finished exports kept for the next one of the same edit; 0: none",
    )
    shutdown_seconds: float = Field(
        default=5,
        ge=0,
        le=3600,
        validation_alias="EXPORT_SHUTDOWN_SECONDS",
        description="after SIGTERM what is being made may be finished for so long",
    )
    default_priority: Priority = Field(
        default="normal",
        validation_alias="EXPORT_DEFAULT_PRIORITY",
        description="of exports whose config names none: high, normal or low",
    )
    max_waiting_jobs: int = Field(
        default=0,
        ge=0,
        validation_alias="EXPORT_MAX_WAITING_JOBS",
        description="exports of one tenant that may wait in line; 0: no limit",
    )
    max_running_jobs: int = Field(
        default=0,
        ge=0,
        validation_alias="EXPORT_MAX_RUNNING_JOBS",
        description="exports of one tenant that are made at a time, others wait; 0: no limit",
    )
    max_stored_gb: float = Field(
        default=0,
        ge=0,
        allow_inf_nan=False,
        validation_alias="EXPORT_MAX_STORED_GB",
        description="room for the finished exports of one tenant; 0: no limit",
    )
    webhook_secrets: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="EXPORT_WEBHOOK_SECRETS",
        description="what messages to callback addresses are signed with (whsec_...); none: "
        "configs with a callback address are refused",
    )
    webhook_allow: str = Field(
        default="",
        validation_alias="EXPORT_WEBHOOK_ALLOW",
        description="the hosts and origins that may be called; empty: every public host",
    )
    keep_days: float = Field(
        default=0,
        ge=0,
        le=36_500,
        allow_inf_nan=False,
        validation_alias="EXPORT_KEEP_DAYS",
        description="exports that are over are removed after so many days; 0: never",
    )
    min_free_gb: float = Field(
        default=1,
        ge=0,
        allow_inf_nan=False,
        validation_alias="EXPORT_MIN_FREE_GB",
        description="exports wait while less is free on the media volume; 0: until it is full",
    )
    max_upload_gb: float = Field(
        default=100,
        ge=0,
        allow_inf_nan=False,
        validation_alias="EXPORT_MAX_UPLOAD_GB",
        description="largest file that can be uploaded; 0: as much as there is room for",
    )
    upload_expire_hours: float = Field(
        default=24,
        gt=0,
        le=8760,
        validation_alias="EXPORT_UPLOAD_EXPIRE_HOURS",
        description="an upload that nobody goes on with is removed after so many hours",
    )
    max_sources_gb: float = Field(
        default=0,
        ge=0,
        allow_inf_nan=False,
        validation_alias="EXPORT_MAX_SOURCES_GB",
        description="what a tenant's sources and uploads may take together; 0: no limit",
    )
    proxy_cache_gb: float = Field(
        default=20,
        gt=0,
        allow_inf_nan=False,
        validation_alias="EXPORT_PROXY_CACHE_GB",
        description="proxies and other miniatures of sources that are kept, of all tenants",
    )
    sync_offset_seconds: float = Field(
        default=600,
        gt=0,
        le=7200,
        validation_alias="EXPORT_SYNC_OFFSET_SECONDS",
        description="how far apart recordings may begin whose sounds are compared",
    )
    stall_seconds: float = Field(
        default=60,
        gt=0,
        le=3600,
        validation_alias="EXPORT_STALL_SECONDS",
        description="a child process without progress for so long is ended",
    )
    nice: int = Field(
        default=5,
        ge=0,
        le=19,
        validation_alias="EXPORT_NICE",
        description="how far rendering steps back behind everything else on the machine",
    )
    require_sandbox: bool = Field(
        default=False,
        validation_alias="EXPORT_REQUIRE_SANDBOX",
        description="refuse to start where the kernel cannot wall in what reads camera files",
    )
    program_folders: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        validation_alias="EXPORT_PROGRAM_FOLDERS",
        description="folders that FFmpeg loads from beside the usual ones, separated by ':'",
    )
    child_memory_gb: float = Field(
        default=8,
        ge=0.25,
        le=1024,
        validation_alias="EXPORT_CHILD_MEMORY_GB",
        description="the most memory that one child process may use",
    )
    log_format: LogFormat = Field(
        default="text",
        validation_alias="EXPORT_LOG_FORMAT",
        description="how workers and web write their log: text or json, an object per line",
    )
    preset: str = Field(
        default="",
        pattern=r"^[a-z]*$",
        validation_alias="EXPORT_PRESET",
        description="encoder preset (ultrafast ... veryslow); empty: chosen by quality",
    )
    max_body_mib: int = Field(
        default=16,
        ge=1,
        validation_alias="EXPORT_MAX_BODY_MIB",
        description="largest request body in MiB",
    )
    max_sources: int = Field(
        default=64, ge=1, validation_alias="EXPORT_MAX_SOURCES", description="sources in a config"
    )
    max_segments: int = Field(
        default=20_000,
        ge=1,
        validation_alias="EXPORT_MAX_SEGMENTS",
        description="segments in a config",
    )
    max_hours: float = Field(
        default=24, gt=0, validation_alias="EXPORT_MAX_HOURS", description="longest programme"
    )
    max_side: int = Field(
        default=16_384,
        ge=16,
        validation_alias="EXPORT_MAX_SIDE",
        description="widest and highest picture in pixels",
    )
    max_fps: float = Field(
        default=240, gt=0, validation_alias="EXPORT_MAX_FPS", description="highest frame rate"
    )

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsInvalid(_one_line(error, type(self).model_fields)) from error

    @field_validator("source_roots", "program_folders", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part for part in value.split(os.pathsep) if part)
        return value

    @field_validator("source_roots", "program_folders")
    @classmethod
    def _absolute_roots(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(path.absolute() for path in value)

    @field_validator("media_base_path")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.absolute()

    @field_validator("redis_url")
    @classmethod
    def _known_scheme(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("redis", "rediss") or not parts.hostname:
            msg = "must look like redis://host:6379/0"
            raise ValueError(msg)
        return value

    @field_validator("webhook_secrets")
    @classmethod
    def _real_secrets(cls, value: SecretStr) -> SecretStr:
        secrets_of(value.get_secret_value())
        return value

    @field_validator("webhook_allow")
    @classmethod
    def _real_hosts(cls, value: str) -> str:
        Allowed.of(value)
        return value

    @property
    def volume(self) -> Volume:
        """The folders of the media volume."""
        return Volume(self.media_base_path)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be in a log."""
        return (*secrets_in(self.redis_url), *spellings_of(self.webhook_secrets.get_secret_value()))

    @property
    def webhooks(self) -> WebhookRules:
        """Whom to tell how exports end, and what to sign that with."""
        secrets = secrets_of(self.webhook_secrets.get_secret_value())
        return WebhookRules(Allowed.of(self.webhook_allow), secrets)

    @property
    def piece_cache(self) -> PieceCache:
        """What is kept of finished exports for the next one of the same edit."""
        return PieceCache(self.volume.exports, round(self.piece_cache_gb * 1e9))

    def roots_of(self, tenant: str) -> SourceRoots:
        """Where a tenant's sources may lie: in its own folder, and only the house's elsewhere."""
        if tenant:
            return SourceRoots(self.volume.sources_of(tenant))
        return SourceRoots(self.volume.sources, self.source_roots, hidden=TENANT_MARK)

    @property
    def quotas(self) -> Quotas:
        """The most that one tenant may have."""
        return Quotas(self.max_waiting_jobs, self.max_running_jobs, round(self.max_stored_gb * 1e9))

    @property
    def space(self) -> Space:
        """What is to stay free; pieces that are kept for later go before anybody waits."""
        return Space(round(self.min_free_gb * 1e9), make_room=self.piece_cache.evict)

    @property
    def uploads(self) -> Uploads:
        """The files that are on their way into the sources folder."""
        return Uploads(
            volume=self.volume,
            room=Room(self.volume, self.space, round(self.max_sources_gb * 1e9)),
            keep=timedelta(hours=self.upload_expire_hours),
            most_bytes=round(self.max_upload_gb * 1e9),
        )

    @property
    def shelf(self) -> Shelf:
        """What is made of sources for pages to show."""
        return Shelf(self.volume)

    @property
    def proxy_cache_bytes(self) -> int:
        """What that may take."""
        return round(self.proxy_cache_gb * 1e9)

    @property
    def limits(self) -> Limits:
        """The numeric limits of the contract."""
        return Limits(
            body_bytes=self.max_body_mib * _MIB,
            sources=self.max_sources,
            segments=self.max_segments,
            program_seconds=self.max_hours * 3600,
            side_pixels=self.max_side,
            fps=self.max_fps,
            http_callbacks=self.webhooks.allowed.has_plain,
        )

    def ffmpeg_path(self) -> str:
        """The FFmpeg binary: the one that was set, else the bundled one."""
        if self.ffmpeg:
            return self.ffmpeg
        # The package's own search runs what it finds, and a kill or a want of memory at that
        # instant is remembered as "there is none" for as long as the process lives.
        package = find_spec("imageio_ffmpeg")
        folders = package.submodule_search_locations if package is not None else None
        bundled = [path for folder in folders or () for path in Path(folder).glob(_BUNDLED)]
        found = str(bundled[0]) if bundled else shutil.which("ffmpeg")
        if found is None:
            raise SettingsInvalid("EXPORT_FFMPEG: there is no FFmpeg on this system; name one")
        return found

    def standing(self) -> Standing:
        """How well children are walled in; raises SettingsInvalid where more is required."""
        from worker.ffmpeg.sandbox.standing import standing

        return standing(required=self.require_sandbox)

    def engine(self) -> EngineSettings:
        """What the engine needs to know of all this."""
        from worker.ffmpeg.run import EngineSettings
        from worker.ffmpeg.sandbox.walls import Keeping

        return EngineSettings(
            ffmpeg=self.ffmpeg_path(),
            threads=self.threads,
            piece_seconds=self.piece_seconds,
            stall_seconds=self.stall_seconds,
            keeping=Keeping(
                nice=self.nice,
                memory_bytes=round(self.child_memory_gb * 1e9),
                folders=self.program_folders,
            ),
            presets={codec: self.preset for codec in ("h264", "h265") if self.preset},
        )


def _one_line(error: ValidationError, fields: Mapping[str, FieldInfo]) -> str:
    first = error.errors()[0]
    reason = str(first["msg"]).removeprefix("Value error, ")
    if not first["loc"]:
        # About several of them: the sentence names which.
        return reason
    name = str(first["loc"][0])
    field = fields.get(name)
    if field is not None and isinstance(field.validation_alias, str):
        name = field.validation_alias
    if any(word in name for word in _MAY_HOLD_SECRETS):
        return f"{name}: {reason}"
    return f"{name}: {reason} (it is set to {str(first['input'])[:80]!r})"
