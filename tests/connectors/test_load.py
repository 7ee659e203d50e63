from pathlib import Path
from typing import Any

import pytest
import yaml

from postroad.connectors import load_connectors
from postroad.model.refusals import Malformed
from tests.connectors.systems import CONNECTORS_FILE, REQUISITION

ORDER: dict[str, Any] = {"read": {"path": "/orders/{id}"}, "marks": "notes[].key"}
APPROVE = {"path": "/orders/{id}/approve", "from": ["open"], "to": "approved", "body": {"key": "{key}"}}


def written(tmp_path: Path, connector: dict[str, Any], hosts: tuple[str, ...] = ("erp.test",)) -> Path:
    said = {"title": "ERP", "base_url": "http://erp.test", "entities": {"order": ORDER}, **connector}
    path = tmp_path / "connectors.yaml"
    path.write_text(yaml.safe_dump({"hosts": list(hosts), "connectors": {"erp": said}}), encoding="utf-8")
    return path


async def test_the_connectors_that_ship_can_be_loaded_without_any_setting() -> None:
    connectors = load_connectors(CONNECTORS_FILE, {})

    await connectors.aclose()
    assert set(connectors) == {"erp", "pms"}


async def test_they_declare_what_their_systems_can_do() -> None:
    connectors = load_connectors(CONNECTORS_FILE, {})

    await connectors.aclose()
    erp, pms = connectors["erp"].capabilities, connectors["pms"].capabilities
    assert (erp.push, erp.idempotency, erp.marks, pms.creates) == (True, "note", True, True)


@pytest.mark.parametrize("action", ["approve", "reject", "return", "submit", "withdraw", "reopen"])
async def test_the_erp_that_ships_can_be_asked_for_every_action(action: str) -> None:
    connectors = load_connectors(CONNECTORS_FILE, {})

    await connectors.aclose()
    assert connectors["erp"].goal(REQUISITION, action).legal_from


@pytest.mark.parametrize(
    ("connector", "named"),
    [
        ({"base_url": "http://elsewhere.test"}, "elsewhere.test"),
        ({"base_url": "file:///etc/passwd"}, "hosts"),
        ({"base_url": "http://erp.test@elsewhere.test"}, "elsewhere.test"),
        ({"base_url": "http://user:secret@erp.test"}, "hosts"),
        ({"base_url": "${env:NOWHERE}"}, "NOWHERE"),
        ({"auth": {"kind": "bearer", "token": "in the clear"}}, "env:"),
        ({"auth": {"kind": "bearer", "token": "${env:NO_TOKEN}"}}, "NO_TOKEN"),
        ({"auth": {"kind": "bearer", "token": "${file:/nowhere/token}"}}, "/nowhere/token"),
        ({"auth": {"kind": "oauth"}}, "oauth"),
        ({"timeout": 0}, "timeout"),
        ({"colour": "red"}, "colour"),
        ({"message": "[["}, "JMESPath"),
        ({"entities": {"order": {"read": {"path": "orders"}}}}, "path"),
        ({"entities": {"order": {**ORDER, "actions": {"approve": {**APPROVE, "undo": "reopen"}}}}}, "reopen"),
        ({"entities": {"order": {"read": ORDER["read"], "actions": {"log": {**APPROVE, "to": None}}}}}, "marks"),
        ({"entities": {"order": {**ORDER, "create": {"method": "POST", "path": "/orders"}}}}, "find"),
        ({"idempotency": {"kind": "header"}}, "header"),
        (
            {
                "idempotency": {"kind": "note"},
                "entities": {"order": {**ORDER, "actions": {"approve": {**APPROVE, "body": {}}}}},
            },
            "{key}",
        ),
        (
            {
                "webhook": {
                    "signature": {"header": "X", "timestamp_header": "T", "secrets": ["${env:NO_SECRET}"]},
                    "event": {"id": "id", "kind": "kind", "document": "document", "mode": "mode"},
                }
            },
            "NO_SECRET",
        ),
    ],
)
def test_what_cannot_work_is_said_at_once_and_by_name(tmp_path: Path, connector: dict[str, Any], named: str) -> None:
    with pytest.raises(Malformed) as raised:
        load_connectors(written(tmp_path, connector), {})

    assert named in str(raised.value)


@pytest.mark.parametrize("text", ["", "[]", "hosts: [", "connectors: {}", "hosts: [a]\nconnectors: {erp: {}}"])
def test_a_file_that_is_no_connectors_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "connectors.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(Malformed, match=r"connectors\.yaml"):
        load_connectors(path, {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match=r"nowhere\.yaml"):
        load_connectors(tmp_path / "nowhere.yaml", {})


async def test_a_host_can_be_allowed_with_one_port_only(tmp_path: Path) -> None:
    connectors = load_connectors(written(tmp_path, {"base_url": "http://erp.test:81"}, ("erp.test:81",)), {})
    await connectors.aclose()

    with pytest.raises(Malformed):
        load_connectors(written(tmp_path, {"base_url": "http://erp.test:82"}, ("erp.test:81",)), {})


async def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t-1\n", encoding="utf-8")

    connectors = load_connectors(
        written(tmp_path, {"auth": {"kind": "bearer", "token": f"${{file:{tmp_path}/token}}"}}), {}
    )

    await connectors.aclose()
    assert "erp" in connectors


def test_a_secret_written_in_the_clear_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(Malformed) as raised:
        load_connectors(written(tmp_path, {"auth": {"kind": "bearer", "token": "t-very-secret"}}), {})

    assert "t-very-secret" not in str(raised.value)


def test_no_secret_shows_in_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, {"auth": {"kind": "bearer", "token": "${env:TOKEN}"}, "base_url": "http://elsewhere.test"})

    with pytest.raises(Malformed) as raised:
        load_connectors(path, {"TOKEN": "t-very-secret"})

    assert "t-very-secret" not in str(raised.value)
