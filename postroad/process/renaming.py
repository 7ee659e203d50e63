"""The state of an instance under the names of another release.

Tasks keep the ids under which people have them, effects the keys under which the ledger has them.
"""

from collections.abc import Callable
from typing import Any

from postroad.model.move import Renames
from postroad.process.commands import AnyCommand
from postroad.process.state import Activation, CalledProcess, Deed, Returning, Run, State, Trouble

Rename = Callable[[str], str]
UNCHANGED = frozenset(
    {
        "engine", "instance", "ref", "status", "outcome", "initiator", "initiator_name", "document", "form_hash",
        "expected_state", "reread", "walking", "walk_to", "suspension", "started_at", "finished_at", "revision",
        "lines", "answers", "heard", "unwinding", "turned_back", "urged", "filled",
        "caller", "inputs",
    }
)  # fmt: skip
"""What names no node, at least while an instance can move: what waits for a resumption keeps it where it is."""
FORGOTTEN = frozenset({"left"})
"""Where everything stood in the old release, which nothing goes back to."""


def name_of(node: str, mapping: Renames) -> str:
    """What a node of the old release is called in the new one, its lane as it was (`inspect-2`)."""
    plain = node.removesuffix("!").partition("-")[0]
    return mapping.get(plain, plain) + node[len(plain) :]


def renamed(state: State, mapping: Renames, release: str) -> State:
    """A copy of the state in which every node has its new name."""

    def name(node: str) -> str:
        return name_of(node, mapping)

    kept = {field: getattr(state, field) for field in UNCHANGED}
    named = {field: how(state, name) for field, how in RENAMED.items()}
    return State.model_validate({**kept, **named, "release": release})


def _key(key: str, name: Rename) -> str:
    node, slash, rest = key.partition("/")
    return name(node) + slash + rest


def _pending(state: State, name: Rename) -> dict[str, AnyCommand]:
    return {
        _key(key, name): command.model_copy(
            update={"key": _key(key, name), "node": command.node and name(command.node)}
        )
        for key, command in state.pending.items()
    }


def _epochs(state: State, name: Rename) -> dict[str, int]:
    """An old name keeps its count: should another node bear it, its visits have numbers nobody had before."""
    epochs = dict(state.epochs)
    for node, epoch in state.epochs.items():
        epochs[name(node)] = max(epochs.get(name(node), 0), epoch)
    return epochs


def _run(run: Run, name: Rename) -> Run:
    return run.model_copy(update={"node": name(run.node), "finished": [*run.finished], "chosen": [*run.chosen]})


def _activation(activation: Activation, name: Rename) -> Activation:
    changed: dict[str, object] = {"node": name(activation.node)}
    if changed["node"] != activation.node:
        changed["known_as"] = activation.known_as or activation.node
    return activation.model_copy(update=changed, deep=True)


def _deed(deed: Deed, name: Rename) -> Deed:
    return deed.model_copy(update={"node": name(deed.node)})


def _called(call: CalledProcess, name: Rename) -> CalledProcess:
    return call.model_copy(update={"node": name(call.node)})


def _trouble(trouble: Trouble, name: Rename) -> Trouble:
    return trouble.model_copy(update={"key": trouble.key and _key(trouble.key, name)})


def _returning(way: Returning, name: Rename) -> Returning:
    changed = {
        "target": name(way.target),
        "scope": [name(node) for node in way.scope],
        "waits_for": [name(node) for node in way.waits_for],
        "parent": way.parent and name(way.parent),
        "key": way.key and _key(way.key, name),
    }
    return way.model_copy(update=changed)


RENAMED: dict[str, Callable[[State, Rename], Any]] = {
    "results": lambda state, name: {name(node): said for node, said in state.results.items()},
    "epochs": _epochs,
    "runs": lambda state, name: {name(node): _run(run, name) for node, run in state.runs.items()},
    "lanes": lambda state, name: {name(node): laid.model_copy(deep=True) for node, laid in state.lanes.items()},
    "activations": lambda state, name: {
        _key(key, name): _activation(one, name) for key, one in state.activations.items()
    },
    "trail": lambda state, name: [(name(node), epoch) for node, epoch in state.trail],
    "taken_back": lambda state, name: [_key(place, name) for place in state.taken_back],
    "takeable": lambda state, name: [_key(place, name) for place in state.takeable],
    "pending": _pending,
    "deeds": lambda state, name: {_key(key, name): _deed(deed, name) for key, deed in state.deeds.items()},
    "calls": lambda state, name: {_key(key, name): _called(call, name) for key, call in state.calls.items()},
    "troubles": lambda state, name: {name(node): _trouble(one, name) for node, one in state.troubles.items()},
    "returning": lambda state, name: [_returning(way, name) for way in state.returning],
}
"""What does, and how it is renamed."""
