import pytest
from temporalio.client import WorkflowExecutionStatus

from api.clock import utc_now
from api.dispatch import Dispatcher
from api.metrics import Metrics
from postroad.model.document import DocumentRef
from postroad.model.effect import EffectResult, EffectStatus, Intent
from postroad.model.start import Start
from postroad.model.task import InstanceStatus
from postroad.store.events import ErpEvents, EventRow
from postroad.store.instances import Instances
from postroad.store.ledger import Ledger
from postroad.store.releases import Release
from tests.api.erp import send, told
from tests.api.office import Office, nowhere


def start_of(release: Release, document: DocumentRef) -> Start:
    return Start(release=release.id, process=release.process, document=document)


async def handled(office: Office, document: DocumentRef) -> list[EventRow]:
    """Works off what waits and gives the document's events, oldest first."""
    await office.parts.dispatcher.work_off()
    async with office.database.read() as session:
        return list(reversed(await ErpEvents(session).of_document(document)))


@pytest.fixture
def document(office: Office) -> DocumentRef:
    return DocumentRef(system="erp", kind="purchase_requisition", id=f"PR-{office.queue}")


async def test_a_submitted_document_starts_the_process(office: Office, document: DocumentRef) -> None:
    release = await office.publish()

    await send(office, told("e1", record=document.id))
    (event,) = await handled(office, document)

    assert event.result == "started"
    instance = f"purchase-approval:erp:{document.id}:1"
    started = await office.temporal.get_workflow_handle(instance).describe()
    assert (started.workflow_type, started.status) == ("purchase-approval", WorkflowExecutionStatus.RUNNING)
    assert await started.static_summary() == f"采购审批 {document.id}"
    async with office.database.read() as session:
        view = await Instances(session).find(instance)
    assert view is not None
    assert (view.release, view.revision) == (release.id, 0)


async def test_two_events_of_one_submission_start_one_instance(office: Office, document: DocumentRef) -> None:
    await office.publish()

    await send(office, told("e1", record=document.id))
    await send(office, told("e2", record=document.id))
    events = await handled(office, document)

    assert [event.result for event in events] == ["started", "told"]


async def test_an_instance_that_was_started_but_not_noted_is_not_started_again(
    office: Office, document: DocumentRef
) -> None:
    release = await office.publish()
    await office.parts.running.start(f"purchase-approval:erp:{document.id}:1", start_of(release, document), "PR")

    await send(office, told("e1", record=document.id))
    (event,) = await handled(office, document)

    assert event.result == "duplicate"
    async with office.database.read() as session:
        assert await Instances(session).open_for(document)


async def test_news_of_a_document_reaches_its_instance_in_order(office: Office, document: DocumentRef) -> None:
    await office.publish()
    modes = ("submitted", "updated", "withdrawn")

    for number, mode in enumerate(modes):
        await send(office, told(f"{document.id}-{number}", mode, record=document.id, version=number))
    events = await handled(office, document)

    assert [event.result for event in events] == ["started", "told", "told"]
    async with office.at_work():
        heard = await office.asks(f"purchase-approval:erp:{document.id}:1", "heard")
    assert heard == [f"{document.id}-1", f"{document.id}-2"]


async def test_a_second_round_is_a_second_instance(office: Office, document: DocumentRef) -> None:
    await office.publish()
    await send(office, told("e1", record=document.id))
    await handled(office, document)
    await office.temporal.get_workflow_handle(f"purchase-approval:erp:{document.id}:1").terminate()

    await send(office, told("e2", record=document.id, round=2))
    events = await handled(office, document)

    assert [event.result for event in events] == ["started", "started"]
    await office.temporal.get_workflow_handle(f"purchase-approval:erp:{document.id}:2").describe()


async def ended(office: Office, document: DocumentRef, outcome: str) -> None:
    """The document's first instance is over."""
    instance = f"purchase-approval:erp:{document.id}:1"
    await office.temporal.get_workflow_handle(instance).terminate()
    async with office.database.begin() as session:
        view = await Instances(session).find(instance)
        assert view is not None
        over = {"status": InstanceStatus.FINISHED, "outcome": outcome, "revision": 9}
        await Instances(session).put(view.model_copy(update=over))


async def test_a_withdrawn_document_may_be_submitted_again_where_nobody_counts(
    office: Office, document: DocumentRef
) -> None:
    await office.publish()
    await send(office, told("e1", record=document.id, round=None))
    await handled(office, document)
    await ended(office, document, "withdrawn")

    await send(office, told("e2", record=document.id, round=None))
    events = await handled(office, document)

    assert [event.result for event in events] == ["started", "started"]
    await office.temporal.get_workflow_handle(f"purchase-approval:erp:{document.id}:2").describe()


async def test_word_of_a_submission_that_was_approved_starts_nothing_where_nobody_counts(
    office: Office, document: DocumentRef
) -> None:
    await office.publish()
    await send(office, told("e1", record=document.id, round=None))
    await handled(office, document)
    await ended(office, document, "approved")

    await send(office, told("e2", record=document.id, round=None))
    assert [event.result for event in await handled(office, document)] == ["started", "duplicate"]


async def test_the_echo_of_our_own_act_is_recognised(office: Office, document: DocumentRef) -> None:
    await office.publish()
    intent = Intent(
        key=f"{document.id}:k", instance="i", connector="erp", entity=document.kind, action="approve", document=document
    )
    async with office.database.begin() as session:
        await Ledger(session).plan(intent, utc_now())
        confirmed = EffectResult(status=EffectStatus.CONFIRMED, version="3")
        await Ledger(session).finish(intent.key, confirmed, utc_now())

    await send(office, told("e1", "approved", record=document.id, version=3))
    (event,) = await handled(office, document)

    assert event.result == "echo"


async def test_news_of_an_ended_instance_is_late_and_of_no_instance_ignored(
    office: Office, document: DocumentRef
) -> None:
    await office.publish()
    await send(office, told("e0", "updated", record=document.id))
    await send(office, told("e1", record=document.id))
    await handled(office, document)
    await office.temporal.get_workflow_handle(f"purchase-approval:erp:{document.id}:1").terminate()

    await send(office, told("e2", "updated", record=document.id))
    events = await handled(office, document)

    assert [event.result for event in events] == ["ignored", "started", "late"]


async def test_without_a_published_process_nothing_starts(office: Office, document: DocumentRef) -> None:
    await send(office, told("e1", record=document.id))

    (event,) = await handled(office, document)

    assert event.result == "ignored"


async def test_while_temporal_is_away_events_wait_and_are_started_later(office: Office, document: DocumentRef) -> None:
    await office.publish()
    stranded = Dispatcher(office.database, await nowhere(), office.parts.now, Metrics())
    await send(office, told("e1", record=document.id))

    assert not await stranded.work_off()

    async with office.database.read() as session:
        (event,) = await ErpEvents(session).of_document(document)
    assert (event.done_at, event.attempts) == (None, 1)
    assert "流程引擎" in str(event.error)
    office.ahead(seconds=2)
    (event,) = await handled(office, document)
    assert event.result == "started"


async def test_an_administrator_starts_a_document_by_hand_once(office: Office, document: DocumentRef) -> None:
    await office.publish()
    admin = await office.token("admin")

    order = {"document": document.id}
    first = await office.http.post("/api/v1/processes/purchase-approval/start", json=order, headers=admin)
    again = await office.http.post("/api/v1/processes/purchase-approval/start", json=order, headers=admin)
    unknown = await office.http.post("/api/v1/processes/other/start", json=order, headers=admin)

    assert [one.json()["status"] for one in (first, again)] == ["started", "duplicate"]
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no_such_process")
