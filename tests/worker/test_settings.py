"""Settings come from the environment; a wrong one is named in one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from config_schema.errors import SettingsInvalid
from config_schema.limits import Limits
from worker.settings import WorkerSettings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in WorkerSettings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = WorkerSettings()
    assert settings.redis_url == "redis://127.0.0.1:6379/0"
    assert settings.media_base_path == Path("media").absolute()
    assert settings.limits == Limits()
    assert settings.roots_of("").base == settings.volume.sources
    assert Path(settings.ffmpeg_path()).is_file()


def test_the_bundled_ffmpeg_is_found_without_running_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("subprocess.Popen", fail)
    assert "ffmpeg" in Path(WorkerSettings().ffmpeg_path()).name


def test_without_any_ffmpeg_the_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("worker.settings.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SettingsInvalid, match="EXPORT_FFMPEG"):
        WorkerSettings().ffmpeg_path()


@pytest.mark.parametrize(
    "text",
    [
        "canary",
        "whsec_canary",
        "whsec_Y2FuYXJ5",
        "whsec_" + "Y2FuYXJ5" * 13,
        "Acme:whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,whsec_!",
    ],
)
def test_a_webhook_secret_that_is_none_is_named_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("EXPORT_WEBHOOK_SECRETS", text)
    with pytest.raises(SettingsInvalid, match="EXPORT_WEBHOOK_SECRETS: must be secrets") as error:
        WorkerSettings()
    assert text not in str(error.value)


def test_webhook_secrets_are_known_to_the_log_and_shown_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret, other = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    monkeypatch.setenv("EXPORT_WEBHOOK_SECRETS", f"whsec_{secret}, acme:whsec_{other}")
    settings = WorkerSettings()
    assert {secret, other} <= set(settings.secrets)
    assert len(settings.webhooks.secrets.of("acme")) == 1
    assert settings.webhooks.secrets.of("studio") == ()
    for shown in (repr(settings), repr(settings.webhooks), str(settings.model_dump())):
        assert secret not in shown
        assert other not in shown


def test_http_callbacks_are_in_configs_where_the_list_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EXPORT_WEBHOOK_ALLOW", "*, http://localhost:3000")
    assert WorkerSettings().limits.http_callbacks
    monkeypatch.setenv("EXPORT_WEBHOOK_ALLOW", "https://localhost/x")
    with pytest.raises(SettingsInvalid, match="EXPORT_WEBHOOK_ALLOW: must be hosts"):
        WorkerSettings()


def test_they_are_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MEDIA_BASE_PATH", str(tmp_path))
    monkeypatch.setenv("EXPORT_SOURCE_ROOTS", f"{tmp_path}/a:{tmp_path}/b")
    monkeypatch.setenv("EXPORT_PIECE_SECONDS", "5")
    monkeypatch.setenv("EXPORT_MAX_BODY_MIB", "2")
    monkeypatch.setenv("EXPORT_MAX_HOURS", "1")
    monkeypatch.setenv("EXPORT_PRESET", "ultrafast")
    monkeypatch.setenv("EXPORT_FFMPEG", "")
    settings = WorkerSettings()
    assert settings.roots_of("").all == (tmp_path / "sources", tmp_path / "a", tmp_path / "b")
    assert settings.limits.body_bytes == 2 * 2**20
    assert settings.limits.program_seconds == 3600
    engine = settings.engine()
    assert engine.piece_seconds == 5
    assert engine.presets["h264"] == "ultrafast"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "localhost"),
        ("REDIS_URL", "http://localhost"),
        ("EXPORT_THREADS", "many"),
        ("EXPORT_NICE", "30"),
        ("EXPORT_PIECE_SECONDS", "0"),
        ("EXPORT_PIECE_SECONDS", "nan"),
        ("EXPORT_MAX_HOURS", "-1"),
        ("EXPORT_PRESET", "fast; rm"),
    ],
)
def test_a_wrong_one_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as invalid:
        WorkerSettings()
    sentence = str(invalid.value)
    assert name in sentence
    assert value in sentence or name == "REDIS_URL"
    assert "\n" not in sentence


def test_a_password_is_not_part_of_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "http://:hunter2@localhost")
    with pytest.raises(SettingsInvalid) as invalid:
        WorkerSettings()
    assert "hunter2" not in str(invalid.value)
