"""The rules, the people and the calendar that a process is played with, and a case of it step by step."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import JsonValue

from postroad.directory import choose, resolve, shortlist
from postroad.directory.chosen import resolution
from postroad.directory.deadline import reckon
from postroad.model.base import Fact
from postroad.model.calendar import WorkingCalendar
from postroad.model.case import Case, CaseStep
from postroad.model.deadline import Reckoning
from postroad.model.decision import Verdict
from postroad.model.label import Label
from postroad.model.people import Organisation, Resolution
from postroad.model.process import Process
from postroad.model.table import Evaluation, Status
from postroad.process.commands import Reckon, Resolve
from postroad.process.play import Scene, Stage, shortcomings
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import evaluate


class OpenTask(Fact):
    """Somebody who is asked now, who may act meanwhile, and the state of the part."""

    node: str
    person: str
    name: str
    agent: str | None = None
    state: str


class Played(Fact):
    """One step of a case (0 is its start): what was done, what came of it, and what is not as expected.

    ``effects`` are those that this step led to.
    """

    case: str
    step: int
    did: str
    verdict: Verdict | None = None
    message: Label | None = None
    open: tuple[OpenTask, ...] = ()
    effects: tuple[str, ...] = ()
    outcome: str | None = None
    problems: tuple[Label, ...] = ()


class World:
    """The rules, the people and the calendar that cases are played with. `tables` are those that can be asked."""

    def __init__(
        self,
        process: Process,
        tables: Mapping[str, CompiledTable],
        organisation: Organisation,
        calendar: WorkingCalendar,
    ) -> None:
        self._process, self._tables = process, tables
        self._organisation, self._calendar = organisation, calendar

    def stage(self, case: Case) -> Stage:
        """The case before anything was done in it but its start."""
        return Stage(self._process, case, self._decide, partial(self._find, case), self._reckon)

    def play(self, case: Case) -> Iterator[Played]:
        stage = self.stage(case)
        for number, step in enumerate((None, *case.script)):
            before = len(stage.effects)
            answer = stage.play(step) if step else None
            wrong = _surprise(step, answer.verdict) if step and answer else []
            yield Played(
                case=case.name,
                step=number,
                did=_words(step) if step else _start(case),
                verdict=answer.verdict if answer else None,
                message=answer.message if answer else None,
                open=tuple(_open_tasks(stage)),
                effects=tuple(stage.effects[before:]),
                outcome=stage.state.outcome,
                problems=(*wrong, *(shortcomings(stage) if number == len(case.script) else [])),
            )

    def _decide(self, table: str, inputs: Mapping[str, Any], at: datetime) -> Evaluation:
        if table not in self._tables:
            message = Label(zh=f"没有可用的规则表 {table}", en=f"there is no rule table {table} that can be asked")
            return Evaluation(status=Status.INPUT_ERROR, table=table, sha256="", message=message)
        return evaluate(self._tables[table], inputs, at.astimezone(self._calendar.zone).date())

    def _find(self, case: Case, command: Resolve, scene: Scene) -> Resolution:
        told: dict[str, Any] = {
            "owner": self._process.owner,
            "initiator": scene.initiator,
            "variables": scene.variables,
            "organisation": self._organisation,
            "fallback": command.fallback,
            "absences": case.absences,
            "at": scene.at,
            "process": self._process.process,
            "self_approval": command.self_approval,
        }
        if not command.task:
            return resolve(command.who, **told)
        short = shortlist(command.who[0], done_by=command.done_by, minutes=command.minutes, **told)
        choice = choose(short, scene.loads, case.before.get(short.key or ""))
        person = self._organisation.person(scene.initiator)
        return resolution(short, choice, person.name if person else "")

    def _reckon(self, command: Reckon) -> Reckoning:
        return reckon(self._calendar, command.deadline, command.since)


def _surprise(step: CaseStep, verdict: Verdict) -> list[Label]:
    if verdict is step.expect:
        return []
    return [Label(zh=f"期望 {step.expect}，实际 {verdict}", en=f"expected {step.expect}, got {verdict}")]


def _open_tasks(stage: Stage) -> Iterator[OpenTask]:
    for activation in stage.state.activations.values():
        for slot in activation.slots:
            if slot.open:
                yield OpenTask(
                    node=activation.node, person=slot.actor, name=slot.name, agent=slot.agent, state=slot.state
                )


def _start(case: Case) -> str:
    return " ".join([case.start.initiator, "start", *_pairs(case.start.document)])


def _words(step: CaseStep) -> str:
    said = [
        step.as_,
        step.do,
        step.to and f"→ {step.to}",
        step.target and f"⇠ {step.target}",
        step.add and f"{step.add.place} + {', '.join(step.add.people)}",
        step.node and f"@{step.node}",
        step.reason and f"“{step.reason}”",
    ]
    other = [
        step.admin and " ".join(["admin", step.admin, *([step.of] if step.of else [])]),
        step.after and f"+{step.after}",
        step.until and f"until {step.until:%Y-%m-%d %H:%M}",
        step.event and f"event {step.event}",
        step.called and f"{step.called} ⇒ {step.outcome}",
    ]
    return " ".join([*(str(part) for part in [*said, *other] if part), *_pairs(step.set)])


def _pairs(fields: Mapping[str, JsonValue]) -> list[str]:
    return [f"{key}={value}" for key, value in fields.items()]
