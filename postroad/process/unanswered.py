"""Variables that a release names ahead of an instance and that this instance will never have."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from postroad.model.process import Call, Decide, Each, Effect, Wait
from postroad.model.template import MissingVariable, lookup
from postroad.process import lanes, rights
from postroad.process.fitting import Against, must_stay, needs_mapping
from postroad.process.named import named_by
from postroad.process.position import Position
from postroad.process.relocation import Relocation
from postroad.process.tree import of_one_item, plain


def unanswered(moving: Relocation) -> Iterator[Against]:
    """A node ahead names the outcome of one that was gone by without it: nobody would be found, or nothing decided.

    What is missing in the old release just the same is no reason to stay there.
    """
    now, troubled = moving.now, {moving.name(node) for node in moving.state.troubles}
    still_to_come = now.ahead | troubled | set(now.under_way)
    for node_id, place in now.tree.places.items():
        if node_id not in now.ahead and node_id not in troubled:
            continue
        for path in dict.fromkeys(named_by(place.node)):
            sources = _sources(now, node_id, path)
            if not sources or not still_to_come.isdisjoint(sources):
                continue
            if _known(path, _variables(moving, node_id)) or _missing_before(moving, node_id, path):
                continue
            source = moving.new_label(sources[0])
            yield _mend(moving, sources)(
                "unanswered",
                f"“{place.node.label.zh}”需要 {path}，而这个流程已经走过“{source.zh}”，没有它的结果",
                f"“{place.node.label.en}” needs {path}, and this instance is past “{source.en}” without it",
                node_id,
            )


def _sources(position: Position, node_id: str, path: str) -> list[str]:
    """The nodes whose outcome a path names at a node; none for a field of the document."""
    root = path.partition(".")[0]
    return [
        source
        for source, place in position.tree.places.items()
        if of_one_item(source, node_id)
        and (
            (plain(source) == root and isinstance(place.node, Call | Decide | Each | Effect | Wait))
            or root in rights.required(rights.of_node(place.node))
        )
    ]


def _variables(moving: Relocation, node_id: str) -> Mapping[str, Any]:
    results = {moving.name(node): said for node, said in moving.state.results.items()}
    item = lanes.known_in(moving.now.tree, moving.lanes, results, node_id)
    return {**moving.state.variables, **results, **item}


def _known(path: str, variables: Mapping[str, Any]) -> bool:
    """Whether there is such a variable; the answers of a table that gives several are looked at one by one."""
    root, _, rest = path.partition(".")
    if root not in variables:
        return False
    said = variables[root]
    if said is None or not rest:
        return True  # without an answer the owner went on, and stand-ins decide
    try:
        for one in said if isinstance(said, list) else [said]:
            lookup(rest, one)
    except MissingVariable:
        return False
    return True


def _missing_before(moving: Relocation, node_id: str, path: str) -> bool:
    """Whether the instance would lack it in the old release as well."""
    was = moving.was
    old = next((one for one in was.ahead if moving.name(one) == node_id), None)
    if old is None or path not in set(named_by(was.tree.node(old))):
        return False
    return not any(source in was.ahead for source in _sources(was, old, path))


def _mend(moving: Relocation, sources: list[str]) -> Callable[[str, str, str, str], Against]:
    """A mapping helps where the instance has an answer of that kind under a name that the new release lacks."""
    kinds = {moving.now.tree.node(source).kind for source in sources}
    answered = (
        place.node.kind
        for node, place in moving.was.tree.places.items()
        if node in moving.state.results and node not in moving.mapping and node not in moving.now.tree.places
    )
    return needs_mapping if kinds.intersection(answered) else must_stay
