"""The cases of the approval rules, each as a process of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postroad.cli.folder import read_folder
from postroad.cli.trial import world_of
from postroad.connectors.base import Goal
from postroad.connectors.memory import MemoryConnector
from postroad.files import load_yaml, read_model
from postroad.model.case import Case, CaseFile
from postroad.model.people import Organisation
from postroad.model.process import Call, Effect, Process
from postroad.process.play import Stage
from postroad.trial.world import World

FOLDER = Path("tests/vectors")
FILES = sorted(FOLDER.glob("*.cases.yaml"))


@dataclass(frozen=True)
class Vector:
    """`key` names the process that it is published as."""

    key: str
    case: Case
    world: World

    def stage(self) -> Stage:
        return self.world.stage(self.case)

    @property
    def left_out(self) -> str | None:
        """Why it is not played on real servers; None when it is."""
        if any(step.after or step.until for step in self.case.script):
            return "time passes"
        if self.case.fails:
            return "an effect fails"
        if any(isinstance(node, Call) for _, node in self.stage().process.walk()):
            return "the case answers for another process"
        return None


def organisation() -> Organisation:
    path = FOLDER / "organisation.yaml"
    return read_model(Organisation, load_yaml(path), name=str(path))


def vectors() -> Iterator[Vector]:
    folder, world = read_folder(FOLDER), None
    for file in FILES:
        listed = read_model(CaseFile, load_yaml(file), name=str(file))
        assert listed.organisation == "organisation.yaml", f"{file} brings people of its own"
        world = world_of(folder, organisation(), listed.calendar)
        rule = file.name.removesuffix(".cases.yaml").lower()
        for number, case in enumerate(listed.cases, start=1):
            yield Vector(
                f"{rule}-{number}", case.model_copy(update={"absences": listed.absences + case.absences}), world
            )


def definition(key: str, *steps: dict[str, Any]) -> Process:
    """A process of these steps about the document of the vectors."""
    said = {**load_yaml(FOLDER / "process.yaml"), "process": key, "steps": steps}
    return Process.model_validate(said)


def systems(processes: Iterable[Process]) -> list[MemoryConnector]:
    """Business systems that can do what these processes ask of them, with one journal for all."""
    goals: dict[str, dict[tuple[str, str], Goal]] = {}
    for process in processes:
        for system, entity, action, goal in _goals(process):
            goals.setdefault(system, {})[entity, action] = goal
    made = [MemoryConnector(system, wanted) for system, wanted in goals.items()]
    for one in made:
        one.journal = made[0].journal
    return made


def _goals(process: Process) -> Iterator[tuple[str, str, str, Goal]]:
    bound = process.document
    states = {phase: named[0] for phase, named in bound.states.items()}
    leads_to = {
        "returned": "returned",
        "resubmitted": "open",
        "withdrawn": "withdrawn",
        "rejected": "rejected",
        "revoked": "open",
    }
    everywhere = frozenset({*states.values(), "open", "undone"})
    for moment, action in bound.actions.items():
        yield bound.system, bound.kind, action, Goal(legal_from=everywhere, to=states[leads_to[moment]])
    for _, node in process.walk():
        if isinstance(node, Effect):
            to = None if node.creates else states["approved"]
            yield node.connector, node.entity, node.action, Goal(legal_from=everywhere, to=to)
            if node.undo:
                back = "undone" if node.creates else states["open"]
                yield node.connector, node.entity, node.undo, Goal(legal_from=everywhere, to=back)
