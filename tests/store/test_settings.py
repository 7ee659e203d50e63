import base64
import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from postroad.settings import Settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"POSTROAD_{name.upper()}", raising=False)


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = re.findall(r"^### `([A-Z_]+)`$", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert sorted(documented) == sorted(f"POSTROAD_{name.upper()}" for name in Settings.model_fields)


def test_every_default_that_the_documentation_names_is_the_default() -> None:
    text = DOCS.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `POSTROAD_([A-Z_]+)`\n(.*?)(?=^#|\Z)", text, flags=re.MULTILINE | re.DOTALL))
    named = {
        name.lower(): found[1] for name, told in sections.items() if (found := re.search(r"Default `([^`]+)`", told))
    }

    assert named == {name: str(Settings.model_fields[name].default) for name in named}
    assert len(named) >= 8


def test_without_any_environment_the_settings_suit_one_machine() -> None:
    settings = Settings()

    assert settings.database_url.startswith("sqlite")
    assert not settings.has_dingtalk


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROAD_DATABASE_URL", "postgresql+psycopg://postroad@db/postroad")
    monkeypatch.setenv("POSTROAD_TOKEN_KEYS", json.dumps({"k1": KEY, "k2": KEY}))
    monkeypatch.setenv("POSTROAD_TOKEN_KEY_CURRENT", "k2")

    settings = Settings()

    assert settings.database_url == "postgresql+psycopg://postroad@db/postroad"
    assert settings.keys == {"k1": bytes(range(32)), "k2": bytes(range(32))}


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROAD_DINGTALK_APP_SECRET", "very-secret")
    monkeypatch.setenv("POSTROAD_TOKEN_KEYS", json.dumps({"k1": KEY}))
    monkeypatch.setenv("POSTROAD_TOKEN_KEY_CURRENT", "k1")

    shown = f"{Settings()!r} {Settings()}"

    assert "very-secret" not in shown
    assert KEY not in shown


@pytest.mark.parametrize(
    "keys", ["not json", "[]", '{"k1": "***"}', json.dumps({"k1": base64.b64encode(b"short").decode()})]
)
def test_keys_that_could_not_sign_are_refused_without_being_repeated(
    monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    monkeypatch.setenv("POSTROAD_TOKEN_KEYS", keys)

    with pytest.raises(ValidationError, match="POSTROAD_TOKEN_KEYS") as refused:
        Settings()
    assert keys not in str(refused.value)


def test_the_current_key_has_to_be_one_of_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROAD_TOKEN_KEYS", json.dumps({"k1": KEY}))
    monkeypatch.setenv("POSTROAD_TOKEN_KEY_CURRENT", "k9")

    with pytest.raises(ValidationError, match="POSTROAD_TOKEN_KEY_CURRENT"):
        Settings()


def test_a_database_that_we_have_no_driver_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROAD_DATABASE_URL", "mysql://localhost/postroad")

    with pytest.raises(ValidationError, match=r"postgresql\+psycopg"):
        Settings()


def test_an_address_of_temporals_pages_that_no_browser_opens_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROAD_TEMPORAL_UI_URL", "javascript:alert(1)")

    with pytest.raises(ValidationError, match="https://"):
        Settings()
