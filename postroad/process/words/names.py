"""What people call the things that a definition names by their keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from postroad.model.label import Label
from postroad.model.people import Organisation
from postroad.model.process import Decide, Process
from postroad.model.table import Column, Output, Table


def plain_label(text: str) -> Label:
    return Label(zh=text, en=text)


@dataclass(frozen=True)
class Names:
    """A key that nobody has a name for is its own name.

    `deeds` are actions by system, entity and action; under `create` stands what the entity is called.
    """

    process: Process
    organisation: Organisation = field(default_factory=Organisation)
    tables: Mapping[str, Table] = field(default_factory=dict)
    processes: Mapping[str, Label] = field(default_factory=dict)
    systems: Mapping[str, Label] = field(default_factory=dict)
    deeds: Mapping[tuple[str, str, str], Label] = field(default_factory=dict)

    def person(self, person: str) -> Label:
        found = self.organisation.person(person)
        return plain_label(found.name if found else person)

    def role(self, role: str) -> Label:
        held = [one for one in self.organisation.roles if one.role == role and one.title]
        everywhere = next((one.title for one in held if not one.scope), None)
        titles = [one.title for one in held if one.title]
        return everywhere or _in_common(titles) or plain_label(role)

    def department(self, department: str) -> Label:
        found = next((one.name for one in self.organisation.departments if one.id == department), department)
        return plain_label(found)

    def system(self, system: str) -> Label:
        return self.systems.get(system, plain_label(system))

    def deed(self, system: str, entity: str, action: str) -> Label:
        return self.deeds.get((system, entity, action), plain_label(entity if action == "create" else action))

    def process_titled(self, key: str) -> Label:
        return self.processes.get(key, plain_label(key))

    def table(self, key: str) -> Label:
        table = self.tables.get(key)
        return table.title if table else plain_label(key)

    def node(self, node_id: str) -> Label:
        return next((node.label for _, node in self.process.walk() if node.id == node_id), plain_label(node_id))

    def field(self, path: str) -> Label:
        """A variable: a field of the document, or what a rule table or another step says."""
        card = next((one.title for one in self.process.document.card if one.field == path), None)
        column = None if card else self._column(path)
        if card or column:
            return card or (column.title if column else plain_label(path))
        return self._result(path)

    def values(self, path: str) -> Mapping[str, Label]:
        """What people call the codes of a field."""
        return next((one.values for one in self.process.document.card if one.field == path), {})

    def unit(self, path: str) -> str | None:
        column = self._column(path)
        return column.unit if column else None

    def output(self, path: str) -> Output | None:
        """The output of a rule table that `route.approver` names."""
        root, _, key = path.partition(".")
        node = next((one for _, one in self.process.walk() if one.id == root), None)
        table = self.tables.get(node.table) if isinstance(node, Decide) else None
        return next((one for one in table.outputs if one.key == key), None) if table else None

    def _column(self, path: str) -> Column | None:
        return next((one for table in self.tables.values() for one in table.inputs if one.key == path), None)

    def _result(self, path: str) -> Label:
        root, dot, rest = path.partition(".")
        if not dot:
            return _GIVEN.get(path, plain_label(path))
        node, output = self.node(root), self.output(path)
        what = output.title if output else _SAID.get(rest, plain_label(rest))
        return Label(zh=f"“{node.zh}”的{what.zh}", en=f"{what.en} of “{node.en}”")


def _in_common(titles: list[Label]) -> Label | None:
    """What holders of one role in several scopes are all called: 采购专员 of 采购专员（钢材） and 采购专员（办公）."""
    zh, en = _beginning([one.zh for one in titles]), _beginning([one.en for one in titles])
    return Label(zh=zh, en=en or zh) if zh else None


def _beginning(said: list[str]) -> str:
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*said, strict=False))
    return "".join(letters[0] for letters in alike).rstrip("（( ")


_GIVEN = {
    "initiator": Label(zh="发起人", en="initiator"),
    "applicant": Label(zh="申请人", en="applicant"),
    "amount": Label(zh="金额", en="amount"),
}
_SAID = {"outcome": Label(zh="结果", en="outcome")}
