"""A process under the pen: what is wrong with it and where, and as much of it as can be read.

What is drawn is JSON as a designer sends it, whole or not. Nothing here raises for what it holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.process import KINDS, Process
from postroad.model.table import Table
from postroad.model.wrong import wrong_field
from postroad.process.sound import problems

MOST_STEPS = 300
"""Nodes that a drawing may hold."""

Place = tuple[str | int, ...]
"""The way to something drawn: `("steps", 2, "branches", 0, "steps", 1)`."""

_STANDING_IN: dict[str, Any] = {
    "process": "drawing",
    "title": "—",
    "owner": {"role": "process_owner"},
    "document": {"system": "erp", "kind": "document", "starts_on": "submitted"},
}
"""What a drawing has not said yet, so that the rest of it can be played."""


class Fault(Fact):
    """Something to mend: `place` is the path in the definition, `node` the node it is about, `field` what of it."""

    place: str
    node: str | None = None
    field: str = ""
    code: str
    message: Label


class Reading(NamedTuple):
    """What could be read of a drawing, None if nothing could; the faults; and the nodes that were left out for them."""

    process: Process | None
    faults: list[Fault]
    left_out: list[str]


def read(drawn: Mapping[str, Any], tables: Mapping[str, Table]) -> Reading:
    """A drawing, with the tables that are in force."""
    wrong = [*_unreadable(drawn)]
    process, left_out = _as_far_as_it_goes(drawn)
    if process is None:
        return Reading(None, wrong, left_out)
    return Reading(process, [*wrong, *_unsound(drawn, process, tables)], left_out)


def _unsound(drawn: Mapping[str, Any], process: Process, tables: Mapping[str, Table]) -> Iterator[Fault]:
    """What is wrong with what can be read, by its place in the drawing."""
    read_at = {_parsed(place): node.id for place, node in process.walk()}
    drawn_at = {node: place for place, node in _nodes(drawn, ())}
    for one in problems(process, tables):
        place = _parsed(one.place)
        around = next((place[:length] for length in range(len(place), 0, -1) if place[:length] in read_at), None)
        if around is not None:
            repeated = place in read_at and _id_of(_at(drawn, place)) == read_at[place]
            start = around if repeated else drawn_at.get(read_at[around], around)
            place = (*start, *place[len(around) :])
        yield _fault_at(drawn, place, one.code, one.message)


def _nodes(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every node drawn in here, with its place."""
    own = _id_of(value) if _is_node(value) else None
    if own:
        yield place, own
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nodes(inner, (*place, key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _nodes(inner, (*place, number))


def _parsed(place: str) -> Place:
    parts = place.replace("[", ".[").split(".")
    return tuple(int(part[1:-1]) if part.startswith("[") else part for part in parts)


def _unreadable(drawn: Mapping[str, Any]) -> Iterator[Fault]:
    """What the model refuses, one fault a place."""
    try:
        Process.model_validate(drawn)
    except ValidationError as refused:
        seen: set[Place] = set()
        for error in refused.errors(include_url=False):
            place = _cleaned(drawn, error["loc"])
            given = error["type"] == "too_short" and _at(drawn, place)  # what is there is refused by itself
            if place not in seen and not given:
                seen.add(place)
                zh, en = wrong_field(dict(error))
                yield _fault_at(drawn, place, f"field_{error['type']}", Label(zh=zh, en=en))


def _cleaned(drawn: Any, loc: Sequence[str | int]) -> Place:
    """A pydantic location without the kinds and union members it names beside fields."""
    here, place = drawn, list[str | int]()
    for number, part in enumerate(loc):
        after_index = number > 0 and isinstance(loc[number - 1], int)
        if after_index and part in KINDS and isinstance(here, Mapping) and _is_node(here):
            continue
        if isinstance(part, str) and not part.replace("_", "a").isalnum():
            continue
        if isinstance(part, str) and (part[:1].isupper() or part in _MEMBERS) and not _has(here, part):
            continue
        place.append(part)
        here = _inside(here, part)
    return tuple(place)


_MEMBERS = frozenset({"int", "str", "tuple", "constrained-str", "constrained-int"})


def _fault_at(drawn: Any, place: Place, code: str, message: Label) -> Fault:
    around = [place[:length] for length in range(len(place) + 1) if _is_node(_at(drawn, place[:length]))]
    where = around[-1] if around else ()
    node = _id_of(_at(drawn, where)) if around else None
    return Fault(place=written(place), node=node, field=written(place[len(where) :]), code=code, message=message)


def written(place: Place) -> str:
    """The place as authors find it: `steps[2].branches[0].steps[1].who`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".")


def _as_far_as_it_goes(drawn: Mapping[str, Any]) -> tuple[Process | None, list[str]]:
    """The drawing without the nodes that cannot be read, innermost ones first."""
    said, left_out = {**_STANDING_IN, **drawn}, list[str]()
    for _ in range(MOST_STEPS):
        try:
            return Process.model_validate(said), left_out
        except ValidationError as refused:
            worst = max((_cleaned(said, one["loc"]) for one in refused.errors(include_url=False)), key=len)
        where = next((worst[:length] for length in range(len(worst), 0, -1) if _removable(said, worst[:length])), None)
        if where is not None:
            left_out += [node for _, node in _nodes(_at(said, where), ())]
            said = _without(said, where)
        elif worst and worst[0] in _STANDING_IN and said.get(str(worst[0])) != _STANDING_IN[str(worst[0])]:
            said = {**said, str(worst[0]): _STANDING_IN[str(worst[0])]}
        elif worst and worst[0] != "steps" and worst[0] in said and worst[0] not in _STANDING_IN:
            said = {key: value for key, value in said.items() if key != worst[0]}
        else:
            return None, left_out
    return None, left_out


def _removable(drawn: Any, place: Place) -> bool:
    """A node of a sequence, or a branch: what can be left out as a whole."""
    if len(place) < 2 or not isinstance(place[-1], int):  # noqa: PLR2004 - a list and a number in it
        return False
    if place[-2] == "otherwise":
        return _has(_at(drawn, place[:-2]), "branch")
    return isinstance(place[-2], int) or place[-2] in {"steps", "timeout", "branches"}


def _without(value: Any, place: Place) -> Any:
    first, *rest = place
    if not rest:
        return [one for number, one in enumerate(value) if number != first]
    if isinstance(value, Mapping):
        return {**value, first: _without(value[first], tuple(rest))}
    return [_without(one, tuple(rest)) if number == first else one for number, one in enumerate(value)]


def _at(value: Any, place: Place) -> Any:
    for part in place:
        value = _inside(value, part)
    return value


def _inside(value: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return value[part] if isinstance(value, list | tuple) and part < len(value) else None
    return value.get(part) if isinstance(value, Mapping) else None


def _has(value: Any, part: str) -> bool:
    return isinstance(value, Mapping) and part in value


def _is_node(value: Any) -> bool:
    return isinstance(value, Mapping) and any(kind in value for kind in KINDS)


def _id_of(value: Any) -> str | None:
    said = next((value[kind] for kind in KINDS if kind in value), None) if isinstance(value, Mapping) else None
    return said if isinstance(said, str) and said else None
