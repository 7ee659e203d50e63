"""``postroad try``: plays the cases of a process on the engine alone and says what happened at each step."""

from collections.abc import Iterator
from pathlib import Path

from postroad.cli.folder import ProcessFolder, read_folder
from postroad.files import FileRefused, load_yaml, read_model
from postroad.model.calendar import WorkingCalendar
from postroad.model.case import CaseFile
from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.process import Process
from postroad.process.sound import problems
from postroad.rules.compile import compile_table
from postroad.trial.world import Played, World


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
    world = world_of(folder, read_model(Organisation, load_yaml(people), name=str(people)), listed.calendar)
    for case in listed.cases:
        _check(case.on(folder.process), folder, f"{file}：{case.name}")
        absences = (*listed.absences, *case.absences)
        yield from world.play(case.model_copy(update={"absences": absences}))


def world_of(folder: ProcessFolder, organisation: Organisation, calendar: WorkingCalendar) -> World:
    """What the cases of a folder are played with. Raises TableRefused for a table with errors."""
    tables = {key: compile_table(table) for key, table in folder.tables.items()}
    return World(folder.process, tables, organisation, calendar)


def _check(process: Process, folder: ProcessFolder, name: str) -> None:
    """Raises FileRefused for a definition that could not be published: what it did would prove nothing."""
    found = problems(process, folder.tables)
    if found:
        raise FileRefused(name, [(f"{one.place}：{one.message.zh}", f"{one.place}: {one.message.en}") for one in found])


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
