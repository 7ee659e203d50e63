import hashlib
import hmac
import json

import httpx

from tests.sandbox.receivers import EventReceiver
from tests.sandbox.test_erp import act, created
from tests.sandbox.waiting import until


async def aim(http: httpx.AsyncClient, listener: EventReceiver) -> None:
    await http.put("/_sim/erp-events", json={"url": listener.url, "secret": "hook"})


async def everything_arrives(erp: httpx.AsyncClient) -> None:
    async def delivered() -> bool:
        return all(event["delivered_at"] for event in (await erp.get("/outbox")).json())

    await until(delivered)


async def test_an_event_says_what_happened_and_is_signed(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, listener: EventReceiver
) -> None:
    await aim(http, listener)
    path = await created(erp)
    await everything_arrives(erp)

    body, headers = listener.bodies[0], listener.headers[0]
    event = json.loads(body)
    expected = hmac.new(b"hook", headers["x-event-timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["x-event-signature"] == expected
    assert (headers["x-event-id"], headers["content-type"]) == ("erp-1", "application/json")
    assert list(event) == ["id", "model", "record", "mode", "state", "version", "round", "occurred_at"]
    assert (event["record"], event["mode"], event["state"]) == (path.rpartition("/")[2], "created", "draft")
    assert b", " not in body


async def test_events_of_a_document_arrive_in_order_however_often_they_are_refused(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, listener: EventReceiver
) -> None:
    listener.refusals = [500, 503, 400]
    await aim(http, listener)
    path = await created(erp)
    await act(erp, path, "submit", "approve")

    await everything_arrives(erp)

    assert [event["mode"] for event in listener.accepted()] == ["created", "submitted", "approved"]
    assert (await erp.get("/outbox")).json()[0]["attempts"] == 4


async def test_a_refused_event_shows_why(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, listener: EventReceiver
) -> None:
    listener.refusals = [422] * 1000
    await aim(http, listener)
    await created(erp)

    async def tried() -> bool:
        return bool((await erp.get("/outbox")).json()[0]["last_error"])

    await until(tried)
    event = (await erp.get("/outbox")).json()[0]
    assert (event["last_error"], event["delivered_at"]) == ("HTTP 422: not now", None)


async def test_one_stuck_document_does_not_hold_up_another(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, listener: EventReceiver
) -> None:
    await http.put("/_sim/erp-events", json={"url": "http://127.0.0.1:1/down"})
    await created(erp)
    await http.put("/_sim/erp-events", json={"url": listener.url})

    await created(erp)
    await everything_arrives(erp)

    assert {event["record"][-4:] for event in listener.accepted()} == {"0001", "0002"}


async def test_without_an_address_events_wait_for_one(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, listener: EventReceiver
) -> None:
    await created(erp)
    waiting = (await erp.get("/outbox")).json()

    await aim(http, listener)
    await everything_arrives(erp)

    assert [event["attempts"] for event in waiting] == [0]
    assert len(listener.bodies) == 1


async def test_every_kind_of_change_is_told(
    http: httpx.AsyncClient, erp: httpx.AsyncClient, listener: EventReceiver
) -> None:
    await aim(http, listener)
    path = await created(erp)
    await erp.put(path, json={"amount": "5"})
    await act(erp, path, "submit", "return", "withdraw", "submit", "reject", "reopen", "approve")

    await everything_arrives(erp)

    modes = [event["mode"] for event in listener.accepted()]
    told = ["created", "updated", "submitted", "returned", "withdrawn", "submitted", "rejected", "reopened", "approved"]
    assert modes == told
