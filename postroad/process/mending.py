"""What an administrator does about one effect: try it again, go on without it, or undo it though nothing turns back.

An effect is named by its key in the ledger; one that never came so far, by its node.
"""

from postroad.model.decision import Action
from postroad.model.effect import Actor, EffectStatus
from postroad.model.event import AdminAct
from postroad.model.label import Label
from postroad.model.process import Effect
from postroad.process import ending, repair, trouble
from postroad.process.commands import Act
from postroad.process.refused import forbidden
from postroad.process.state import Deed
from postroad.process.turn import Turn

_DONE = {
    EffectStatus.CONFIRMED: Label(zh="已完成", en="is done"),
    EffectStatus.COMPENSATED: Label(zh="已撤销", en="was undone"),
}


def retry(turn: Turn, act: AdminAct) -> Label:
    """Try an effect that is in trouble again, under the same key. Raises Refused."""
    node, key = _in_trouble(turn, act.effect or "")
    label = ending.label_of(turn, node)
    trouble.forget(turn, node, f"管理员已重试：{act.reason} / tried again by an administrator: {act.reason}")
    repair.carry_out(turn, node, key, Action.RETRY)
    zh, en = ("撤销", "Undoing ") if key and key.endswith(":undo") else ("", "")
    return Label(zh=f"重试{zh}“{label.zh}”", en=f"{en}“{label.en}” is tried again")


def skip(turn: Turn, act: AdminAct) -> Label:
    """Go on without an effect that is in trouble. Raises Refused."""
    node, key = _in_trouble(turn, act.effect or "")
    label = ending.label_of(turn, node)
    trouble.forget(turn, node, f"管理员已跳过：{act.reason} / skipped by an administrator: {act.reason}")
    repair.carry_out(turn, node, key, Action.SKIP)
    zh, en = ("撤销", "undoing ") if key and key.endswith(":undo") else ("", "")
    return Label(zh=f"跳过{zh}“{label.zh}”", en=f"Goes on without {en}“{label.en}”")


def compensate(turn: Turn, act: AdminAct) -> Label:
    """Undo a confirmed effect; its node then counts as not done. Raises Refused."""
    key, deed = _deed(turn, act.effect or "")
    label = ending.label_of(turn, deed.node)
    _check_idle(turn, key, label)
    if turn.state.unwinding is not None:
        raise forbidden("流程正在撤销已做的操作，请等待完成", "What was done is being undone already; wait for it")
    if deed.status is not EffectStatus.CONFIRMED:
        said = _DONE.get(deed.status, Label(zh="没有生效", en="did not take effect"))
        raise forbidden(f"“{label.zh}”{said.zh}，没有可撤销的", f"“{label.en}” {said.en}; there is nothing to undo")
    if deed.undo is None:
        raise forbidden(
            f"“{label.zh}”没有撤销动作，请在业务系统中处理",
            f"“{label.en}” says of no way to undo it; settle it in its own system",
        )
    undo = f"{key}:undo"
    _check_idle(turn, undo, label)
    held = turn.state.troubles.get(deed.node)
    if held is not None and held.key == undo:
        raise forbidden(
            f"“{label.zh}”的撤销没有成功，请重试或跳过 {deed.intent.key}:undo",
            f"Undoing “{label.en}” failed; retry or skip {deed.intent.key}:undo",
        )
    if deed.own_document and any(_is_own(turn, c) for c in turn.state.pending.values()):
        raise forbidden(
            "单据的另一操作正在进行，请等待结果", "Something else is being done to the document; wait for its outcome"
        )
    ending.undo(turn, key, Actor(person=act.by, name=act.by_name or act.by))
    return Label(zh=f"撤销“{label.zh}”", en=f"“{label.en}” is being undone")


def _is_own(turn: Turn, command: object) -> bool:
    return isinstance(command, Act) and turn.state.deeds[command.key].own_document


def _deed(turn: Turn, effect: str) -> tuple[str, Deed]:
    found = next(((key, deed) for key, deed in turn.state.deeds.items() if deed.intent.key == effect), None)
    if found is None:
        raise forbidden(
            f"流程没有操作 {effect or '（未填写）'}", f"The instance has no effect {effect or '(none was named)'}"
        )
    return found


def _in_trouble(turn: Turn, effect: str) -> tuple[str, str | None]:
    """The node whose trouble this effect is, and what would be tried again. Raises Refused."""
    node = turn.tree.places.get(effect)
    held = turn.state.troubles.get(effect)
    if node is not None and isinstance(node.node, Effect) and held is not None:
        return effect, held.key
    key, deed = _deed(turn, effect)
    label = ending.label_of(turn, deed.node)
    _check_idle(turn, key, label)
    held = turn.state.troubles.get(deed.node)
    if held is None or held.key != key:
        said = _DONE.get(deed.status, Label(zh="没有等待处理的异常", en="is in no trouble"))
        raise forbidden(f"“{label.zh}”{said.zh}", f"“{label.en}” {said.en}")
    return deed.node, key


def _check_idle(turn: Turn, key: str, label: Label) -> None:
    if key in turn.state.pending:
        undoing = key.endswith(":undo")
        raise forbidden(
            f"“{label.zh}”正在{'撤销' if undoing else '执行'}，请等待结果",
            f"“{label.en}” is being {'undone' if undoing else 'done'}; wait for its outcome",
        )
