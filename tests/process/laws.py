"""What holds for every instance at every step, whatever happens to it."""

from postroad.model.process import Approval, Process, Wait
from postroad.model.task import InstanceStatus
from postroad.process import changes, ending, revoking
from postroad.process.advance import Advance, advance
from postroad.process.events import AnyEvent
from postroad.process.state import FINAL, State
from postroad.process.tree import plain

SETTLED = {InstanceStatus.FINISHED, InstanceStatus.FAILED}


def lawful(process: Process, before: State, event: AnyEvent) -> Advance:
    """The instance after the event, once everything that must hold has been seen to hold."""
    written = before.model_dump_json()
    after = advance(process, before, event)
    assert before.model_dump_json() == written, "advance changed the state it was given"
    assert State.model_validate_json(after.state.model_dump_json()) == after.state, "the state is not itself as JSON"
    _commands_are_accounted_for(before, after)
    _what_is_final_stays(before, after.state)
    _what_counts_was_said_of_the_form_as_it_is(process, after.state)
    _what_is_called_is_wanted(after.state)
    _the_story_has_no_gap(before, after)
    settled(process, after.state)
    return after


def settled(process: Process, state: State) -> None:
    """What holds for a state by itself, however it came about."""
    _nobody_is_asked_in_vain(state)
    _something_is_waited_for(process, state)


def _commands_are_accounted_for(before: State, after: Advance) -> None:
    issued = [command.key for command in after.commands]
    assert len(issued) == len(set(issued)), "a command was issued twice"
    assert set(issued) <= set(after.state.pending), "a command was issued that nobody waits for"
    fresh = set(after.state.pending) - set(before.pending)
    assert fresh <= set(issued), "a command is waited for that was never issued"
    for key in set(issued) & set(before.pending):
        assert key in after.dropped or before.pending[key] != after.state.pending[key], (
            f"{key} was issued again while pending"
        )
    if after.state.over:
        assert set(after.state.pending) <= {ending.REVOCABLE}, "the instance is over and still waits"


def _what_is_final_stays(before: State, after: State) -> None:
    if before.status in SETTLED and f"{revoking.REVOKE}/1" not in after.activations:
        assert (after.status, after.outcome, after.finished_at) == (before.status, before.outcome, before.finished_at)
    for key, was in before.activations.items():
        now = after.activations[key]
        assert was.state in {"open", now.state}, f"{key} ended twice"
        for old, new in zip(was.slots, now.slots, strict=False):
            assert old.state not in FINAL or old == new, f"slot {old.number} of {key} left its final state"
        assert was.state == "open" or len(was.slots) == len(now.slots), f"{key} grew after its end"
    assert all(after.answers[key] == answer for key, answer in before.answers.items()), "an answer was changed"


def _nobody_is_asked_in_vain(state: State) -> None:
    for key, activation in state.activations.items():
        still_open = [slot for slot in activation.slots if slot.open]
        assert activation.state == "open" or not still_open, f"{key} ended with open tasks"
        active = [slot for slot in still_open if slot.state == "active"]
        assert activation.state != "open" or active, f"{key} is open and asks nobody"
        assert not (state.over and still_open), f"{key} outlived the instance"
        if still_open and not activation.node.startswith("@") and not activation.node.endswith("!"):
            run = state.runs.get(activation.node)
            assert run is not None, f"{key} asks for a node that is not under way"
            assert run.epoch == activation.epoch, f"{key} asks for an old visit"


def _what_counts_was_said_of_the_form_as_it_is(process: Process, state: State) -> None:
    """R26: where nothing is hidden, an agreement in a step that is open is to the form as it is now."""
    if state.engine < changes.SECOND or _was_written_by_us(state):
        return
    nodes = {node.id: node for _, node in process.walk() if isinstance(node, Approval)}
    for key, activation in state.activations.items():
        node = nodes.get(activation.node)
        if node is None or activation.state != "open" or node.on_edit == "none" or "hidden" in node.fields.values():
            continue
        agreed = {slot.form_hash for slot in activation.counting if slot.state in {"approved", "auto", "held"}}
        assert agreed <= {state.form_hash}, f"{key} counts agreement to another form"


def _was_written_by_us(state: State) -> bool:
    """Whether the document says what an effect of ours told its system: that is nobody's edit."""
    known = state.document.data if state.document else {}
    sent = [item for deed in state.deeds.values() if deed.own_document for item in deed.intent.args.items()]
    return any(str(known.get(field)) == str(value) for field, value in sent)


def _what_is_called_is_wanted(state: State) -> None:
    for key, call in state.calls.items():
        run = state.runs.get(call.node)
        wanted = run is not None and f"{run.node}/{run.epoch}" == key
        assert not (call.waits and call.status == "running") or wanted, f"{key} is under way for nobody"
        assert not state.over or call.status != "running" or not call.waits, f"{key} outlived the instance"


def _the_story_has_no_gap(before: State, after: Advance) -> None:
    lines = after.record.lines if after.record else ()
    assert [line.number for line in lines] == list(range(before.lines + 1, after.state.lines + 1)), (
        "the story has a gap"
    )
    assert after.state.revision >= before.revision, "a revision went back"
    if after.record and after.record.tasks:
        assert {task.revision for task in after.record.tasks} == {after.state.revision}
        assert after.state.revision > before.revision, "a task changed without a new revision"


def _something_is_waited_for(process: Process, state: State) -> None:
    if state.over or state.started_at is None:
        return
    asked = any(slot.open for activation in state.activations.values() for slot in activation.slots)
    nodes = {node.id: node for _, node in process.walk()}
    events = [node for node in (nodes[plain(run)] for run in state.runs) if isinstance(node, Wait) and node.event]
    called = [call for call in state.calls.values() if call.status != "over"]
    waits = state.pending or asked or state.troubles or events or called or state.suspended
    assert waits, "the instance waits for nothing"
