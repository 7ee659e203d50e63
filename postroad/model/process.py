"""The definition of a process: a tree in which sequences hold nodes, and some kinds of node hold sequences.

A node is written under its kind (`{approval: approve, who: …}`); that key carries the node's id, in YAML, in JSON and
in the JSON Schema alike. Definitions are immutable; a change is a new release.
"""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, Union

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from postroad.model.base import Fact
from postroad.model.bound import Bound
from postroad.model.cell import CellText
from postroad.model.deadline import Deadline
from postroad.model.duration import duration
from postroad.model.fields import FieldRights, SeenFields
from postroad.model.label import Label
from postroad.model.people import Key, SelfApproval, Who

When = dict[str, CellText]
WhoList = Annotated[
    tuple[Who, ...],
    Field(min_length=1),
    BeforeValidator(
        lambda given: given if isinstance(given, list | tuple) else (given,),
        json_schema_input_type=Who | tuple[Who, ...],
    ),
]
Pin = Literal["start", "latest"]
NodeId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


def _a_duration(text: str) -> str:
    duration(text)
    return text


class Node(Fact):
    """What every node has: a title for people and an optional condition; a node whose `when` fails is passed over.

    `sequences` are the sequences inside it and `places`, how authors find them (`branches[0]`), in the same order.
    """

    kind: ClassVar[str]

    id: NodeId
    title: Label | None = None
    when: When = {}

    @property
    def label(self) -> Label:
        return self.title or Label(zh=self.id, en=self.id)

    @property
    def sequences(self) -> tuple["Sequence", ...]:
        return ()

    @property
    def places(self) -> tuple[str, ...]:
        return ()


class _Addressed(Node):
    who: WhoList


class _Timed(_Addressed):
    """Those asked may have a deadline, and a ladder of what happens after it. `estimate`: hours of work for each."""

    deadline: Deadline | None = None
    estimate: Annotated[float, Field(gt=0, le=1000)] = 1

    @property
    def minutes(self) -> int:
        """The estimate in whole minutes, one at least."""
        return max(1, round(self.estimate * 60))

    @model_validator(mode="after")
    def chooses_one_in_one_way(self) -> "_Timed":
        if any(who.strategy for who in self.who) and len(self.who) > 1:
            raise ValueError("who 中的 strategy 只能单独使用 / a strategy stands alone in who")
        return self


Assign = Literal["everyone", "claim", "random"]
OnEdit = Literal["touched", "none", "all"]
Allowed = Literal["transfer", "delegate", "add_signers", "return"]


class ToNode(Fact):
    """Back to this node, which is on the way to the one that says so."""

    to_node: NodeId


class Approval(_Timed):
    """People decide; see docs/approvals.md for what each setting does.

    `all` needs every one of them (会签), `any` the first (或签), `sequence` one after another (依次), `votes` (票签) a
    share of the weights (`pass: 60%`) or a number of people (`pass: 3`). With `or_reject: all`, an `any` is rejected by
    all only; with `veto`, a vote by one. `assign` gives the task to one of them, who claims it or is drawn. `allow`
    lists what approvers may do beside deciding. `reject` says what a rejection does: end the instance, or go back to
    the initiator, to those asked before, to a node, or wherever the one who rejects says (`ask`). `resubmit` says
    where what was returned to the initiator goes from there: through all nodes again, or back to who returned it.

    `self_approval` says who decides where the initiator would; `empty`, what happens when there is nobody to ask: an
    administrator is asked, or these people, or it passes, is rejected, or waits. `dedupe` spares those who approved
    the same form before, right before or at all. A `key_control` is never passed without a person, nor decided by the
    initiator. `fields` says which fields of the document are hidden here, may be filled in, or must be to approve;
    `on_edit`, who is asked again when the document changes: see the process.
    """

    kind = "approval"
    id: NodeId = Field(alias="approval")
    mode: Literal["all", "any", "votes", "sequence"] = "all"
    pass_: Annotated[str, Field(pattern=r"^([1-9][0-9]?|100)%$")] | Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None, alias="pass"
    )
    veto: bool = False
    or_reject: Literal["first", "all"] = "first"
    assign: Assign = "everyone"
    allow: tuple[Allowed, ...] = ("transfer", "delegate", "add_signers", "return")
    reject: Literal["end", "to_initiator", "to_previous", "ask"] | ToNode = "end"
    resubmit: Literal["walk", "direct"] = "walk"
    opinion: Literal["optional", "required_to_reject"] = "required_to_reject"
    self_approval: SelfApproval = "superior"
    empty: Literal["admin", "pass", "reject", "hold"] | Who = "admin"
    key_control: bool = False
    dedupe: Literal["none", "consecutive", "all"] = "none"
    fields: FieldRights = {}
    on_edit: OnEdit | None = None

    @property
    def percent(self) -> int | None:
        """The share of the weights that passes a vote."""
        return int(self.pass_.rstrip("%")) if isinstance(self.pass_, str) else None

    @property
    def count(self) -> int | None:
        """The number of people that passes a vote."""
        return self.pass_ if isinstance(self.pass_, int) else None

    @model_validator(mode="after")
    def says_what_its_mode_needs(self) -> "Approval":
        if (self.mode == "votes") != (self.pass_ is not None):
            raise ValueError(
                "mode: votes 需要 pass，如 60% 或 3；其他方式不写 pass / votes, and only votes, need a pass"
            )
        if self.veto and self.mode != "votes":
            raise ValueError("veto 只用于 mode: votes / a veto belongs to votes")
        if self.or_reject == "all" and self.mode != "any":
            raise ValueError("or_reject 只用于 mode: any / or_reject belongs to any")
        if self.dedupe != "none" and (self.key_control or self.mode == "votes"):
            raise ValueError(
                "关键控制节点和票签不能自动通过 / neither a key control nor a vote is passed without a person"
            )
        if self.key_control and (self.empty == "pass" or self.self_approval in {"self", "skip"}):
            raise ValueError(
                "关键控制节点不能自动通过，也不能由发起人审批或略过 / "
                "a key control is neither passed without a person nor decided or skipped by the initiator"
            )
        if self.assign != "everyone" and self.mode != "all":
            raise ValueError(
                "assign 为 claim 或 random 时由一人审批，不写 mode / one decides a claimed or drawn approval: no mode"
            )
        return self


class Work(_Timed):
    """办理: somebody does something and reports it done. `fields` and `assign` as for an approval.

    A mere list of fields names those that must be filled in.
    """

    kind = "work"
    id: NodeId = Field(alias="work")
    assign: Assign = "everyone"
    fields: FieldRights = {}


class Cc(_Addressed):
    """抄送: informs and never blocks. `fields` says which fields of the document the copy shows."""

    kind = "cc"
    id: NodeId = Field(alias="cc")
    fields: SeenFields = {}


class Decide(Node):
    """Evaluates a rule table; the outcome becomes the variable of this node's name (`route.approver`).

    `pin` says by which version: the one in force when the instance started, or the latest when the step runs.
    """

    kind = "decide"
    id: NodeId = Field(alias="decide")
    table: Key
    pin: Pin = "start"
    inputs: dict[str, str] = {}


class Branch(Node):
    """One way: the first whose condition holds, else `otherwise`, which may be empty but is always there.

    An `inclusive` one takes every way whose condition holds, all at once, and goes on when all of them are through.
    """

    kind = "branch"
    id: NodeId = Field(alias="branch")
    inclusive: bool = False
    branches: tuple["Way", ...] = Field(min_length=1)
    otherwise: "Sequence" = ()

    @property
    def sequences(self) -> tuple["Sequence", ...]:
        return (*(way.steps for way in self.branches), self.otherwise)

    @property
    def places(self) -> tuple[str, ...]:
        return (*(f"branches[{number}].steps" for number in range(len(self.branches))), "otherwise")


class Way(Fact):
    title: Label | None = None
    when: When = Field(min_length=1)
    steps: "Sequence" = ()


class Parallel(Node):
    """All branches at once; goes on when `join` of them are done (all, any, or a number) and cancels the others."""

    kind = "parallel"
    id: NodeId = Field(alias="parallel")
    branches: tuple["Sequence", ...] = Field(min_length=1)
    join: Literal["all", "any"] | Annotated[int, Field(ge=1)] = "all"

    @property
    def sequences(self) -> tuple["Sequence", ...]:
        return self.branches

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(f"branches[{number}]" for number in range(len(self.branches)))

    @property
    def needed(self) -> int:
        return {"all": len(self.branches), "any": 1}.get(str(self.join)) or int(self.join)


class Each(Node):
    """The same steps for every item of a list, all items at once; goes on when `join` of them are through.

    `items` is the path of the list, which is read when the node is entered. Within the steps the item is the variable
    of this node's name; after it, that is the list of items, each with what was found and filled in for it.
    `item_title` says in titles which item it is (`{line.sku}`); `item_key` is the field that tells items apart, so that
    an item that was amended is still the same one, where otherwise it would be another.
    """

    kind = "each"
    id: NodeId = Field(alias="each")
    items: Annotated[str, Field(pattern=r"^[A-Za-z_][\w.\-]*$", max_length=200)]
    steps: "Sequence" = Field(min_length=1)
    join: Literal["all", "any"] | Annotated[int, Field(ge=1)] = "all"
    item_title: str | None = None
    item_key: Key | None = None

    @property
    def sequences(self) -> tuple["Sequence", ...]:
        return (self.steps,)

    @property
    def places(self) -> tuple[str, ...]:
        return ("steps",)

    def needed(self, items: int) -> int:
        """How many of so many items have to be through."""
        return {"all": items, "any": min(1, items)}[self.join] if isinstance(self.join, str) else min(self.join, items)


class Effect(Node):
    """An action in another system, through the write-back ledger, and how to undo it.

    `create` makes a new `entity` there; any other action is done to the process's own document. With `assignee`, that
    person is found first and named in the arguments as `{assignee.person}` and `{assignee.name}`.
    """

    kind = "effect"
    id: NodeId = Field(alias="effect")
    connector: Key
    entity: Key
    action: Key
    args: dict[str, str] = {}
    assignee: Who | None = None
    undo: Key | None = None

    @property
    def creates(self) -> bool:
        return self.action == "create"


class Call(Node):
    """Another process, about `document` (a template for its id) or about this very document, as of its latest release.

    `inputs` are variables for it, by the path of their value here. With `wait` this process goes on when that one is
    over, whose outcome is the variable `{name.outcome}`. One that ended well stands: it is not undone when this process
    goes back past it, and not called again unless `repeat` says so.
    """

    kind = "call"
    id: NodeId = Field(alias="call")
    process: Key
    document: str | None = Field(default=None, min_length=1)
    inputs: dict[str, str] = {}
    wait: bool = True
    repeat: bool = False

    @model_validator(mode="after")
    def shares_no_document_unless_it_waits(self) -> "Call":
        if not self.wait and self.document is None:
            raise ValueError(
                "wait: false 需要另一张单据 document / a process that is not waited for needs a document of its own"
            )
        return self


class Wait(Node):
    """For a time (`until`, a variable with one), a duration (`for`), or a named event; a timer may bound an event."""

    kind = "wait"
    id: NodeId = Field(alias="wait")
    for_: str | None = Field(default=None, alias="for")
    until: str | None = None
    event: Key | None = None
    timeout: "Sequence" = ()

    @model_validator(mode="after")
    def waits_for_something(self) -> "Wait":
        if self.for_ is not None:
            duration(self.for_)
        if self.for_ and self.until:
            raise ValueError("for 与 until 只能写一个 / write for or until, not both")
        if not (self.for_ or self.until or self.event):
            raise ValueError("等待节点需要 for、until 或 event / a wait needs for, until or event")
        if self.timeout and not (self.event and (self.for_ or self.until)):
            raise ValueError("timeout 需要 event 加上 for 或 until / timeout needs an event and a time")
        return self

    @property
    def sequences(self) -> tuple["Sequence", ...]:
        return (self.timeout,)

    @property
    def places(self) -> tuple[str, ...]:
        return ("timeout",)


class End(Node):
    """Finishes the whole instance with an outcome."""

    kind = "end"
    id: NodeId = Field(alias="end")
    outcome: Key = "approved"


_KINDS: tuple[type[Node], ...] = (Approval, Work, Cc, Decide, Branch, Parallel, Each, Effect, Call, Wait, End)
KINDS: dict[str, type[Node]] = {node.kind: node for node in _KINDS}


def _kind(value: Any) -> str | None:
    if isinstance(value, Node):
        return value.kind
    return next((kind for kind in KINDS if isinstance(value, dict) and kind in value), None)


AnyNode = Annotated[
    Union[  # noqa: UP007 - a union of annotated members reads better member by member
        Annotated[Approval, Tag("approval")],
        Annotated[Work, Tag("work")],
        Annotated[Cc, Tag("cc")],
        Annotated[Decide, Tag("decide")],
        Annotated[Branch, Tag("branch")],
        Annotated[Parallel, Tag("parallel")],
        Annotated[Each, Tag("each")],
        Annotated[Effect, Tag("effect")],
        Annotated[Call, Tag("call")],
        Annotated[Wait, Tag("wait")],
        Annotated[End, Tag("end")],
    ],
    Discriminator(
        _kind,
        custom_error_type="unknown_kind",
        custom_error_message=f"每个节点需要一个类型 / a node needs one kind: {', '.join(KINDS)}",
    ),
]
Sequence = tuple[AnyNode, ...]


class Process(Fact):
    """One release of a process. `owner` answers for it: holes in rules and failures come to this duty.

    `withdraw` says when the initiator may end it; `take_back`, whether who decided may decide anew while nobody else
    has decided since; `revoke`, how long after the end the initiator may ask those who approved to have it undone.

    `on_edit` says whose decisions a change of the document under way makes void: of those who could see what changed
    (`touched`), of everybody, or of nobody; `reach`, whether only in steps that are still `open`, or in the whole
    `run`, which then goes back to the earliest of them.
    """

    process: Key
    title: Label
    document: Bound
    owner: Who
    steps: Sequence = Field(min_length=1)
    outcome: Key = "approved"
    withdraw: Literal["before_first_decision", "while_running", "never"] = "before_first_decision"
    take_back: bool = False
    revoke: Annotated[str, AfterValidator(_a_duration)] | None = None
    on_edit: OnEdit = "touched"
    reach: Literal["open", "run"] = "open"

    def walk(self) -> Iterator[tuple[str, Node]]:
        """Every node with its place in the file (`steps[2].branches[0][1]`), outer before inner."""
        yield from _walk(self.steps, "steps")

    def node(self, node_id: str) -> Node:
        return next(node for _, node in self.walk() if node.id == node_id)


def _walk(steps: Sequence, place: str) -> Iterator[tuple[str, Node]]:
    for index, node in enumerate(steps):
        here = f"{place}[{index}]"
        yield here, node
        for inside, sequence in zip(node.places, node.sequences, strict=True):
            yield from _walk(sequence, f"{here}.{inside}")


for _model in (Branch, Way, Parallel, Each, Wait, Process):
    _model.model_rebuild()
