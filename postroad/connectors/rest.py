from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from postroad.connectors.base import ActResult, Connector, ErpEvent, Goal, Sighting
from postroad.connectors.classify import select
from postroad.connectors.config import Entity, Lookup, RestConfig
from postroad.connectors.errors import NotFound, Rejected, Retryable
from postroad.connectors.event import read_event, verified
from postroad.connectors.offer import Offer
from postroad.connectors.offering import offer_of
from postroad.connectors.reply import Reply
from postroad.connectors.secret import resolve
from postroad.connectors.wire import Wire
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import Actor
from postroad.model.refusals import Unknown


class RestConnector(Connector):
    """A system behind a JSON API, wholly described by configuration."""

    def __init__(
        self, system: str, config: RestConfig, base_url: str, *, http: httpx.AsyncClient, environ: Mapping[str, str]
    ) -> None:
        self.system, self.capabilities = system, config.capabilities
        self._config, self._environ = config, environ
        self._wire = Wire(system, config, base_url, http=http, environ=environ)

    async def observe(self, ref: DocumentRef) -> Sighting:
        entity = self._entity(ref.kind)
        sightings = await self._sightings(ref.kind, entity.read, {"id": ref.id})
        for sighting in sightings:
            if sighting.document.ref.id == ref.id or entity.read.items is None:
                return sighting
        raise NotFound(f"{self.system} 中没有 {ref.kind} {ref.id}", f"{self.system} has no {ref.kind} {ref.id}")

    async def act(
        self, ref: DocumentRef, action: str, args: Mapping[str, Any], *, key: str, actor: Actor | None
    ) -> ActResult:
        self.goal(ref.kind, action)
        call = self._entity(ref.kind).actions[action]
        await self._wire.ask(call, {"id": ref.id, **_said(args, key, actor)})
        return ActResult(ref=ref)

    async def find(self, entity: str, ext_id: str) -> Sighting | None:
        lookup = self._entity(entity).find
        if lookup is None:
            raise self._unconfigured(f"entities.{entity}.find", f"按外部编号查找 {entity}", f"looking up {entity}")
        try:
            found = await self._sightings(entity, lookup, {"ext_id": ext_id})
        except NotFound:
            return None
        return found[0] if found else None

    async def create(
        self, entity: str, ext_id: str, data: Mapping[str, Any], *, key: str, actor: Actor | None = None
    ) -> ActResult:
        call = self._entity(entity).create
        if call is None:
            raise self._unconfigured(f"entities.{entity}.create", f"新建 {entity}", f"creating a {entity}")
        reply = await self._wire.ask(call, {"ext_id": ext_id, **_said(data, key, actor)})
        made = _name(select(self._entity(entity).id, reply.body))
        return ActResult(ref=DocumentRef(system=self.system, kind=entity, id=made) if made else None)

    def goal(self, entity: str, action: str) -> Goal:
        declared = self._entity(entity).actions.get(action)
        if declared is None:
            raise self._unconfigured(f"entities.{entity}.actions.{action}", f"动作 {action}", f"the action {action}")
        return declared.goal

    def offer(self) -> Offer:
        return offer_of(self.system, self._config)

    def parse_event(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> ErpEvent:
        webhook = self._config.webhook
        if webhook is None:
            raise Unknown(
                f"连接器 {self.system} 未配置 webhook，不接收事件",
                f"The connector {self.system} has no webhook and takes no events",
            )
        secrets = [resolve(secret, self._environ) for secret in webhook.signature.secrets]
        verified(webhook.signature, secrets, headers, raw, now)
        return read_event(self.system, webhook.event, raw)

    async def renew(self) -> bool:
        return self._wire.renew()

    async def _sightings(self, kind: str, lookup: Lookup, values: Mapping[str, Any]) -> list[Sighting]:
        reply = await self._wire.ask(lookup, values)
        if not reply.readable or reply.body is None:
            # a gateway's maintenance page comes with status 200 too
            raise Retryable(
                f"{self.system} 的答复不是可读的 JSON：{reply.text[:80]}",
                f"{self.system} answered something that is no JSON we can read: {reply.text[:80]}",
            )
        return [self._sighting(kind, item) for item in self._items(lookup, reply)]

    def _items(self, lookup: Lookup, reply: Reply) -> list[Any]:
        if lookup.items is None:
            return [reply.body]
        items = select(lookup.items, reply.body)
        return items if isinstance(items, list) else []

    def _sighting(self, kind: str, item: Any) -> Sighting:
        entity = self._entity(kind)
        found = {name: _name(select(getattr(entity, name), item)) for name in ("id", "state", "version")}
        missing = [name for name, value in found.items() if not value]
        if missing:
            raise Rejected(
                f"{self.system} 的答复中找不到 {'、'.join(missing)}；请核对连接器中 {kind} 的表达式",
                f"{self.system} answered without {', '.join(missing)}; check the expressions of {kind}",
            )
        ref = DocumentRef(system=self.system, kind=kind, id=found["id"])
        data = {name: select(expression, item) for name, expression in entity.data.items()}
        document = Document(ref=ref, version=found["version"], state=found["state"], data=data)
        return Sighting(document=document, marks=_marks(entity, item))

    def _entity(self, kind: str) -> Entity:
        entity = self._config.entities.get(kind)
        if entity is None:
            raise self._unconfigured(f"entities.{kind}", kind, kind)
        return entity

    def _unconfigured(self, where: str, zh: str, en: str) -> Rejected:
        return Rejected(
            f"连接器 {self.system} 未配置 {zh}；请在连接器文件中补充 {where}",
            f"The connector {self.system} has no configuration for {en}; add {where} to the connectors file",
        )


def _said(args: Mapping[str, Any], key: str, actor: Actor | None) -> dict[str, Any]:
    who = actor.model_dump() if actor else {"person": "", "name": ""}
    return {"args": dict(args), "key": key, "actor": who}


def _marks(entity: Entity, item: Any) -> tuple[str, ...] | None:
    if entity.marks is None:
        return None
    found = select(entity.marks, item)
    return tuple(mark for mark in found if isinstance(mark, str)) if isinstance(found, list) else ()


def _name(value: Any) -> str:
    """An id, state or version as text; a number is as good as a word."""
    is_name = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value) if is_name else ""
