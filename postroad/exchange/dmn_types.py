"""The types that a DMN document declares, as far as columns of tables need them."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from postroad.exchange.dmn_model import KINDS, part, parts, text_of
from postroad.model.refusals import Malformed

_DEEPEST = 20


@dataclass(frozen=True)
class Typed:
    """A type of ours with the values that the document allows, as FEEL; ``kind`` is None if it says none."""

    kind: str | None
    allowed: str = ""


class Types:
    """The item definitions of a document, and what it calls its inputs and decisions."""

    def __init__(self, root: Element) -> None:
        self._items = {one.get("name", ""): one for one in parts(root, "itemDefinition")}
        self._named: dict[str, str | None] = {}
        for kind in ("inputData", "decision"):
            for one in parts(root, kind):
                variable = part(one, "variable")
                self._named[one.get("name", "")] = None if variable is None else variable.get("typeRef")

    def knows(self, name: str) -> bool:
        return name in self._named

    def of_name(self, expression: str) -> Typed:
        """The type of an input, or of a part of one such as ``order.amount``.

        Raises:
            Malformed: of a type that no column of ours has.
        """
        name, _, rest = expression.partition(".")
        if expression in self._named:
            return self.resolved(self._named[expression])
        if name not in self._named or not rest:
            return Typed(None)
        item = self._items.get(_local(self._named[name]) or "")
        for step in rest.split("."):
            item = None if item is None else self._component(item, step)
        return Typed(None) if item is None else self._of_item(item, 0)

    def of_component(self, type_ref: str | None, name: str) -> Typed:
        """The type of one output of several, as the type of the whole outcome declares it."""
        item = self._items.get(_local(type_ref) or "")
        found = None if item is None else self._component(item, name)
        return Typed(None) if found is None else self._of_item(found, 0)

    def resolved(self, type_ref: str | None, depth: int = 0) -> Typed:
        """The type that a reference means.

        Raises:
            Malformed: of a type that no column of ours has.
        """
        name = _local(type_ref)
        if name in (None, "", "Any"):
            return Typed(None)
        if name in KINDS:
            return Typed(KINDS[name])
        if name not in self._items or depth > _DEEPEST:
            raise _unsupported(str(name))
        return self._of_item(self._items[name], depth + 1)

    def _component(self, item: Element, name: str) -> Element | None:
        for _ in range(_DEEPEST):
            found = next((one for one in parts(item, "itemComponent") if one.get("name") == name), None)
            behind = part(item, "typeRef")
            if found is not None or behind is None or _local(behind.text) not in self._items:
                return found
            item = self._items[_local(behind.text) or ""]
        return None

    def of_outcome(self, type_ref: str | None) -> Typed:
        """The type of the one output of a table; under policies that list outcomes the reference means their list.

        Raises:
            Malformed: of a type that no column of ours has.
        """
        item = self._items.get(_local(type_ref) or "")
        return self.resolved(type_ref) if item is None else self._of_item(item, 0, is_listed=True)

    def _of_item(self, item: Element, depth: int, *, is_listed: bool = False) -> Typed:
        name = item.get("name", "")
        if item.get("isCollection") == "true" and not is_listed:
            raise _unsupported(f"{name} (list)")
        reference = part(item, "typeRef")
        if reference is None:
            raise _unsupported(f"{name} (context)")
        base = self.resolved(reference.text, depth)
        return Typed(base.kind, text_of(part(item, "allowedValues")) or base.allowed)


def _local(type_ref: str | None) -> str | None:
    """A reference without its prefix; DMN 1.1 writes ``feel:string``."""
    return None if type_ref is None else type_ref.strip().rpartition(":")[2]


def _unsupported(name: str) -> Malformed:
    return Malformed(
        f"类型 {name} 不支持，可用：{', '.join(KINDS)}", f"the type {name} is not supported; use {', '.join(KINDS)}"
    )
