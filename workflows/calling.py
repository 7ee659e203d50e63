"""Between an instance and the processes that it calls: child workflows that outlive every run of their caller.

Nobody waits for the child's own handle, which does not survive continue-as-new: a child says itself how it ended.
"""

import hashlib

from temporalio import workflow
from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError

from postroad.model.call import Caller, CallOver, Unwanted
from postroad.model.document import DocumentRef
from postroad.model.start import Finished, Start
from postroad.model.task import InstanceStatus
from postroad.process.commands import CallOff, CallProcess
from postroad.process.events import CallBegun, ToldOff
from postroad.process.state import State
from workflows import patience
from workflows.search import DOCUMENT, PROCESS, STATUS
from workflows.steps import LatestOrder, LatestRelease, ReleaseSteps

Child = workflow.ChildWorkflowHandle[object, Finished]


async def begin(start: Start, state: State, command: CallProcess) -> tuple[CallBegun, Child]:
    """Start the called process on its latest release.

    Raises:
        ActivityError: no such process is published.
        ApplicationError: it is about other documents than the one it would be given.
        WorkflowAlreadyStartedError: this call was made before.
    """
    latest = await workflow.execute_local_activity_method(
        ReleaseSteps.latest, LatestOrder(process=command.process), summary=command.title.zh, **patience.OWN_DATABASE
    )
    document = _document(latest, state, command)
    caller = Caller(
        instance=state.instance, key=command.key, title=start.process.title, document=state.ref,
        depth=command.depth, waits=command.waits, initiator=state.initiator,
    )  # fmt: skip
    begun = Start(
        release=latest.release, process=latest.process, document=document, tables=latest.tables,
        caller=caller, inputs=command.inputs, events_per_run=start.events_per_run,
    )  # fmt: skip
    instance = f"{latest.process.process}:{document}:{_suffix(state, command)}"
    child = await workflow.start_child_workflow(
        latest.process.process,
        begun,
        id=instance,
        result_type=Finished,
        parent_close_policy=workflow.ParentClosePolicy.ABANDON,
        id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        task_timeout=patience.WORKFLOW_TASK,
        search_attributes=_attributes(begun),
        static_summary=f"{latest.process.title.zh} {document.id}",
    )
    return CallBegun(at=workflow.now(), key=command.key, instance=instance, release=latest.release), child


def _document(latest: LatestRelease, state: State, command: CallProcess) -> DocumentRef:
    bound = latest.process.document
    if command.document is not None:
        return DocumentRef(system=bound.system, kind=bound.kind, id=command.document)
    if (bound.system, bound.kind) != (state.ref.system, state.ref.kind):
        message = (
            f"流程 {command.process} 针对 {bound.system} 的 {bound.kind}，请在 document 写明单据 / "
            f"the process {command.process} is about {bound.kind} of {bound.system}; name one in `document`"
        )
        raise ApplicationError(message, type="OtherDocument")
    return state.ref


def _suffix(state: State, command: CallProcess) -> str:
    """Where it was called, in the place where an instance that an event started has its round."""
    digest = hashlib.sha256(f"{state.instance}/{command.key}".encode()).hexdigest()[:12]
    return f"{command.key.replace('/', '.')}.{digest}"


def _attributes(start: Start) -> TypedSearchAttributes | None:
    """Those by which the Web UI finds it, in a namespace that has them."""
    if workflow.info().typed_search_attributes.get(STATUS) is None:
        return None
    return TypedSearchAttributes(
        [
            SearchAttributePair(DOCUMENT, str(start.document)),
            SearchAttributePair(PROCESS, start.process.title.zh),
            SearchAttributePair(STATUS, "进行中"),
        ]
    )


async def call_off(command: CallOff) -> ToldOff:
    """Raises ApplicationError when it is over already."""
    handle = workflow.get_external_workflow_handle(command.instance)
    await handle.signal("called_off", Unwanted(instance=command.instance, cause=command.cause))
    return ToldOff(at=workflow.now(), key=command.key)


async def tell_caller(caller: Caller, state: State) -> None:
    """How this instance ended. A caller that is over itself wants to know nothing more."""
    over = CallOver(
        key=caller.key,
        instance=state.instance,
        outcome=state.outcome or "",
        failed=state.status is InstanceStatus.FAILED,
        document_state=state.expected_state,
    )
    try:
        await workflow.get_external_workflow_handle(caller.instance).signal("call_over", over)
    except ApplicationError as gone:
        workflow.logger.info("caller.gone", extra={"caller": caller.instance, "cause": str(gone)})
