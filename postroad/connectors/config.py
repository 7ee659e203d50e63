"""A declarative connector as it is written in YAML (docs/connectors.md). Everything is checked when it is loaded."""

from datetime import timedelta
from typing import Annotated, Any, Literal, Self

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import AfterValidator, ConfigDict, Discriminator, Field, model_validator

from postroad.connectors.base import Capabilities, Goal, Idempotency
from postroad.connectors.offer import FieldSaid
from postroad.connectors.secret import is_reference
from postroad.model.base import Fact
from postroad.model.label import Label
from postroad.model.people import Key
from postroad.model.template import holes


def _jmespath(text: str) -> str:
    try:
        jmespath.compile(text)
    except JMESPathError as wrong:
        raise ValueError(f"JMESPath 表达式 {text!r} 有误 / {text!r} is not a JMESPath expression: {wrong}") from wrong
    return text


def _reference(text: str) -> str:
    if not is_reference(text):
        raise ValueError(
            "密钥只能引用，如 ${env:ERP_TOKEN} 或 ${file:/run/secrets/erp} / "
            "a secret is written as a reference, such as ${env:ERP_TOKEN} or ${file:/run/secrets/erp}"
        )
    return text


Expression = Annotated[str, AfterValidator(_jmespath)]
"""JMESPath over a JSON answer. Figures with a fraction arrive there as exact text."""

SecretRef = Annotated[str, AfterValidator(_reference)]
Path = Annotated[str, Field(pattern=r"^/")]


class NoAuth(Fact):
    kind: Literal["none"] = "none"


class Bearer(Fact):
    kind: Literal["bearer"]
    token: SecretRef


class HeaderAuth(Fact):
    kind: Literal["header"]
    header: str
    value: SecretRef


class Basic(Fact):
    kind: Literal["basic"]
    user: str
    password: SecretRef


Auth = Annotated[NoAuth | Bearer | HeaderAuth | Basic, Discriminator("kind")]


class Call(Fact):
    """One request.

    Holes in `path`, `query` and `body` name `id`, `ext_id`, `key`, `actor.person`, `actor.name` or `args.…`.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: Path
    query: dict[str, str] = {}
    body: dict[str, Any] | None = None

    def holes(self) -> list[str]:
        return holes(f"{self.path} {self.query} {self.body}")


class Lookup(Call):
    """Reads one thing. With `items`, the answer holds a list of them, of which the asked-for one is taken by its id."""

    method: Literal["GET", "POST"] = "GET"
    items: Expression | None = None


class ActionCall(Call):
    """An action, the states it is legal in and the one it leads to.

    `settle` is how long the system may take, after its answer, to show the new state; `title`, what people call it.
    """

    title: Label | None = None
    method: Literal["POST", "PUT", "PATCH", "DELETE"] = "POST"
    legal_from: frozenset[str] = Field(alias="from", min_length=1)
    to: str | None = None
    undo: Key | None = None
    settle: Annotated[timedelta, Field(ge=timedelta(0), le=timedelta(seconds=5))] = timedelta(0)

    @property
    def goal(self) -> Goal:
        return Goal(legal_from=self.legal_from, to=self.to, settle=self.settle)


class Entity(Fact):
    """One kind of thing: how to read it, what its answer means, and what can be done to it.

    `title` and `fields` are what people call it and the fields of `map`, for those who draw processes.
    """

    title: Label | None = None
    fields: dict[Key, FieldSaid] = {}
    read: Lookup
    find: Lookup | None = None
    create: Call | None = None
    id: Expression = "id"
    state: Expression = "state"
    version: Expression = "version"
    data: dict[Key, Expression] = Field(default={}, alias="map")
    marks: Expression | None = None
    actions: dict[Key, ActionCall] = {}

    @model_validator(mode="after")
    def _can_tell_what_was_done(self) -> Self:
        if self.create and not self.find:
            raise ValueError("有 create 就需要 find（按外部编号查找） / create needs find, to look up by external id")
        if self.create and "ext_id" not in self.create.holes():
            raise ValueError("create 必须发送 {ext_id} / create must send {ext_id}")
        for name, action in self.actions.items():
            if action.to is None and self.marks is None:
                raise ValueError(f"动作 {name} 需要 to，或实体需要 marks / action {name} needs to, or the entity marks")
            if action.undo and action.undo not in self.actions:
                raise ValueError(
                    f"动作 {name} 的 undo {action.undo} 不存在 / the undo {action.undo} of {name} is no action"
                )
        return self


class KeySending(Fact):
    """How our key travels; `header` names the header for the kind `header`."""

    kind: Idempotency = "none"
    header: str | None = None

    @model_validator(mode="after")
    def _names_its_header(self) -> Self:
        if (self.kind == "header") != (self.header is not None):
            raise ValueError("idempotency.header 与 kind: header 一起使用 / idempotency.header belongs to kind: header")
        return self


Verdict = Literal["retryable", "auth", "conflict", "rejected", "not_found"]


class ErrorRule(Fact):
    """`when` is JMESPath over {status, headers, body}; the first rule that holds decides."""

    when: Expression
    as_: Verdict = Field(alias="as")


class Signature(Fact):
    kind: Literal["hmac_sha256_hex"] = "hmac_sha256_hex"
    header: str
    timestamp_header: str
    payload: Literal["{timestamp}.{body}"] = "{timestamp}.{body}"
    secrets: tuple[SecretRef, ...] = Field(min_length=1, max_length=2)


class EventFields(Fact):
    """Where an event says what it says; JMESPath over its JSON body."""

    id: Expression
    kind: Expression
    document: Expression
    mode: Expression
    version: Expression | None = None
    round: Expression | None = None
    occurred_at: Expression | None = None


class Webhook(Fact):
    signature: Signature
    event: EventFields


class RestConfig(Fact):
    """One system behind a JSON API."""

    title: Label
    base_url: str
    auth: Auth = NoAuth()
    timeout: timedelta = Field(default=timedelta(seconds=5), gt=timedelta(0), le=timedelta(seconds=7))
    idempotency: KeySending = KeySending()
    message: Expression = "message"
    errors: tuple[ErrorRule, ...] = ()
    entities: dict[Key, Entity] = Field(min_length=1)
    webhook: Webhook | None = None

    @property
    def capabilities(self) -> Capabilities:
        entities = self.entities.values()
        return Capabilities(
            push=self.webhook is not None,
            idempotency=self.idempotency.kind,
            marks=all(entity.marks for entity in entities),
            creates=any(entity.create for entity in entities),
        )

    @model_validator(mode="after")
    def _sends_its_key(self) -> Self:
        if self.idempotency.kind in {"none", "header"}:
            return self
        for entity, name, call in self._writes():
            if not {"key", "ext_id"} & set(call.holes()):
                raise ValueError(
                    f"{entity}.{name} 未发送 {{key}}，但 idempotency 为 {self.idempotency.kind} / "
                    f"{entity}.{name} does not send {{key}} although idempotency is {self.idempotency.kind}"
                )
        return self

    def _writes(self) -> list[tuple[str, str, Call]]:
        actions = [(key, name, call) for key, entity in self.entities.items() for name, call in entity.actions.items()]
        return [*actions, *((key, "create", entity.create) for key, entity in self.entities.items() if entity.create)]


class ConnectorsFile(Fact):
    """`connectors.yaml`: the systems by name, and the only hosts that any of them may be asked at."""

    model_config = ConfigDict(hide_input_in_errors=True)  # what was written may be a secret

    hosts: tuple[str, ...] = Field(min_length=1)
    connectors: dict[Key, RestConfig]
