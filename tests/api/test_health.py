from prometheus_client.parser import text_string_to_metric_families

from postroad.model.task import Task
from postroad.store.database import Database
from tests.api.erp import connectors, send, told
from tests.api.office import Office, new_office, nowhere
from tests.temporal import DevServer


async def sample(office: Office, name: str, **labels: str) -> float | None:
    answer = await office.http.get("/metrics", headers=await office.token("metrics"))
    samples = [one for family in text_string_to_metric_families(answer.text) for one in family.samples]
    return next((one.value for one in samples if one.name == name and labels.items() <= one.labels.items()), None)


async def test_ready_when_database_and_temporal_answer(office: Office) -> None:
    assert (await office.http.get("/healthz")).json() == {"status": "ok"}
    assert (await office.http.get("/readyz")).json() == {"ready": True, "database": "ok", "temporal": "ok"}


async def test_not_ready_without_temporal_but_alive(database: Database, dev_server: DevServer) -> None:
    client = await dev_server.connect()
    async with new_office(database, client, connectors=connectors(), running=await nowhere()) as office:
        ready = await office.http.get("/readyz")

        assert (ready.status_code, ready.json()["temporal"]) == (503, "unreachable")
        assert (await office.http.get("/healthz")).status_code == 200


async def test_clicks_are_counted_by_verdict_and_path(office: Office) -> None:
    task: Task = await office.task(await office.instance())

    async with office.at_work():
        await office.press(task)
        await office.press(task)

    assert await sample(office, "postroad_clicks_total", verdict="accepted", path="update") == 1
    assert await sample(office, "postroad_clicks_total", verdict="duplicate", path="stored") == 1
    assert await sample(office, "postroad_callback_seconds_count") == 2


async def test_refused_callbacks_are_counted_by_cause(office: Office) -> None:
    task = await office.task(await office.instance())

    await office.press(task, by="ding-wang")
    await office.http.post("/callbacks/dingtalk/guess", content=b"{}")
    await office.http.post("/events/erp", content=b"{}")

    assert await sample(office, "postroad_refused_callbacks_total", channel="dingtalk", cause="not_handler") == 1
    assert await sample(office, "postroad_refused_callbacks_total", cause="wrong_path") == 1
    assert await sample(office, "postroad_refused_callbacks_total", channel="erp") == 1


async def test_what_waits_is_counted(office: Office) -> None:
    await send(office, told("e1"))

    assert await sample(office, "postroad_waiting_events") == 1
    assert await sample(office, "postroad_unanswered_clicks") == 0
