"""What would be different for one instance in another release."""

from collections.abc import Iterator
from typing import Any

from postroad.model.move import Note
from postroad.model.process import Approval, Branch, Call, Decide, Each, Node, Work
from postroad.process.fitting import finished_in
from postroad.process.relocation import Relocation, note

_WHILE_OPEN = frozenset(
    {"who", "mode", "pass", "veto", "or_reject", "assign", "self_approval", "empty", "dedupe", "deadline"}
)
"""Settings that an open step keeps as it was opened; every other one holds from the move on."""
_OF_A_LIST = frozenset({"items", "item_title", "item_key"})
"""What a list that has been read keeps, until it is read again."""
_AS_CALLED = frozenset({"process", "document", "inputs", "wait"})
"""What a process that is under way was called with."""
_ELSEWHERE = frozenset({"title", "branches", "otherwise", "timeout", "steps"})
"""What is no setting of the node itself, or is told by itself."""


def differences(moving: Relocation) -> Iterator[Note]:
    """Steps met and no longer met, settings, rule tables, ways back: in this order."""
    yield from _met_newly(moving)
    yield from _not_met(moving)
    yield from _dropped(moving)
    yield from _open_now(moving)
    yield from _ahead(moving)
    yield from _no_way_back(moving)
    if moving.state.left is not None:
        yield note(
            "walks_again", "重新提交后从头审批，不直接回到退回的人", "Submitted again, it goes through all steps", None
        )
    yield from _of_the_process(moving)


def _met_newly(moving: Relocation) -> Iterator[Note]:
    known, passed = {moving.name(node) for node in moving.was.ahead}, set(moving.passed)
    for node in moving.now.outermost(moving.now.ahead - known):
        label = moving.new_label(node)
        if node in passed:
            yield note("met_again", f"“{label.zh}”会再次进行", f"“{label.en}” comes again", node)
        else:
            yield note("new_ahead", f"之后会经过“{label.zh}”", f"“{label.en}” will come", node)


def _not_met(moving: Relocation) -> Iterator[Note]:
    """What was put where the instance has been already."""
    met = {moving.name(node) for node in (*moving.state.epochs, *moving.was.gone_by)}
    for node in moving.now.outermost(moving.now.gone_by - met):
        label = moving.new_label(node)
        yield note(
            "not_met", f"“{label.zh}”在当前位置之前，不会再经过", f"“{label.en}” comes before, and is not met", node
        )


def _dropped(moving: Relocation) -> Iterator[Note]:
    there = moving.now.tree.places
    for node in moving.was.outermost(node for node in moving.was.ahead if moving.name(node) not in there):
        label = moving.label(node)
        yield note("no_longer", f"不再经过“{label.zh}”", f"“{label.en}” no longer comes", node)


def _open_now(moving: Relocation) -> Iterator[Note]:
    for node in moving.state.runs:
        if not moving.keeps(node):
            continue
        there = moving.name(node)
        before, after = moving.was.tree.node(node), moving.now.tree.node(there)
        changed, label = _changed(before, after), after.label
        keeps = [one for one in changed if one in _kept(after)]
        holds = [one for one in changed if one not in keeps]
        if keeps:
            yield note(
                "kept_open",
                f"“{label.zh}”正在进行，{_list_zh(keeps)} 保持原样，直到再次进入",
                f"“{label.en}” is under way and keeps its {_list_en(keeps)} until it is entered again",
                there,
            )
        if holds:
            yield note(
                "changed_open",
                f"“{label.zh}”正在进行，{_list_zh(holds)} 立即按新版本",
                f"“{label.en}” is under way; {_list_en(holds)} as in the new release from now on",
                there,
            )
        if isinstance(before, Branch) and isinstance(after, Branch) and _ways(before) != _ways(after):
            yield note(
                "way_kept",
                f"“{label.zh}”的条件变了，已进入的分支不变",
                f"The conditions of “{label.en}” changed; the way taken stays",
                there,
            )


def _kept(node: Node) -> frozenset[str]:
    """The settings that a node under way has as it was entered."""
    if isinstance(node, Approval | Work):
        return _WHILE_OPEN
    if isinstance(node, Call):
        return _AS_CALLED
    return _OF_A_LIST if isinstance(node, Each) else frozenset()


def _ahead(moving: Relocation) -> Iterator[Note]:
    for node in moving.was.tree.places:
        there = moving.name(node)
        if node not in moving.was.ahead or there not in moving.now.ahead:
            continue
        before, after = moving.was.tree.node(node), moving.now.tree.node(there)
        changed = _changed(before, after)
        if isinstance(before, Branch) and isinstance(after, Branch) and _ways(before) != _ways(after):
            changed.append("branches")
        label = after.label
        if changed:
            yield note(
                "changed_ahead",
                f"“{label.zh}”按新版本：{_list_zh(changed)}",
                f"“{label.en}” as in the new release: {_list_en(changed)}",
                there,
            )
        if isinstance(after, Decide) and isinstance(before, Decide) and _other_table(moving, before, after):
            yield note(
                "table",
                f"“{label.zh}”使用新版本的规则表 {after.table}",
                f"“{label.en}” is decided by the new release's table {after.table}",
                there,
            )


def _other_table(moving: Relocation, before: Decide, after: Decide) -> bool:
    return before.table == after.table and moving.old.tables.get(before.table) != moving.new.tables.get(after.table)


def _no_way_back(moving: Relocation) -> Iterator[Note]:
    """Where people were asked, and where nothing can go back to any more."""
    lost = (node for node, _ in moving.state.trail if not can_go_back(moving, node))
    for node in dict.fromkeys(lost):
        place = moving.was.tree.places.get(node)
        if place is not None and isinstance(place.node, Approval | Work):
            label = place.node.label
            yield note("no_way_back", f"不能再退回到“{label.zh}”", f"Nothing goes back to “{label.en}” any more", node)


def can_go_back(moving: Relocation, node: str) -> bool:
    """Whether a node on the way so far is still on it: it is there, and it does not come once more."""
    there = moving.name(node)
    return moving.keeps(node) and (there not in moving.now.ahead or node in moving.was.ahead)


def finished(moving: Relocation) -> dict[str, list[int]]:
    """The branches that are through, of every parallel under way, by its new name."""
    return {moving.name(node): finished_in(moving, node) for node, run in moving.state.runs.items() if run.finished}


def _of_the_process(moving: Relocation) -> Iterator[Note]:
    before, after = _process_settings(moving.old.process), _process_settings(moving.new.process)
    changed = [name for name in after if before.get(name) != after[name]]
    if changed:
        yield note(
            "settings",
            f"流程设置按新版本：{_list_zh(changed)}",
            f"Settings of the process as in the new release: {_list_en(changed)}",
        )


def _process_settings(process: Any) -> dict[str, Any]:
    said = process.model_dump(mode="json", exclude={"steps", "title", "process"})
    document = said.pop("document")
    return {**said, **{f"document.{name}": value for name, value in document.items()}}


def _changed(before: Node, after: Node) -> list[str]:
    was, now = _settings(before), _settings(after)
    return [name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name)]


def _settings(node: Node) -> dict[str, Any]:
    said = node.model_dump(mode="json")
    return {name: value for name, value in said.items() if name not in {node.kind, *_ELSEWHERE}}


def _ways(node: Branch) -> list[object]:
    return [way.when for way in node.branches]


def _list_zh(names: list[str]) -> str:
    return "、".join(names)


def _list_en(names: list[str]) -> str:
    return ", ".join(names)
