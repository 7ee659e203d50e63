"""A declarative connector against a system that answers anything."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroad.connectors.config import RestConfig
from postroad.connectors.errors import (
    AuthExpired,
    BusinessConflict,
    ConnectorFailure,
    NotFound,
    Rejected,
    Retryable,
)
from postroad.connectors.filling import fill, fill_path
from postroad.connectors.reply import parse_exact
from postroad.connectors.rest import RestConnector
from postroad.model.document import DocumentRef
from postroad.model.effect import Actor

REF = DocumentRef(system="erp", kind="order", id="PO-1")
PAGE = {"id": "PO-1", "state": "open", "version": 3}
CONFIG: dict[str, Any] = {
    "title": "ERP",
    "base_url": "http://erp.test/api",
    "entities": {
        "order": {
            "read": {"path": "/orders/{id}"},
            "map": {"amount": "amount", "buyer": "employee.name", "lines": "lines[].item"},
            "marks": "notes[].key",
            "actions": {
                "approve": {
                    "path": "/orders/{id}/approve",
                    "from": ["open"],
                    "to": "approved",
                    "body": {"key": "{key}", "by": "{actor.person}", "note": "{args.note}", "level": "{args.level}"},
                }
            },
        }
    },
}

Handler = Callable[[httpx.Request], httpx.Response]


class Erp:
    """Answers with what it is given, and remembers what it was asked."""

    def __init__(self, **config: Any) -> None:
        self.requests: list[httpx.Request] = []
        self.reply: Handler = lambda _: httpx.Response(200, json=PAGE)
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        self.environ = {"TOKEN": "t-1"}
        declared = RestConfig.model_validate({**CONFIG, **config})
        self.connector = RestConnector("erp", declared, declared.base_url, http=self.http, environ=self.environ)

    def says(self, status: int, content: Any, **headers: str) -> None:
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.reply = lambda _: httpx.Response(status, content=raw, headers=headers)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.reply(request)


@pytest.fixture
async def erp() -> AsyncIterator[Erp]:
    erp = Erp()
    yield erp
    await erp.http.aclose()


async def test_a_document_is_mapped_by_its_expressions(erp: Erp) -> None:
    erp.says(
        200, {**PAGE, "employee": {"name": "李四"}, "lines": [{"item": "钢板"}], "notes": [{"key": "k"}, {"key": None}]}
    )

    seen = await erp.connector.observe(REF)

    assert (seen.document.version, seen.document.data["buyer"], seen.document.data["lines"], seen.marks) == (
        "3",
        "李四",
        ["钢板"],
        ("k",),
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("28000.10", "28000.1"),
        ('"28000.10"', "28000.10"),
        ("0.1", "0.1"),
        ("100000000000000.01", "100000000000000.01"),
        ("28000", 28000),
    ],
)
async def test_amounts_never_pass_through_a_binary_float(erp: Erp, written: str, kept: object) -> None:
    erp.says(200, f'{{"id": "PO-1", "state": "open", "version": 1, "amount": {written}}}'.encode())

    assert (await erp.connector.read(REF)).data["amount"] == kept


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (302, Rejected),
        (400, Rejected),
        (401, AuthExpired),
        (403, Rejected),
        (404, NotFound),
        (408, Retryable),
        (409, BusinessConflict),
        (410, NotFound),
        (412, BusinessConflict),
        (422, Rejected),
        (429, Retryable),
        (500, Retryable),
        (503, Retryable),
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"<html>sorry</html>",
        b"\xff\xfe\x00",
        b'{"message": {"a": [1]}}',
        b'{"message": 5, "state": []}',
        b"x" * 10_000_000,
    ],
    ids=["empty", "null", "list", "page", "bytes", "nested", "wrong types", "10 MB"],
)
async def test_an_error_is_sorted_whatever_its_body(
    erp: Erp, status: int, failure: type[ConnectorFailure], content: bytes
) -> None:
    erp.says(status, content)

    with pytest.raises(failure) as raised:
        await erp.connector.read(REF)

    assert len(str(raised.value)) < 2000


async def test_a_refusal_is_told_in_the_systems_own_words(erp: Erp) -> None:
    erp.says(422, {"message": "预算科目已冻结"})

    with pytest.raises(Rejected, match="预算科目已冻结"):
        await erp.connector.act(REF, "approve", {}, key="k", actor=None)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("7", 7),
        ("999999999", 3600),
        ("-1", None),
        ("soon", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("9" * 30, None),
        ("", None),
    ],
)
async def test_a_system_may_say_when_to_come_back(erp: Erp, header: str, wait: int | None) -> None:
    erp.says(429, {}, **{"Retry-After": header})

    with pytest.raises(Retryable) as raised:
        await erp.connector.read(REF)

    assert raised.value.retry_after == (None if wait is None else timedelta(seconds=wait))


async def test_error_rules_are_asked_before_the_status() -> None:
    erp = Erp(errors=[{"when": "status == `400` && body.code == 'busy'", "as": "retryable"}])
    erp.says(400, {"code": "busy"})

    with pytest.raises(Retryable):
        await erp.connector.read(REF)
    await erp.http.aclose()


@pytest.mark.parametrize(
    "content",
    [b"<html>maintenance</html>", b"", b"{", b"[" * 100_000, b"9" * 5000, b'{"amount": NaN}', b" " * 3_000_000],
)
async def test_a_page_instead_of_a_document_is_tried_again(erp: Erp, content: bytes) -> None:
    erp.says(200, content)

    with pytest.raises(Retryable):
        await erp.connector.read(REF)


@pytest.mark.parametrize(
    "content",
    [[], "text", 5, {}, {"id": "PO-1"}, {**PAGE, "state": None}, {**PAGE, "version": {}}, {**PAGE, "id": True}],
)
async def test_a_document_that_does_not_fit_the_expressions_says_so(erp: Erp, content: object) -> None:
    erp.says(200, content)

    with pytest.raises(Rejected, match="表达式"):
        await erp.connector.read(REF)


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError, httpx.ReadTimeout, httpx.TooManyRedirects]
)
async def test_a_broken_connection_leaves_a_doubt(erp: Erp, error: type[httpx.HTTPError]) -> None:
    def broken(_: httpx.Request) -> httpx.Response:
        raise error("broken")  # type: ignore[call-arg]  # all of these take a message alone

    erp.reply = broken

    with pytest.raises(Retryable):
        await erp.connector.act(REF, "approve", {}, key="k", actor=None)


async def test_an_action_sends_key_person_and_arguments_with_their_types(erp: Erp) -> None:
    actor = Actor(person="chen", name="陈静")

    await erp.connector.act(REF, "approve", {"note": "同意", "level": 2}, key="k-1", actor=actor)

    sent = erp.requests[-1]
    assert (sent.method, str(sent.url)) == ("POST", "http://erp.test/api/orders/PO-1/approve")
    assert json.loads(sent.content) == {"key": "k-1", "by": "chen", "note": "同意", "level": 2}


async def test_nobody_and_nothing_are_sent_as_empty_text(erp: Erp) -> None:
    await erp.connector.act(REF, "approve", {}, key="k-1", actor=None)

    assert json.loads(erp.requests[-1].content) == {"key": "k-1", "by": "", "note": "", "level": ""}


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        ({"kind": "bearer", "token": "${env:TOKEN}"}, "authorization", "Bearer t-1"),
        ({"kind": "header", "header": "X-Api-Key", "value": "${env:TOKEN}"}, "x-api-key", "t-1"),
        ({"kind": "basic", "user": "u", "password": "${env:TOKEN}"}, "authorization", "Basic dTp0LTE="),
        ({"kind": "none"}, "authorization", None),
    ],
)
async def test_we_prove_who_we_are(auth: dict[str, str], header: str, value: str | None) -> None:
    erp = Erp(auth=auth)

    await erp.connector.read(REF)

    await erp.http.aclose()
    assert erp.requests[-1].headers.get(header) == value


async def test_new_credentials_are_taken_up_once_they_differ() -> None:
    erp = Erp(auth={"kind": "bearer", "token": "${env:TOKEN}"})
    unchanged = await erp.connector.renew()
    erp.environ["TOKEN"] = "t-2"
    changed = await erp.connector.renew()

    await erp.connector.read(REF)

    await erp.http.aclose()
    assert (unchanged, changed, erp.requests[-1].headers["authorization"]) == (False, True, "Bearer t-2")


async def test_a_key_travels_in_the_header_the_system_deduplicates_by() -> None:
    erp = Erp(idempotency={"kind": "header", "header": "Idempotency-Key"})

    await erp.connector.act(REF, "approve", {}, key="采购:1", actor=None)

    await erp.http.aclose()
    assert erp.requests[-1].headers["idempotency-key"] == "\\u91c7\\u8d2d:1"


@pytest.mark.parametrize("id_", ["", ".", ".."])
async def test_an_id_that_walks_the_path_is_not_sent(erp: Erp, id_: str) -> None:
    with pytest.raises(Rejected):
        await erp.connector.read(REF.model_copy(update={"id": id_}))

    assert erp.requests == []


@given(st.text(min_size=1, max_size=30).filter(lambda text: text not in {".", ".."}))
def test_no_id_leads_to_another_path(id_: str) -> None:
    path = fill_path("/orders/{id}/approve", {"id": id_})

    assert path.count("/") == 3
    assert not {"?", "#", "\\"} & set(path)


def test_a_filled_text_is_never_read_as_a_template_again() -> None:
    filled = fill({"note": "{args.note} {key}"}, {"key": "k", "args": {"note": "{key}{actor.person}"}})

    assert filled == {"note": "{key}{actor.person} k"}


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_reader(raw: bytes) -> None:
    parse_exact(raw)


@pytest.mark.parametrize("raw", [b"1e999999999", b"[1e-999999999]", b'{"a": 1e400}', b"Infinity", b"9" * 10_000])
def test_monstrous_figures_are_not_json_we_can_read(raw: bytes) -> None:
    assert parse_exact(raw) == (None, False)
