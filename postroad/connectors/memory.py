"""A business system in memory: an honest one, which passes the tests that the real connectors pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from postroad.connectors.base import ActResult, Capabilities, Connector, ErpEvent, Goal, Sighting
from postroad.connectors.config import EventFields, Signature
from postroad.connectors.errors import BusinessConflict, NotFound, Rejected
from postroad.connectors.event import read_event, verified
from postroad.connectors.offer import ActionOffer, EntityOffer, Offer, states_of
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import Actor
from postroad.model.label import Label

_SIGNATURE = Signature(
    header="X-Event-Signature", timestamp_header="X-Event-Timestamp", secrets=("${env:MEMORY_EVENTS_SECRET}",)
)
_EVENT = EventFields(
    id="id", kind="model", document="record", mode="mode", version="version", round="round", occurred_at="occurred_at"
)


@dataclass
class _Record:
    kind: str
    id: str
    state: str
    data: dict[str, Any]
    ext_id: str | None = None
    version: int = 1
    marks: list[str] = field(default_factory=list)


class MemoryConnector(Connector):
    """Documents with states. `goals` maps (entity, action) to what the action needs; keys are kept and shown.

    `journal` lists every change that took effect, as (document id, action, key, person).
    """

    capabilities = Capabilities(push=True, idempotency="note", marks=True, creates=True)

    def __init__(
        self, system: str, goals: Mapping[tuple[str, str], Goal], event_secrets: Sequence[str] = ("memory-events",)
    ) -> None:
        self.system = system
        self._goals, self._event_secrets = dict(goals), event_secrets
        self._records: dict[tuple[str, str], _Record] = {}
        self.journal: list[tuple[str, str, str, str]] = []

    def put(self, kind: str, id: str, state: str, data: Mapping[str, Any]) -> DocumentRef:  # noqa: A002 - the document's own word
        """Somebody in the system makes a document."""
        self._records[kind, id] = _Record(kind, id, state, dict(data))
        return DocumentRef(system=self.system, kind=kind, id=id)

    def move(self, ref: DocumentRef, state: str) -> None:
        """Somebody in the system brings a document into another state, without asking us."""
        record = self._record(ref)
        record.state, record.version = state, record.version + 1

    def amend(self, ref: DocumentRef, fields: Mapping[str, Any]) -> str:
        """Somebody in the system changes fields of a document; its new version."""
        record = self._record(ref)
        record.data.update(fields)
        record.version += 1
        return str(record.version)

    async def observe(self, ref: DocumentRef) -> Sighting:
        return self._sighting(self._record(ref))

    async def act(
        self,
        ref: DocumentRef,
        action: str,
        args: Mapping[str, Any],  # noqa: ARG002 - what is said about an action is no part of the document
        *,
        key: str,
        actor: Actor | None,
    ) -> ActResult:
        goal, record = self.goal(ref.kind, action), self._record(ref)
        if record.state not in goal.legal_from:
            raise BusinessConflict(
                f"{ref.id} 当前状态为 {record.state}，不能执行 {action}",
                f"{ref.id} is {record.state}, so {action} is not possible",
                record.state,
            )
        record.state, record.version = goal.to or record.state, record.version + 1
        self._commit(record, action, key, actor)
        return ActResult(ref=ref)

    async def find(self, entity: str, ext_id: str) -> Sighting | None:
        return next(
            (self._sighting(one) for one in self._records.values() if (one.kind, one.ext_id) == (entity, ext_id)), None
        )

    async def create(
        self, entity: str, ext_id: str, data: Mapping[str, Any], *, key: str, actor: Actor | None = None
    ) -> ActResult:
        if await self.find(entity, ext_id):
            raise BusinessConflict(f"外部编号 {ext_id} 已被使用", f"The external id {ext_id} is taken")
        if not any(known == entity for known, _ in self._goals):
            raise self._unconfigured(entity)
        record = _Record(entity, f"{entity}-{len(self._records) + 1}", "open", dict(data), ext_id)
        self._records[entity, record.id] = record
        self._commit(record, "create", key, actor)
        return ActResult(ref=DocumentRef(system=self.system, kind=entity, id=record.id))

    def goal(self, entity: str, action: str) -> Goal:
        goal = self._goals.get((entity, action))
        if goal is None:
            raise self._unconfigured(f"{entity}.{action}")
        return goal

    def offer(self) -> Offer:
        named = dict.fromkeys(entity for entity, _ in self._goals)
        entities = tuple(self._offered(entity) for entity in named)
        return Offer(system=self.system, title=Label.of(self.system), push=True, entities=entities)

    def _offered(self, entity: str) -> EntityOffer:
        actions = tuple(
            ActionOffer(
                action=action,
                title=Label.of(action),
                legal_from=tuple(sorted(goal.legal_from)),
                to=goal.to,
                proof="mark",
            )
            for (owner, action), goal in self._goals.items()
            if owner == entity
        )
        return EntityOffer(
            entity=entity, title=Label.of(entity), actions=actions, states=states_of(actions), creates=True
        )

    def parse_event(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> ErpEvent:
        verified(_SIGNATURE, self._event_secrets, headers, raw, now)
        return read_event(self.system, _EVENT, raw)

    def _record(self, ref: DocumentRef) -> _Record:
        record = self._records.get((ref.kind, ref.id))
        if record is None:
            raise NotFound(f"{self.system} 中没有 {ref.kind} {ref.id}", f"{self.system} has no {ref.kind} {ref.id}")
        return record

    def _sighting(self, record: _Record) -> Sighting:
        ref = DocumentRef(system=self.system, kind=record.kind, id=record.id)
        document = Document(ref=ref, version=str(record.version), state=record.state, data=dict(record.data))
        return Sighting(document=document, marks=tuple(record.marks))

    def _commit(self, record: _Record, action: str, key: str, actor: Actor | None) -> None:
        record.marks.append(key)
        self.journal.append((record.id, action, key, actor.person if actor else ""))

    def _unconfigured(self, what: str) -> Rejected:
        return Rejected(f"{self.system} 未配置 {what}", f"{self.system} has no configuration for {what}")
