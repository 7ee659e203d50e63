"""What must hold when the dust has settled, and the drill's figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from postroad.chat.card import ref_of
from postroad.chat.words import DONE, words
from postroad.model.decision import Action
from tests.drill.crowd import Told
from tests.stack import Json, Stack

OUTCOMES = {"approved": "approved", "withdrawn": "draft", "decided_elsewhere": "rejected", "not_open": "rejected"}
"""How an instance of the purchase process may end, and what its document then is in the ERP."""

_WORDS = {DONE[action][0].zh: action.value for action in (Action.APPROVE, Action.REJECT, Action.RESUBMIT)}
_UNDO = ":undo"


@dataclass(frozen=True)
class Settled:
    """Everything there is to see at the end, from outside."""

    documents: dict[str, Json]
    instances: dict[str, Json]
    timelines: dict[str, Json]
    erp: list[Json]
    pms: list[Json]
    project_tasks: list[Json]
    violations: list[Json]

    @property
    def effects(self) -> list[Json]:
        return [effect for told in self.instances.values() for effect in told["effects"]]

    @property
    def tasks(self) -> list[Json]:
        return [task for told in self.instances.values() for task in told["tasks"]]


async def settled(stack: Stack, numbers: Iterable[str]) -> Settled:
    views = {number: await stack.outside.instance(number) for number in numbers}
    ids = {number: view["id"] for number, view in views.items() if view}
    return Settled(
        documents={number: await stack.outside.requisition(number) for number in views},
        instances={number: await _api(stack, f"/api/v1/instances/{ids[number]}") for number in ids},
        timelines={number: await stack.outside.timeline(ids[number]) for number in ids},
        erp=await _outside(stack, "erp"),
        pms=await _outside(stack, "pms"),
        project_tasks=await stack.outside.project_tasks(""),
        violations=await stack.outside.violations(),
    )


def lost(end: Settled) -> list[str]:
    """Documents whose instance is missing, unfinished, or ended otherwise than the ERP says."""
    return [
        f"{number}: {document['state']}, {_ending(end.instances.get(number))}"
        for number, document in end.documents.items()
        if OUTCOMES.get(_ending(end.instances.get(number))) != document["state"]
    ]


def doubled(end: Settled) -> list[str]:
    """Effects that happened more than once in the ERP or the project system."""
    keys = Counter(entry["key"] for entry in end.erp if entry["key"])
    created = Counter(entry["ext_id"] for entry in end.pms if entry["action"] == "create")
    approvals = Counter(entry["document"] for entry in end.erp if entry["action"] == "approve")
    follow_ups = Counter(task["title"] for task in end.project_tasks if task["state"] == "open")
    return [what for counted in (keys, created, approvals, follow_ups) for what, times in counted.items() if times > 1]


def misplaced_follow_ups(end: Settled) -> list[str]:
    """High-value documents without their follow-up task, and tasks for other documents."""
    due = {number for number, document in end.documents.items() if _is_high(document)}
    there = {task["title"].split()[-1] for task in end.project_tasks if task["state"] == "open"}
    return sorted(due ^ there)


def unbalanced(end: Settled) -> list[str]:
    """Keys that only the ledger or only the other system knows as done."""
    ledger = {effect["key"] for effect in end.effects if effect["status"] in {"confirmed", "compensated"}}
    in_erp = {entry["key"] for entry in end.erp if entry["key"]}
    in_pms = {entry["ext_id"] if entry["action"] == "create" else entry["key"] for entry in end.pms}
    return sorted(ledger ^ (in_erp | in_pms))


def unlike_decisions(end: Settled) -> list[str]:
    """Documents to which the ERP did not do, with our keys, exactly what people decided.

    Where somebody in the ERP decided as well, the two may have crossed, and the process owner has seen to it.
    """
    wrong, crossed = [], {entry["document"] for entry in end.erp if entry["action"] == "reject"}
    for number in end.instances.keys() - crossed:
        did = Counter(entry["action"] for entry in end.erp if entry["document"] == number and entry["key"])
        wanted = _wanted(end.instances[number])
        if did != wanted:
            wrong.append(f"{number}: decided {dict(wanted)}, done {dict(did)}")
    return wrong


def broken_promises(end: Settled, told: Sequence[Told]) -> list[str]:
    """Presses that were told to have counted, and did not; nothing that was said to a person may turn out untrue."""
    tasks = {ref_of(task["id"]): task for task in end.tasks}
    return [
        f"{one}: {tasks[one.ref]['action'] if one.ref in tasks else 'no such task'}"
        for one in told
        if _counted(one) and (one.ref not in tasks or tasks[one.ref]["action"] != one.action)
    ]


def breaches(end: Settled) -> list[Json]:
    """Breaches of the chat platform's protocol, other than the one that nobody can avoid (see `crossings`)."""
    return [found for found in end.violations if found not in crossings(end)]


def crossings(end: Settled) -> list[Json]:
    """Updates that were on their way to a card when somebody pressed it: neither side could know of the other yet.

    What comes of them shows in `wrong_cards`: nothing.
    """
    return [found for found in end.violations if "was updated while its click was being answered" in found["what"]]


def wrong_cards(end: Settled, shown: Mapping[str, str]) -> list[str]:
    """Cards that do not say in the end what became of their task; `shown` is the ribbon by the card's id."""
    wanted = {ref_of(task["id"]): _ribbon(task) for task in end.tasks}
    return [
        f"{ref}: {ribbon} instead of {wanted.get(ref)}" for ref, ribbon in shown.items() if wanted.get(ref) != ribbon
    ]


def _ribbon(task: Json) -> str:
    if task["kind"] == "cc":
        return words("cc").zh
    return DONE[Action(task["action"])][0].zh if task["state"] == "done" else words("cancelled").zh


def unverified(end: Settled) -> list[str]:
    return [number for number, told in end.timelines.items() if not told["verified"]]


def _counted(one: Told) -> bool:
    return one.said == "accepted" or _WORDS.get(one.said) == one.action


def _wanted(told: Json) -> Counter[str]:
    """What the people's decisions ask of the ERP; an act in the ERP itself leaves nothing to do there."""
    decided = Counter(task["action"] for task in told["tasks"] if task["state"] == "done")
    wanted = Counter({"return": decided["reject"], "submit": decided["resubmit"], "withdraw": decided["withdraw"]})
    wanted["approve"] = int(_ending(told) == "approved")
    return +wanted


def _ending(told: Json | None) -> str:
    view: dict[str, Any] = told["instance"] if told else {}
    return str(view.get("outcome") if view.get("status") == "finished" else view.get("status", "missing"))


def _is_high(document: Json) -> bool:
    return document["state"] == "approved" and float(document["amount"]) > 100_000


async def _api(stack: Stack, path: str) -> Json:
    told: Json = (await stack.api.get(path)).raise_for_status().json()
    return told


async def _outside(stack: Stack, system: str) -> list[Json]:
    secret = stack.settings[f"SANDBOX_{system.upper()}_TOKEN"]
    reply = await stack.sandbox.get(f"/{system}/api/journal", headers={"Authorization": f"Bearer {secret}"})
    entries: list[Json] = reply.raise_for_status().json()
    return entries
