"""One case played twice in step: on the engine alone, as `postroad try` does, and by people through the HTTP API."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from api.dispatch import instance_id
from api.journey import Origin, Pressed
from postroad.model.case import Case, CaseStep
from postroad.model.decision import Action, Click, Verdict, click_id
from postroad.model.document import DocumentRef
from postroad.model.process import Process
from postroad.model.task import TaskKind, TaskState
from postroad.process.ending import DECISIONS
from postroad.process.play import EPOCH, REMINDERS, Stage, as_found
from postroad.store.absences import Absences
from tests.real.place import Json, Place

_EVENTS_SECRET = b"memory-events"


@dataclass
class Twin:
    """`differences` tell where the real instance went another way than the engine; empty if it never did."""

    place: Place
    key: str
    stage: Stage
    differences: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def process(self) -> Process:
        """The case's own process, as it is published."""
        return self.stage.process.model_copy(update={"process": self.key})

    @property
    def ref(self) -> DocumentRef:
        bound = self.process.document
        return DocumentRef(system=bound.system, kind=bound.kind, id=self.key)

    @property
    def instance(self) -> str:
        return instance_id(self.key, self.ref, 1)

    async def play(self, case: Case) -> None:
        await self._start()
        for number, step in enumerate(case.script, start=1):
            await self._step(number, step)

    async def _start(self) -> None:
        await self.place.office.publish(self.process)
        await self._absences()
        submitted = next(iter(self.process.document.states.get("open", ())), "open")
        self.place.systems[self.ref.system].put(self.ref.kind, self.ref.id, submitted, self.stage.document.data)
        started = await self.place.post(f"/api/v1/processes/{self.key}/start", {"document": self.ref.id})
        started.raise_for_status()
        await self._compare("start")

    async def _absences(self) -> None:
        """Who is away when the case begins is away now, for this process alone."""
        now = self.place.office.parts.now()
        days = {"from_": now - timedelta(hours=1), "to": now + timedelta(days=1)}
        async with self.place.office.database.begin() as session:
            for number, one in enumerate(self.stage.case.absences):
                said = {"id": f"{self.key}-{number}", "processes": one.processes or (self.key,), **days}
                if one.from_ <= EPOCH < one.to:
                    await Absences(session).put(one.model_copy(update=said))

    async def _step(self, number: int, step: CaseStep) -> None:
        task = self.stage.task_of(step) if step.do else None
        real = await self._really(step, self._here(task) if task else self.instance)
        answer = self.stage.play(step)
        if (answer.verdict if answer else None) is not real:
            self.differences.append(f"step {number}: the engine says {answer and answer.verdict}, in reality {real}")
        await self._compare(f"step {number}")

    def _here(self, task: str) -> str:
        """The same task in the real instance."""
        return self.instance + task.removeprefix(self.stage.state.instance)

    async def _compare(self, when: str) -> None:
        await self.place.quiet(self.instance)
        real, engine = await self._found(), as_found(self.stage)
        assert real.keys() == engine.keys(), "a new kind of expectation: tell here how it shows in reality"
        for name, value in engine.items():
            if _unordered(name, real[name]) != _unordered(name, value):
                self.differences.append(f"{when}: {name}: the engine has {value}, in reality it is {real[name]}")

    async def _found(self) -> dict[str, object]:
        told = await self.place.get(f"/api/v1/instances/{self.instance}")
        timeline = await self.place.get(f"/api/v1/instances/{self.instance}/timeline")
        assert timeline["verified"], timeline["problems"]
        form = told["instance"]["form_hash"]
        self.forms += [form] if form not in {"", *self.forms[-1:]} else []
        tasks, lines = told["tasks"], timeline["lines"]
        self.shown = {task["id"]: task["form_hash"] for task in tasks}
        expect, fields = self.stage.case.expect, told["instance"]["fields"]
        reminders = [line for line in lines if line["kind"] in REMINDERS]
        return {
            "outcome": told["instance"]["outcome"],
            "effects": tuple(self._effects()),
            "waiting": tuple(task["person"] for task in tasks if task["state"] == TaskState.OPEN),
            "told": tuple(task["person"] for task in tasks if task["kind"] == TaskKind.CC),
            "decided_by": tuple(line["person"] for line in lines if line["data"].get("action") in DECISIONS),
            "reminded": tuple(person for line in reminders for person in line["data"]["people"]),
            "automatic": tuple(line["data"]["overdue"] for line in lines if "overdue" in line["data"]),
            "sees": {person: await self._sees(person) for person in expect.sees or ()},
            "fields": {name: fields.get(name) for name in expect.fields or ()},
            "asked_for": tuple(task["title"]["zh"] for task in tasks if task["kind"] != TaskKind.CC),
            "calls": (),  # cases with calls are not played here
            "ways": tuple(line["text"]["zh"] for line in lines if line["kind"] == "branch"),
        }

    async def _sees(self, person: str) -> tuple[str, ...]:
        """The fields that the API shows to this person; none where it denies that there is such an instance."""
        told = await self.place.seen(f"/api/v1/instances/{self.instance}", person)
        return tuple(sorted(told["instance"]["fields"])) if told else ()

    def _effects(self) -> Iterator[str]:
        """What took effect in the business systems, in order; not what the document's own system is told."""
        journal = next(iter(self.place.systems.values())).journal
        for _, _, key, _ in journal:
            name = key.removeprefix(f"{self.instance}:")
            if name != key and not name.startswith("@"):
                yield name.split(":")[0] + (":undo" if name.endswith(":undo") else "")

    # What people do

    async def _really(self, step: CaseStep, task: str) -> Verdict | None:
        if step.set:
            await self._amend(step.set)
        if step.event:
            return await self._administer({"act": "event", "event": step.event, "reason": "case"})
        if step.admin:
            said = {"task": self._newest_of(step), "to": step.to, "node": step.target, "confirmed": step.confirmed}
            effect = self.stage.effect_of(step) if step.effect else None
            said["effect"] = self._here(effect) if effect else None
            return await self._administer({"act": step.admin, "reason": step.reason or "case", **said})
        return await self._press(step, task) if step.do else None

    async def _amend(self, fields: Json) -> None:
        system = self.place.systems[self.ref.system]
        version = system.amend(self.ref, fields)
        now = self.place.office.parts.now()
        said = {"id": f"{self.key}-{version}", "model": self.ref.kind, "record": self.ref.id, "mode": "updated"}
        raw = json.dumps({**said, "version": version, "occurred_at": now.isoformat()}).encode()
        stamp = str(int(now.timestamp()))
        signature = hmac.new(_EVENTS_SECRET, f"{stamp}.".encode() + raw, hashlib.sha256).hexdigest()
        headers = {"X-Event-Timestamp": stamp, "X-Event-Signature": signature}
        told = await self.place.office.http.post(f"/events/{self.ref.system}", content=raw, headers=headers)
        told.raise_for_status()
        await self.place.office.parts.dispatcher.work_off()
        await self.place.quiet(self.instance)
        await self._found()

    def _newest_of(self, step: CaseStep) -> str | None:
        theirs = [task.id for task in self.stage.tasks.values() if task.person == step.of]
        return self._here(theirs[-1]) if theirs else None

    async def _administer(self, order: Json) -> Verdict:
        return _verdict(await self.place.post(f"/api/v1/instances/{self.instance}/admin", order))

    async def _press(self, step: CaseStep, task: str) -> Verdict:
        reply = await self._request(step, task)
        if reply.is_success:
            return _verdict(reply)
        # the door does not say more than that it is not theirs; behind it the press has its one outcome like any other
        assert reply.status_code in {403, 404, 422, 400}, reply.text
        return await self._behind_the_door(step, task)

    async def _request(self, step: CaseStep, task: str) -> httpx.Response:
        if step.do is Action.REVOKE and task == self.instance:
            said = {"reason": step.reason, "confirmed": step.confirmed}
            return await self.place.post(f"/api/v1/instances/{task}/revoke", said, person=step.as_)
        if step.do in {Action.WITHDRAW, Action.URGE} and task == self.instance:
            return await self.place.post(
                f"/api/v1/instances/{task}/{step.do}", {"reason": step.reason}, person=step.as_
            )
        said = {
            "action": step.do,
            "opinion": step.reason,
            "to": step.to,
            "target": step.target,
            "confirmed": step.confirmed,
            "fields": step.fields,
            "form_hash": self._form(step, task),
            "signers": step.add.model_dump(mode="json", exclude={"names", "agents"}) if step.add else None,
        }
        return await self.place.post(f"/api/v1/tasks/{task}/decide", said, person=step.as_)

    def _form(self, step: CaseStep, task: str) -> str:
        return self.forms[-2] if step.stale else self.shown.get(task, self.forms[-1])

    async def _behind_the_door(self, step: CaseStep, task: str) -> Verdict:
        parts = self.place.office.parts
        said: dict[str, Any] = {"to": step.to, "target": step.target, "confirmed": step.confirmed}
        more = {"fields": dict(step.fields), "signers": step.add, "form_hash": self._form(step, task)}
        person, action = str(step.as_), Action(str(step.do))
        identity = click_id(task, person, action, opinion=f"{step.reason}#{len(self.stage.answers)}", **said, **more)
        click = Click(
            id=identity, task=task, actor=person, action=action, opinion=step.reason, at=parts.now(), **said, **more
        )
        pressed: Pressed = await parts.journey.press(click, self.instance, Origin("api"))
        assert pressed.answer is not None
        return pressed.answer.verdict


def _verdict(reply: httpx.Response) -> Verdict:
    assert reply.status_code == 200, reply.text
    return Verdict(reply.json()["verdict"])


def _unordered(name: str, value: object) -> object:
    """The list of those who wait has no order that anybody relies on, nor has what is done for several items."""
    if not isinstance(value, tuple):
        return value
    if name == "effects" and any("-" in effect for effect in value):
        undone = [effect for effect in value if effect.endswith(":undo")]
        return sorted(set(value) - set(undone)), len(value), undone
    return sorted(value) if name in {"waiting", "told", "asked_for"} else value
