"""What keeps a process from being published, in the words of those who own it. Every reason has a stable code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from api import rules_gate
from api.stops import Stop, several
from api.surroundings import Surroundings
from postroad.connectors.base import Connector
from postroad.connectors.errors import ConnectorFailure
from postroad.directory.vacancy import vacancy
from postroad.model.case import Case
from postroad.model.label import Label
from postroad.model.people import Who
from postroad.model.process import Approval, Call, Cc, Decide, Effect, Node, Process, Work
from postroad.model.refusals import Refusal
from postroad.model.wrong import wrong_field
from postroad.process.drawn import Fault, Reading, read, written
from postroad.process.sound_ways import Remark, remarks
from postroad.trial.world import Played


class CasePlayed(BaseModel):
    """A case of a process: whether all came as it expects, what did not, and what happened at each step."""

    name: str
    passed: bool
    problems: list[Label]
    steps: list[Played]


class Checked(BaseModel):
    """A drawing as it was checked: what is wrong and where, what is good to know, and what stops a publication."""

    problems: list[Fault]
    remarks: list[Remark]
    cases: list[CasePlayed]
    stops: list[Stop]


def checked(
    drawn: Mapping[str, Any],
    cases: Sequence[Mapping[str, Any]],
    around: Surroundings,
    connectors: Mapping[str, Connector],
) -> Checked:
    """Check a drawing on its own, with the rule tables in force, on today's organisation, and by its cases."""
    reading = read(drawn, around.tables)
    faults = [*reading.faults, *_unreadable_cases(cases)]
    played = play(reading, cases, around)
    stops = [*_of_faults(faults), *_of_world(reading.process, around, connectors), *_of_cases(played)]
    notes = list(remarks(reading.process)) if reading.process and not reading.faults else []
    return Checked(problems=faults, remarks=notes, cases=played, stops=stops)


def play(reading: Reading, cases: Sequence[Mapping[str, Any]], around: Surroundings) -> list[CasePlayed]:
    """Every case that can be read, on what can be read of the process; none on a process that is not sound."""
    if reading.process is None or reading.faults:
        return []
    world = around.world(reading.process)
    found = [case for case in map(_readable, cases) if case is not None]
    return [_played(case, list(world.play(case))) for case in found]


def _played(case: Case, steps: list[Played]) -> CasePlayed:
    wrong = [said for step in steps for said in step.problems]
    return CasePlayed(name=case.name, passed=not wrong, problems=wrong, steps=steps)


def _readable(said: Mapping[str, Any]) -> Case | None:
    try:
        return Case.model_validate(said)
    except ValidationError:
        return None


def _unreadable_cases(cases: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for number, said in enumerate(cases):
        try:
            Case.model_validate(said)
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                zh, en = wrong_field(dict(error))
                place = written(("cases", number, *error["loc"]))
                message = Label(zh=f"第 {number + 1} 个案例：{zh}", en=f"case {number + 1}: {en}")
                yield Fault(place=place, code="bad_case", message=message)


async def stops_of_tables(session: AsyncSession, drawn: Mapping[str, Any], around: Surroundings) -> list[Stop]:
    """What is wrong today with the rule tables that the drawing asks, in the words of their own gate."""
    process = read(drawn, around.tables).process
    asked = {node.table: node for _, node in process.walk() if isinstance(node, Decide)} if process else {}
    found = []
    for key, node in asked.items():
        if key in around.tables:
            told = await rules_gate.checked(session, around.tables[key], _ACCEPTED)
            found += [_of_table(node, one) for one in told.stops if one.code in _OF_TABLES]
    return found


def _of_table(node: Decide, stop: Stop) -> Stop:
    return _stop("table_stopped", node, stop.message)


_ACCEPTED = ({"what": rules_gate.DEFAULT},)
"""Whoever published a table wants its default row."""

_OF_TABLES = frozenset({"table_errors", "gap", "rows_overlap", "cases_failed", "nobody_for_role"})


def _of_faults(faults: Sequence[Fault]) -> Iterator[Stop]:
    said = [
        Label(zh=f"{one.node or one.place}：{one.message.zh}", en=f"{one.node or one.place}: {one.message.en}")
        for one in faults
    ]
    yield from several("not_sound", said, "有 {n} 处待完善：{said}", "{n} places are to be mended: {said}")


def _of_cases(played: Sequence[CasePlayed]) -> Iterator[Stop]:
    failed = [
        Label(zh=f"{one.name}（{one.problems[0].zh}）", en=f"{one.name} ({one.problems[0].en})")
        for one in played
        if not one.passed
    ]
    yield from several(
        "cases_failed",
        failed,
        "有 {n} 个案例的经过与期望不同：{said}；请改流程，或改案例",
        "{n} cases do not go as expected: {said}; change the process or the cases",
    )


def _of_world(process: Process | None, around: Surroundings, connectors: Mapping[str, Connector]) -> Iterator[Stop]:
    """What the definition alone cannot know: whether those it names are there."""
    for _, node in process.walk() if process else ():
        empty = [why for why in (vacancy(one, around.organisation) for one in _meant(node)) if why is not None]
        for why in empty:
            yield _stop("nobody_for_role", node, why)
        if isinstance(node, Call) and node.process not in around.releases and process:
            why = Label(
                zh=f"流程 {node.process} 没有发布；请先发布它",
                en=f"the process {node.process} is not published; do that first",
            )
            yield _stop("unknown_process", node, why)
        if isinstance(node, Effect):
            for why in _unknown_action(node, connectors):
                yield _stop("unknown_action", node, why)


def _stop(code: str, node: Node, why: Label) -> Stop:
    message = Label(zh=f"“{node.label.zh}”：{why.zh}", en=f"“{node.label.en}”: {why.en}")
    return Stop(code=code, message=message, node=node.id)


def _meant(node: Node) -> Iterable[Who]:
    if isinstance(node, Approval | Work | Cc):
        return node.who
    return (node.assignee,) if isinstance(node, Effect) and node.assignee else ()


def _unknown_action(node: Effect, connectors: Mapping[str, Connector]) -> Iterator[Label]:
    connector = connectors.get(node.connector)
    if connector is None:
        yield Label(
            zh=f"没有业务系统 {node.connector}；请在连接器文件中配置它，或另选一个",
            en=f"there is no system {node.connector}; configure it in the connectors file, or choose another",
        )
        return
    for action in [*([] if node.creates else [node.action]), *([node.undo] if node.undo else [])]:
        try:
            connector.goal(node.entity, action)
        except (ConnectorFailure, Refusal) as refused:
            yield _said(refused)


def _said(refused: Exception) -> Label:
    return refused.label if isinstance(refused, Refusal) else Label.of(str(refused))
