"""``postroad try``: plays the cases of a process on the engine alone and says what happened at each step."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from postroad.cli.folder import ProcessFolder, read_folder
from postroad.directory import choose, resolve, shortlist
from postroad.directory.chosen import resolution
from postroad.directory.deadline import reckon
from postroad.files import FileRefused, load_yaml, read_model
from postroad.model.base import Fact
from postroad.model.calendar import WorkingCalendar
from postroad.model.case import Case, CaseFile, CaseStep
from postroad.model.deadline import Reckoning
from postroad.model.decision import Verdict
from postroad.model.label import Label
from postroad.model.people import Organisation, Resolution
from postroad.model.process import Process
from postroad.model.table import Evaluation
from postroad.process.commands import Reckon, Resolve
from postroad.process.play import Scene, Stage, shortcomings
from postroad.process.sound import problems
from postroad.rules.compile import compile_table
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


def try_process(path: Path, cases: Path | None = None) -> list[Played]:
    """Every step of every case of a process; `cases` is a case file, or a folder whose `*.cases.yaml` are played.

    Raises:
        FileRefused: a file cannot be read or the process is not sound; TableRefused: one of its tables has errors.
    """
    folder = read_folder(path)
    _check(folder.process, folder, str(folder.file))
    files = (
        sorted(cases.glob("*.cases.yaml")) if cases and cases.is_dir() else [cases or folder.file.parent / "cases.yaml"]
    )
    if not files:
        raise FileRefused(str(cases), [("没有 *.cases.yaml 文件", "holds no *.cases.yaml")])
    return [played for file in files for played in _try_file(folder, file)]


def _try_file(folder: ProcessFolder, file: Path) -> Iterator[Played]:
    listed = read_model(CaseFile, load_yaml(file), name=str(file))
    people = file.parent / listed.organisation
    world = World(folder, read_model(Organisation, load_yaml(people), name=str(people)), listed.calendar)
    for case in listed.cases:
        _check(case.on(folder.process), folder, f"{file}：{case.name}")
        absences = (*listed.absences, *case.absences)
        yield from world.play(case.model_copy(update={"absences": absences}))


def _check(process: Process, folder: ProcessFolder, name: str) -> None:
    """Raises FileRefused for a definition that could not be published: what it did would prove nothing."""
    found = problems(process, folder.tables)
    if found:
        raise FileRefused(name, [(f"{one.place}：{one.message.zh}", f"{one.place}: {one.message.en}") for one in found])


class World:
    """The rules, the people and the calendar that cases are played with."""

    def __init__(self, folder: ProcessFolder, organisation: Organisation, calendar: WorkingCalendar) -> None:
        self._process, self._organisation, self._calendar = folder.process, organisation, calendar
        self._tables = {key: compile_table(table) for key, table in folder.tables.items()}

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


def has_problems(played: list[Played]) -> bool:
    return any(step.problems for step in played)


def as_text(played: list[Played], lang: str) -> str:
    """A block for each case, a line for each step, and a last line with the totals."""
    lines: list[str] = []
    for step in played:
        lines += [step.case] if step.step == 0 else []
        lines += _lines(step, lang)
    names = {step.case for step in played}
    failed = {step.case for step in played if step.problems}
    total = Label(zh=f"{len(names)} 个案例，{len(failed)} 个未通过", en=f"cases: {len(names)}, failed: {len(failed)}")
    return "\n".join([*lines, total.text(lang)])


def _lines(step: Played, lang: str) -> list[str]:
    waiting = ", ".join(
        f"{task.node} {task.name}（{task.person}{f' ← {task.agent}' if task.agent else ''}） {task.state}"
        for task in step.open
    )
    parts = [
        step.did,
        f"→ {step.verdict} {step.message.text(lang)}" if step.verdict and step.message else "",
        f"{Label(zh='业务操作', en='effects').text(lang)} {', '.join(step.effects)}" if step.effects else "",
        f"{Label(zh='等待', en='waiting').text(lang)} {waiting}" if waiting else "",
        f"{Label(zh='结果', en='outcome').text(lang)} {step.outcome}" if step.outcome else "",
    ]
    said = " | ".join(part for part in parts if part)
    return [f"  {step.step}. {said}", *(f"     ✗ {problem.text(lang)}" for problem in step.problems)]
