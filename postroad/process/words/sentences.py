"""Every node, and every way of a branch, in a sentence."""

from collections.abc import Iterator

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.process import (
    Approval,
    Branch,
    Call,
    Cc,
    Decide,
    Each,
    Effect,
    End,
    Node,
    Parallel,
    Process,
    Wait,
    Work,
)
from postroad.process.words import settings
from postroad.process.words.conditions import condition
from postroad.process.words.names import Names, plain_label
from postroad.process.words.people import everybody

_NOTHING = Label(zh="", en="")


class WaySentence(Fact):
    """One way of a branch by its number; the last one, without a condition, is `otherwise`."""

    number: int
    title: Label
    text: Label


class Sentence(Fact):
    """What a card of the picture says: `text` in one line, `details` below it, `when` if it has a condition."""

    node: str
    place: str
    kind: str
    title: Label
    text: Label
    when: Label = _NOTHING
    details: tuple[Label, ...] = ()
    ways: tuple[WaySentence, ...] = ()


def sentences(process: Process, names: Names) -> list[Sentence]:
    """In the order of the definition, outer before inner."""
    return [sentence(node, place, names) for place, node in process.walk()]


def sentence(node: Node, place: str, names: Names) -> Sentence:
    return Sentence(
        node=node.id,
        place=place,
        kind=node.kind,
        title=node.label,
        text=_text(node, names),
        when=condition(node.when, names),
        details=tuple(_details(node, names)),
        ways=tuple(ways(node, names)) if isinstance(node, Branch) else (),
    )


def ways(node: Branch, names: Names) -> Iterator[WaySentence]:
    for number, way in enumerate(node.branches):
        yield WaySentence(number=number, title=way_title(node, number), text=condition(way.when, names))
    rest = Label(zh="以上都不成立", en="none of these holds")
    yield WaySentence(number=len(node.branches), title=way_title(node, len(node.branches)), text=rest)


def way_title(node: Branch, number: int) -> Label:
    """As the story calls it."""
    if number == len(node.branches):
        return Label(zh="其他情况", en="otherwise")
    return node.branches[number].title or Label(zh=f"第 {number + 1} 个分支", en=f"branch {number + 1}")


def _text(node: Node, names: Names) -> Label:
    if isinstance(node, Approval | Work | Cc):
        who, verb = everybody(node.who, names), _VERBS[node.kind]
        return Label(
            zh=f"{verb.zh}{who.zh}" if isinstance(node, Cc) else f"{who.zh}{verb.zh}", en=f"{verb.en} {who.en}"
        )
    if isinstance(node, Decide):
        table = names.table(node.table)
        return Label(zh=f"按规则表“{table.zh}”判断", en=f"decides by the table “{table.en}”")
    if isinstance(node, Effect):
        return _effect(node, names)
    if isinstance(node, Call):
        called = names.process_titled(node.process)
        return Label(zh=f"发起流程“{called.zh}”", en=f"calls the process “{called.en}”")
    if isinstance(node, Wait):
        return _wait(node, names)
    if isinstance(node, End):
        return Label(zh=f"结束，结果为{outcome(node.outcome).zh}", en=f"ends, {outcome(node.outcome).en}")
    if isinstance(node, Each):
        items = names.field(node.items)
        return Label(zh=f"对{items.zh}逐项处理", en=f"for each of {items.en}")
    if isinstance(node, Branch):
        return Label(zh="成立的都走", en="every way that holds") if node.inclusive else _FIRST
    return Label(zh="同时进行", en="all at once") if isinstance(node, Parallel) else _NOTHING


_FIRST = Label(zh="走第一个成立的", en="the first way that holds")
_VERBS = {
    "approval": Label(zh="审批", en="approved by"),
    "work": Label(zh="办理", en="done by"),
    "cc": Label(zh="抄送", en="copied to"),
}
_OUTCOMES = {
    "approved": Label(zh="通过", en="approved"),
    "rejected": Label(zh="驳回", en="rejected"),
    "withdrawn": Label(zh="撤回", en="withdrawn"),
    "revoked": Label(zh="已撤销", en="revoked"),
}


def outcome(key: str) -> Label:
    return _OUTCOMES.get(key, plain_label(key))


def _effect(node: Effect, names: Names) -> Label:
    system = names.system(node.connector)
    deed = names.deed(node.connector, node.entity, node.action)
    what = Label(zh=f"新建“{deed.zh}”", en=f"creates “{deed.en}”") if node.creates else _act(deed)
    who = everybody((node.assignee,), names) if node.assignee else None
    return Label(
        zh=f"在“{system.zh}”{what.zh}" + (f"，交给{who.zh}" if who else ""),
        en=f"{what.en} in “{system.en}”" + (f" for {who.en}" if who else ""),
    )


def _act(deed: Label) -> Label:
    return Label(zh=f"执行“{deed.zh}”", en=f"does “{deed.en}”")


def _wait(node: Wait, names: Names) -> Label:
    zh, en = list[str](), list[str]()
    if node.event:
        zh.append(f"等待事件 {node.event}")
        en.append(f"waits for {node.event}")
    if node.for_:
        long = settings.how_long(node.for_)
        zh.append(f"最多 {long.zh}" if node.event else f"等待 {long.zh}")
        en.append(f"for {long.en} at most" if node.event else f"waits {long.en}")
    if node.until:
        until = names.field(node.until)
        zh.append(f"到{until.zh}为止")
        en.append(f"until {until.en}")
    return Label(zh="，".join(zh), en=" ".join(en))


def _details(node: Node, names: Names) -> Iterator[Label]:
    if isinstance(node, Approval):
        yield settings.together(node)
        yield settings.rejection(node, names)
    if isinstance(node, Approval | Work):
        if node.deadline:
            yield settings.deadline(node.deadline, names)
        yield from settings.to_fill_in(node, names)
    if isinstance(node, Effect):
        undo = names.deed(node.connector, node.entity, node.undo) if node.undo else None
        yield Label(zh=f"可用“{undo.zh}”撤销", en=f"undone by “{undo.en}”") if undo else _FOR_GOOD
    if isinstance(node, Parallel | Each):
        yield _join(node)
    if isinstance(node, Decide) and node.pin == "latest":
        yield Label(zh="用执行时生效的版本", en="by the version in force when it runs")
    if isinstance(node, Call) and not node.wait:
        yield Label(zh="不等待它结束", en="does not wait for it")


_FOR_GOOD = Label(zh="不可撤销", en="cannot be undone")


def _join(node: Parallel | Each) -> Label:
    if node.join == "all":
        return Label(zh="全部完成后继续", en="goes on when all are through")
    if node.join == "any":
        return Label(zh="任一完成即继续", en="goes on when one is through")
    return Label(zh=f"{node.join} 个完成即继续", en=f"goes on when {node.join} are through")
