"""R27: what a reader sees of an instance. Whatever shows an instance to a person goes through here, and only here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from postroad.model.label import Label
from postroad.model.task import Halt, InstanceView, Line, Task, TaskKind, TaskState
from postroad.process import rights
from postroad.process.rights import Rights

_WITHHELD = Label(zh="（部分内容对您不可见）", en="(partly not shown to you)")
_RULE = Label(zh="按规则表判断", en="Decided by a rule table")
_NOT_OVER = (TaskState.OPEN, TaskState.WAITING)
_PLAIN = frozenset(
    {"action", "by", "changed", "channel", "click", "dropped", "key", "node", "opinion", "outcome"}
    | {"principal", "ref", "seed", "source", "state", "target", "task"}
)
"""What the lines of a story hold beside the document's fields; anything else is not for those who see only a part."""


@dataclass(frozen=True)
class Sight:
    """What one reader sees: everything, or what at least one of these rights lets them see.

    `explains` says that they are also told among whom the people were chosen, and how.
    """

    rights: tuple[Rights, ...] | None = None
    explains: bool = True

    @property
    def is_full(self) -> bool:
        return self.rights is None

    def sees(self, field: str) -> bool:
        return self.rights is None or any(rights.visible(one, field) for one in self.rights)

    def instance(self, view: InstanceView) -> InstanceView:
        if self.is_full:
            return view
        seen = [place for place, field in enumerate(view.card_fields) if self.sees(field)]
        told = {
            "fields": {field: value for field, value in view.fields.items() if self.sees(field)},
            "card": tuple(view.card[place] for place in seen),
            "card_fields": tuple(view.card_fields[place] for place in seen),
            "waiting_for": _WITHHELD.zh if _quotes(view.waiting_for, self._secrets(view)) else view.waiting_for,
            "halts": tuple(self._halt(halt, self._secrets(view)) for halt in view.halts),
            "form_hash": "",  # it would tell about what is hidden
        }
        return view.model_copy(update=told)

    def _halt(self, halt: Halt, secrets: frozenset[str]) -> Halt:
        """What is wrong is told to those who see to it, as in their tasks."""
        hidden = halt.kind == "trouble" or _quotes(f"{halt.text.zh} {halt.text.en}", secrets)
        return halt.model_copy(update={"text": _WITHHELD}) if hidden else halt

    def tasks(self, tasks: Iterable[Task], view: InstanceView) -> list[Task]:
        """The tasks of an instance, whosoever they are; `view` is the instance as it really is."""
        secrets = self._secrets(view)
        return [task if self.is_full else self._task(task, secrets) for task in tasks]

    def label(self, said: Label, view: InstanceView) -> Label:
        """Something said about the instance, unless it quotes what is hidden."""
        return _WITHHELD if _quotes(f"{said.zh} {said.en}", self._secrets(view)) else said

    def lines(self, lines: Sequence[Line], view: InstanceView) -> list[Line]:
        """The story; also what a hidden field said once stays hidden."""
        if self.is_full:
            return list(lines)
        told = [line.data["fields"] for line in lines if isinstance(line.data.get("fields"), dict)]
        secrets = self._secrets(view).union(*(self._hidden(fields) for fields in told))
        return [self._line(line, secrets) for line in lines]

    def _task(self, task: Task, secrets: frozenset[str]) -> Task:
        """A task without reasons that quote what is hidden; what is wrong is told to those who see to it.

        The hash of a form that somebody else sees would tell about the fields that are hidden here.
        """
        told = {name: label for name in ("reason", "cause") if (label := getattr(task, name)) is not None}
        hidden = {name for name, label in told.items() if _quotes(f"{label.zh} {label.en}", secrets)}
        if task.kind is TaskKind.EXCEPTION:
            hidden.add("cause")
        theirs = task.fields in (self.rights or ())
        update = {**dict.fromkeys(hidden), **({} if theirs else {"form_hash": ""})}
        return task.model_copy(update=update) if update else task

    def _line(self, line: Line, secrets: frozenset[str]) -> Line:
        if line.kind == "decided":  # the row that a rule matched, and its outcome, tell what it was asked
            return line.model_copy(update={"data": {}, "text": _RULE})
        data: dict[str, Any] = {name: value for name, value in line.data.items() if name in _PLAIN}
        if isinstance(line.data.get("fields"), dict):
            data["fields"] = {field: value for field, value in line.data["fields"].items() if self.sees(field)}
        if "people" in line.data:
            data["people"] = [{"person": one["person"], "name": one["name"]} for one in line.data["people"]]
        text = _WITHHELD if _quotes(f"{line.text.zh} {line.text.en}", secrets) else line.text
        return line.model_copy(update={"data": data, "text": text})

    def _secrets(self, view: InstanceView) -> frozenset[str]:
        return self._hidden(view.fields)

    def _hidden(self, fields: dict[str, Any]) -> frozenset[str]:
        return frozenset(word for field, value in fields.items() if not self.sees(field) for word in _words(value))


EVERYTHING = Sight()


def of_person(person: str, view: InstanceView, tasks: Iterable[Task]) -> Sight:
    """What a person sees of an instance in which these are their tasks; the initiator sees everything.

    A task shows the fields that its rights let its person see, for as long as the instance is kept: what somebody
    decided on they may look up. All else it grants ends with it: only while a task waits for them are they told among
    whom people were chosen. Whoever acts for somebody sees as much as that one's task shows.
    """
    if person == view.initiator:
        return EVERYTHING
    theirs = [task for task in tasks if person in task.people and task.instance == view.id]
    is_asked = any(task.state in _NOT_OVER and task.kind is not TaskKind.CC for task in theirs)
    is_whole = any("hidden" not in task.fields.values() for task in theirs)
    return Sight(None if is_whole else tuple(task.fields for task in theirs), explains=is_asked)


def _words(value: Any) -> Iterator[str]:
    """Every figure and text within a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif not rights.is_blank(value) and not isinstance(value, bool):
        yield str(value).strip()


def _quotes(text: str, secrets: frozenset[str]) -> bool:
    """Whether a text names one of these values, as a word of its own where they are Latin letters or digits."""
    return any(re.search(rf"(?<![0-9A-Za-z]){re.escape(one)}(?![0-9A-Za-z])", text) for one in secrets)
