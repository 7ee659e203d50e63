"""The document as its own system has it: reading it first, and what it means when it changes under way."""

from typing import Any

from postroad.model.bound import Phase
from postroad.model.document import Document
from postroad.model.event import ErpNews
from postroad.model.label import Label
from postroad.model.task import InstanceStatus
from postroad.process import calls, changes, direct, edits, ending, filling, returning, rights, suspending, trouble
from postroad.process.commands import Act, ReadDocument
from postroad.process.turn import Enter, Turn

_REMEMBERED = 50
READING = trouble.READING


def heard(turn: Turn, news: ErpNews) -> None:
    """Word of a change: read the document as soon as a reading can be trusted; the same word twice is one word."""
    state = turn.state
    if state.finished_at or news.event_id in state.heard or state.started_at is None:
        return
    state.heard = [*state.heard, news.event_id][-_REMEMBERED:]
    state.reread = True


def look(turn: Turn) -> None:
    """Read the document now."""
    state = turn.state
    state.reread = False
    title = Label(zh=f"读取单据 {state.ref.id}", en=f"Read the document {state.ref.id}")
    turn.issue(ReadDocument(key=f"@document/{turn.next_epoch('@document')}", title=title, ref=state.ref))


def _reading(turn: Turn) -> bool:
    return any(isinstance(command, ReadDocument) for command in turn.state.pending.values())


def _acting(turn: Turn) -> bool:
    """Whether something of ours, or of a process that we called, may change the document."""
    deeds, pending = turn.state.deeds, turn.state.pending.values()
    ours = any(isinstance(command, Act) and deeds[command.key].own_document for command in pending)
    return ours or calls.on_own_document(turn.state)


def look_again_if_due(turn: Turn) -> None:
    """Read what was heard of, unless it is being read, or something of ours on that document is under way."""
    state = turn.state
    if state.reread and not state.over and state.unwinding is None and not _reading(turn) and not _acting(turn):
        look(turn)


def arrived(turn: Turn, document: Document) -> None:
    """The document was read. On the way back nothing new is begun with it: it is read again at the end of the way."""
    trouble.forget(turn, READING, "单据已重新读取 / the document was read after all")
    if turn.state.unwinding is not None:
        turn.state.reread = True
        return
    if suspending.puts_off(turn, document):
        return
    first, known = turn.state.document is None, turn.state.expected_state
    changed = _take(turn, document)
    if first:
        _begin(turn, document)
    elif turn.state.walking:
        _set_out(turn, document, known, changed)
    elif known in {None, document.state}:
        _edited(turn, changed)
    else:
        _changed(turn, document, changed)


def _set_out(turn: Turn, document: Document, known: str | None, changed: list[str]) -> None:
    """R17: back to the returner or all the way anew, with the document as it is, unless somebody else settled it."""
    turn.state.walking = False
    target, turn.state.walk_to = turn.state.walk_to, None
    settled = turn.process.document.phase(document.state) in {"withdrawn", "approved", "rejected", "returned"}
    if settled and document.state != known:
        _changed(turn, document, changed)
    elif target is not None:
        turn.state.left = None
        returning.open_at(turn, target)
    elif not direct.go_back(turn):
        turn.agenda.append(Enter(turn.tree.first))


def _take(turn: Turn, document: Document) -> list[str]:
    """The document is as it was read from now on; the fields that people decide on and that somebody else changed."""
    turn.state.document, turn.state.expected_state = filling.laid_over(turn, document), document.state
    turn.state.form_hash = turn.state.document.form_hash(frozenset(turn.process.document.ignore))
    return changes.taken(turn)


def _begin(turn: Turn, document: Document) -> None:
    bound, state = turn.process.document, turn.state
    caller = state.caller.initiator if state.caller else ""
    state.initiator = str(document.data.get(bound.initiator) or caller)
    if bound.states and bound.phase(document.state) != "open":
        ending.finish(turn, "not_open")
        return
    _say_started(turn, document)
    turn.agenda.append(Enter(turn.tree.first))


def _say_started(turn: Turn, document: Document) -> None:
    zh, en = f"提交 {document.number}", f"Submitted {document.number}"
    caller = turn.state.caller
    known: dict[str, Any] = {"fields": document.data}
    if caller is not None:
        zh, en = f"由“{caller.title.zh}”发起：{document.number}", f"Called by “{caller.title.en}”: {document.number}"
        known["caller"] = caller.instance
    turn.say("started", zh, en, person=turn.state.initiator, **known)


def _changed(turn: Turn, document: Document, changed: list[str]) -> None:
    """Somebody else brought the document into another state."""
    state = turn.state
    phase = turn.process.document.phase(document.state)
    if phase == "withdrawn":
        turn.say("withdrawn", "已在业务系统中撤回", "Withdrawn in the business system", person=state.initiator)
        ending.withdraw(turn, "已在业务系统中撤回 / withdrawn in the business system", by_system=True)
    elif phase in {"approved", "rejected"}:
        _decided_elsewhere(turn, phase)
    elif phase == "returned" and state.status is not InstanceStatus.RETURNED:
        turn.say("returned", "已在业务系统中退回", "Returned in the business system")
        ending.unwind(turn, "return", "已在业务系统中退回 / returned in the business system", by_system=True)
    elif _open_again(turn, document):
        turn.say(
            "resubmitted", "在业务系统中重新提交", "Submitted again in the business system", person=state.initiator
        )
        ending.resubmit(turn, by_system=True)
    else:
        _edited(turn, changed)


def _open_again(turn: Turn, document: Document) -> bool:
    return turn.state.is_returned and turn.process.document.phase(document.state) == "open"


def _decided_elsewhere(turn: Turn, phase: Phase) -> None:
    zh, en = ("同意", "approved") if phase == "approved" else ("驳回", "rejected")
    turn.say("decided_elsewhere", f"已在业务系统中{zh}", f"Was {en} in the business system")
    cause = f"已在业务系统中{zh} / {en} in the business system"
    ending.unwind(turn, "finish", cause, outcome="decided_elsewhere", by_system=True)


def _edited(turn: Turn, changed: list[str]) -> None:
    """R26: people who still have to decide see the new form, and who decided on what changed is asked anew."""
    fields = turn.state.document.data if turn.state.document else {}
    if turn.state.engine < changes.SECOND:
        if edits.show(turn):
            turn.say("changed", "单据内容已变更", "The document has changed", fields=fields)
        return
    if changed:
        names = [rights.title(turn.process, field) for field in changed]
        zh, en = f"单据已变更：{'、'.join(names)}", f"The document has changed: {', '.join(names)}"
        turn.say("changed", zh, en, changed=changed, fields=fields)
    edits.follow(turn, changed)
