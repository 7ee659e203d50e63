"""What is wrong with a definition, and where, said before it is published. A tree cannot deadlock; its words can."""

from collections import Counter
from collections.abc import Iterator, Mapping

from postroad.model.people import Who
from postroad.model.process import (
    Approval,
    Branch,
    Cc,
    Decide,
    Each,
    Effect,
    End,
    Node,
    Parallel,
    Process,
    ToNode,
    Work,
)
from postroad.model.table import Table
from postroad.model.template import holes
from postroad.process import rights
from postroad.process.problem import Problem
from postroad.process.problem import problem as _problem
from postroad.process.sound_calls import of_calls
from postroad.process.sound_items import of_items
from postroad.process.sound_ways import never_taken
from postroad.process.tree import Tree
from postroad.rules.cells import CellRefused, parse_cell

_GIVEN = frozenset({"decision", "assignee"})


def problems(process: Process, tables: Mapping[str, Table]) -> list[Problem]:
    """Everything wrong with a definition, outermost first; empty if it may be published with these tables."""
    return [
        *_repeated(process),
        *_taken(process),
        *_returns(process),
        *_of_nodes(process, tables),
        *of_items(process),
        *never_taken(process),
        *of_calls(process),
        *_dead(process),
    ]


def _repeated(process: Process) -> Iterator[Problem]:
    seen = Counter(node.id for _, node in process.walk())
    for place, node in process.walk():
        if seen[node.id] > 1:
            yield _problem(place, "repeated_id", f"节点名 {node.id} 重复", f"the id {node.id} is used more than once")


def _taken(process: Process) -> Iterator[Problem]:
    """A node's outcome becomes the variable of its name, which must not hide one that is there already."""
    given = (
        _GIVEN | {"applicant", "initiator", process.document.initiator} | {one.field for one in process.document.card}
    )
    for place, node in process.walk():
        if node.id in given:
            yield _problem(
                place,
                "taken_id",
                f"节点名 {node.id} 与同名变量冲突，请换一个",
                f"the id {node.id} hides the variable of that name; choose another",
            )


def _returns(process: Process) -> Iterator[Problem]:
    bound = process.document
    if "returned" not in bound.states or "returned" in bound.actions:
        return
    for place, node in process.walk():
        rejects = isinstance(node, Approval) and node.reject == "to_initiator"
        if rejects or _decided_in_the_end(node) == "return":
            yield _problem(
                place,
                "no_return_action",
                "退回发起人需要在 document.actions 写明 returned 对应的动作",
                "returning to the initiator needs the action for `returned` in document.actions",
            )


def _of_nodes(process: Process, tables: Mapping[str, Table]) -> Iterator[Problem]:
    for place, node in process.walk():
        yield from _conditions(place, node)
        yield from _people(place, node, process, tables)
        yield from _deadline(place, node)
        if isinstance(node, Decide) and node.table not in tables:
            known = "、".join(tables) or "无"
            yield _problem(
                place, "unknown_table", f"没有规则表 {node.table}，现有：{known}", f"there is no table {node.table}"
            )
        if isinstance(node, Parallel) and node.needed > len(node.branches):
            yield _problem(
                place,
                "join_too_high",
                f"只有 {len(node.branches)} 个分支，join 不能是 {node.join}",
                f"join {node.join} of {len(node.branches)} branches never happens",
            )
        if isinstance(node, Effect):
            yield from _arguments(place, node, process)
        yield from _fields(f"{place}.fields", rights.of_node(node), process)
        if isinstance(node, Approval) and isinstance(node.reject, ToNode):
            yield from _way_back(place, node, node.reject.to_node, process)


def _decided_in_the_end(node: Node) -> str | None:
    """What a deadline decides by itself when nobody did; None if there is none that does."""
    deadline = node.deadline if isinstance(node, Approval | Work) else None
    return deadline.ladder[-1].do if deadline and deadline.decides else None


def _deadline(place: str, node: Node) -> Iterator[Problem]:
    """R22: what must not happen without a person, or would leave nobody to say where it leads."""
    do, where = _decided_in_the_end(node), f"{place}.deadline"
    if do == "pass" and isinstance(node, Approval) and node.key_control:
        yield _problem(
            where,
            "key_control_passes",
            "关键控制节点不能超时自动通过，可用 admin",
            "a key control is never passed because its time is over; use admin",
        )
    asked = [field for field, right in rights.of_node(node).items() if right == "required"]
    if do == "pass" and asked:
        yield _problem(
            where,
            "unfilled_passes",
            f"要填写 {'、'.join(asked)}，不能超时自动通过",
            f"what asks for {', '.join(asked)} cannot pass because its time is over",
        )
    if do == "reject" and isinstance(node, Work):
        yield _problem(where, "work_rejects", "办理没有驳回，可用 return", "work is not rejected; use return")
    if do == "reject" and isinstance(node, Approval) and node.reject == "ask":
        yield _problem(
            where,
            "nobody_says_where",
            "reject: ask 由驳回的人选择去向，不能超时自动驳回；可用 return",
            "with reject: ask whoever rejects says where it leads, and nobody would; use return",
        )


def _way_back(place: str, node: Approval, target: str, process: Process) -> Iterator[Problem]:
    """R14: a rejection leads to a node where people are asked, before this one and not in a branch beside it."""
    nodes = {other.id: number for number, (_, other) in enumerate(process.walk())}
    tree = Tree(process)
    asks = target in nodes and isinstance(process.node(target), Approval | Work)
    if not asks or nodes[target] >= nodes[node.id] or tree.is_beside(node.id, target) or _of_items(tree, node, target):
        yield _problem(
            f"{place}.reject",
            "no_way_back",
            f"驳回不能到 {target}：它必须是之前的审批或办理节点，且不在并行的另一分支或逐项处理的步骤中",
            f"a rejection cannot lead to {target}: it must be an earlier approval or work, "
            "and not in a branch beside or among the steps of an each",
        )


def _fields(place: str, has: rights.Rights, process: Process) -> Iterator[Problem]:
    """R27: nobody fills in who started the instance or which document it is, nor what a node's outcome would hide."""
    fixed = _GIVEN | {"number", "initiator", "applicant", process.document.initiator}
    for field in has:
        if rights.writable(has, field) and field in fixed:
            yield _problem(
                f"{place}.{field}", "fixed_field", f"字段 {field} 不能填写", f"the field {field} cannot be filled in"
            )
        elif rights.writable(has, field) and field in {node.id for _, node in process.walk()}:
            yield _problem(
                f"{place}.{field}",
                "taken_field",
                f"字段 {field} 与同名节点的结果冲突，请换一个",
                f"the outcome of the node {field} hides the field of that name; choose another",
            )


def _of_items(tree: Tree, node: Approval, target: str) -> bool:
    """Whether the target stands there once for each item, so that it is not known which one is meant."""
    around = [one for one in tree.above(target) if isinstance(tree.node(one), Each)]
    return not set(around) <= set(tree.above(node.id))


def _conditions(place: str, node: Node) -> Iterator[Problem]:
    whens = [(place, node.when)]
    if isinstance(node, Branch):
        whens += [(f"{place}.branches[{number}]", way.when) for number, way in enumerate(node.branches)]
    for where, when in whens:
        for name, cell in when.items():
            try:
                parse_cell(cell)
            except CellRefused as refused:
                yield _problem(
                    f"{where}.when.{name}",
                    "bad_cell",
                    f"条件 {name}：{refused.label.zh}",
                    f"condition {name}: {refused.label.en}",
                )


def _people(place: str, node: Node, process: Process, tables: Mapping[str, Table]) -> Iterator[Problem]:
    whos: tuple[Who, ...] = node.who if isinstance(node, Approval | Work | Cc) else ()
    if isinstance(node, Effect) and node.assignee:
        whos = (node.assignee,)
    if isinstance(node, Approval | Work) and node.deadline:
        whos = (*whos, *(rung.to for rung in node.deadline.ladder if rung.to))
    for number, who in enumerate(whos):
        if who.strategy and not (isinstance(node, Approval | Work) and number < len(node.who)):
            yield _problem(
                place,
                "strategy_without_task",
                "strategy 只用于审批和办理节点的 who",
                "a strategy chooses whom an approval or a work step asks, and nobody else",
            )
        if who.from_:
            yield from _source(place, node, who.from_, process, tables)
        if who.did:
            yield from _earlier(place, node, who.did, process)


def _earlier(place: str, node: Node, step: str, process: Process) -> Iterator[Problem]:
    """Whoever did a step can only be asked after it."""
    asking = [other.id for _, other in process.walk() if isinstance(other, Approval | Work)]
    if step not in asking:
        yield _problem(
            place,
            "unknown_step",
            f"did: {step} 不是审批或办理节点",
            f"did: {step} is neither an approval nor a work step",
        )
    elif _order(process, step) >= _order(process, node.id):
        yield _problem(
            place, "later_step", f"did: {step} 不在此节点之前", f"did: {step} does not come before this step"
        )


def _order(process: Process, node_id: str) -> int:
    return next(number for number, (_, other) in enumerate(process.walk()) if other.id == node_id)


def _source(place: str, node: Node, path: str, process: Process, tables: Mapping[str, Table]) -> Iterator[Problem]:
    root, _, column = path.partition(".")
    source = next((other for _, other in process.walk() if other.id == root), None)
    if not isinstance(source, Decide):
        if source is not None or not column:
            return
        yield _problem(
            place,
            "unknown_source",
            f"from: {path} 所指的规则节点 {root} 不存在",
            f"from: {path} names no decide node {root}",
        )
        return
    ids = [other.id for _, other in process.walk()]
    if ids.index(root) > ids.index(node.id):
        yield _problem(
            place, "later_source", f"from: {path} 在此节点之后才有结果", f"from: {path} is only known after this node"
        )
    table = tables.get(source.table)
    if table is None:
        return
    if column not in {output.key for output in table.outputs}:
        yield _problem(
            place,
            "unknown_output",
            f"规则表 {table.table} 没有输出列 {column}",
            f"table {table.table} has no output {column}",
        )


def _arguments(place: str, node: Effect, process: Process) -> Iterator[Problem]:
    ids = {other.id for _, other in process.walk()}
    for name, text in node.args.items():
        if text.count("{") != len(holes(text)):
            yield _problem(
                f"{place}.args.{name}", "bad_template", f"模板无法识别：{text}", f"the template cannot be read: {text}"
            )
        for path in holes(text):
            root, dot, _ = path.partition(".")
            if dot and root not in ids | _GIVEN:
                yield _problem(
                    f"{place}.args.{name}", "unknown_variable", f"没有变量 {path}", f"there is no variable {path}"
                )


def _dead(process: Process) -> Iterator[Problem]:
    sequences = [("steps", process.steps)]
    for place, node in process.walk():
        sequences += [(f"{place}.{inside}", steps) for inside, steps in zip(node.places, node.sequences, strict=True)]
    for place, steps in sequences:
        for index, node in enumerate(steps[:-1]):
            if isinstance(node, End) and not node.when:
                yield _problem(
                    f"{place}[{index + 1}]",
                    "dead_step",
                    f"“{node.label.zh}”之后的节点永远不会执行",
                    f"nothing after “{node.label.en}” is ever reached",
                )
