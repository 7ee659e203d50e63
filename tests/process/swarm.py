"""Random sequences of commands on approvals, many and fast: every mode, returns, added people, branches.

A sequence is one number: the same number is the same sequence.
"""

from datetime import timedelta
from itertools import cycle, product
from random import Random
from typing import Any

from postroad.model.deadline import Call, Reckoning
from postroad.model.decision import Action, Click, Signers, Verdict
from postroad.model.document import Document, DocumentRef
from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.event import ActName, AdminAct, ErpNews
from postroad.model.label import Label
from postroad.model.people import Resolution, StandIn
from postroad.model.process import Approval, Process
from postroad.model.task import TaskKind
from postroad.process import clicks, deadlines, ending, handing
from postroad.process.advance import Advance, begin, happen
from postroad.process.commands import Act, AnyCommand, ReadDocument, Reckon, Resolve, Sleep
from postroad.process.events import (
    Acted,
    Administered,
    AnyEvent,
    Clicked,
    DocumentRead,
    Elapsed,
    Heard,
    Reckoned,
    Resolved,
    Started,
)
from postroad.process.state import FINAL, Activation, Slot, State
from postroad.process.tree import plain
from postroad.process.turn import Turn
from tests.process.staging import LEADS_TO, MONDAY, approval, definition
from tests.process.trees import MODES

REJECTS: tuple[Any, ...] = ("end", "to_initiator", "to_previous", "ask", {"to_node": "first"})
LADDERS: tuple[tuple[str, ...], ...] = (
    (), ("remind", "superior", "admin"), (), ("superior", "pass"), (), ("remind", "return"), (), ("admin", "reject"),
)  # fmt: skip
HOUR = timedelta(hours=1)
COMMANDS = 8
HALF = 0.5
TO_THE_END = 60
PEOPLE = "abcdefghij"
HIDES = {"cost": "hidden", "note": "required"}
GOOD = (Action.APPROVE, Action.COMPLETE, Action.RESUBMIT, Action.ADVISE, Action.CLAIM)


def _processes() -> list[Process]:
    made, ladders = [], cycle(LADDERS)
    for how, reject in product(MODES, REJECTS):
        rungs = next(ladders)
        late = {"deadline": {"after": "8h", "ladder": rungs}} if rungs else {}
        said = {**how, "reject": reject, "opinion": "optional", "resubmit": "direct", "fields": {"note": "write"}}
        node = approval("x", "a", "b", "c", **said, **late)
        first = approval("first", "d", when={"amount": ">= 0"})
        last = approval("last", "e", "a", reject="to_previous", opinion="optional", dedupe="all")
        book = {"effect": "book", "connector": "pms", "entity": "task", "action": "create", "undo": "cancel"}
        beside = approval(
            "y", "f", "g", mode="votes", opinion="optional", resubmit="direct", fields=HIDES, **{"pass": "60%"}
        )
        fork = {"parallel": "fork", "branches": [[book, node, approval("x2", "h")], [beside]]}
        pay = {**book, "undo": None}
        plain = {"parallel": "fork", "branches": [[node, approval("x2", "h")], [beside]]}
        each = {"each": "line", "items": "lines", "steps": [book, node]}
        reaches = ((fork, "run"), (plain, "open"), (each, "run"))
        made += [definition(first, one, last, take_back=True, revoke="30d", reach=reach) for one, reach in reaches]
        made += [definition(first, book, node, last, take_back=True, reach="run")]
        made += [definition(first, pay, node, last, reach="open")]
    return made


PROCESSES = _processes()


class Sequence:
    """One instance, and what happens to it."""

    commands = COMMANDS

    def __init__(self, number: int) -> None:
        self.chance = Random(number)
        self.process = self._chosen()
        self.timed = {
            node.id for _, node in self.process.walk() if isinstance(node, Approval) and node.deadline is not None
        }
        self.written = number % 16 == 0
        self.away = 1 if number % 4 == 0 else 0
        ref = DocumentRef(system="erp", kind="order", id="O-1")
        lines = [{"sku": "A"}, {"sku": "B"}]
        form = {"number": "O-1", "applicant": "li", "amount": "1", "note": "", "lines": lines}
        self.document = Document(ref=ref, version="1", state="submitted", data=form)
        self.state: State = begin("order:1", "order@1", ref)
        self.final: dict[tuple[str, int], str] = {}
        self.ended: dict[str, str] = {}
        self.told: list[Click] = []
        self.acts, self.nodes = 0, [node.id for _, node in self.process.walk()]
        self.goes_on = False
        self._feed(Started(at=MONDAY))

    def _chosen(self) -> Process:
        return self.chance.choice(PROCESSES)

    def play(self) -> None:
        for _ in range(self.commands):
            if self.state.over:
                break
            ways = [self._act, self._repeat, self._meddle, self._administer, self._edit, self._absence, self._wait]
            self.chance.choices(ways, [16, 2, 2, 1, 2, 2 * self.away, 3 if self.timed else 0])[0]()
        self.goes_on = True
        for _ in range(TO_THE_END):
            if self.state.over and not self._revoke():
                return
            self._good()
        raise AssertionError("everybody answered, and it did not come to an end")

    # What happens

    def _act(self) -> None:
        """Somebody does something that is offered to him; while it is suspended, nothing is."""
        if self.state.suspended:
            self._admin("resume")
            return
        activation, slot = self.chance.choice([*self._open(), *self._takeable()])
        offered = clicks.actions(Turn(self.process, self.state, MONDAY), activation, slot)
        if offered:
            actor = slot.agent if slot.agent and self.chance.random() < 0.5 else slot.actor
            answer = self._click(activation, slot, actor, self.chance.choice(offered))
            assert answer in {Verdict.ACCEPTED, Verdict.FORBIDDEN}, answer

    def _takeable(self) -> list[tuple[Activation, Slot]]:
        """Whose decision can be taken back."""
        places = [place.rpartition("/") for place in self.state.takeable]
        return [(self.state.activations[key], self.state.activations[key].slot(int(n))) for key, _, n in places]

    def _repeat(self) -> None:
        """A press comes once more: it has the same outcome, and changes nothing."""
        if self.told:
            before = self.state.revision
            result = self._feed(Clicked(at=MONDAY, click=self.chance.choice(self.told)))
            assert result.answer is not None
            assert (result.answer.verdict, self.state.revision) == (Verdict.DUPLICATE, before)

    def _meddle(self) -> None:
        """Somebody presses what is over, or what is another's."""
        activation = self.chance.choice(list(self.state.activations.values()))
        slot = self.chance.choice(activation.slots)
        over = not slot.open or activation.state != "open"
        place = f"{activation.node}/{activation.epoch}/{slot.number}"
        theirs = self.chance.choice([slot.actor, slot.agent or slot.actor])
        actor = theirs if over and place not in self.state.takeable else "nobody"
        assert self._click(activation, slot, actor, self.chance.choice(list(Action))) is not Verdict.ACCEPTED

    def _wait(self) -> None:
        """The time of a rung comes, if there is one; while it is suspended, it is kept."""
        timers = [one for one in self.state.sleeping if deadlines.owns(one)]
        if timers:
            timer = self.chance.choice(timers)
            self._feed(Elapsed(at=timer.until, key=timer.key))

    def _absence(self) -> None:
        """Somebody leaves or comes back while a task is open; while it is suspended, none may be."""
        if self.state.suspended:
            return
        activation, slot = self.chance.choice(self._open())
        to = self.chance.choice([None, *PEOPLE])
        task = f"order:1/{activation.node}/{activation.epoch}/{slot.number}"
        act = AdminAct(id=f"a{self.state.revision}", act="stand_in", by="system", reason="代理", task=task, to=to)
        self._feed(Administered(at=MONDAY, act=act))

    def _agents(self, people: list[str]) -> dict[str, StandIn]:
        """Who acts for these people: in some sequences most of them are away."""
        if not self.away:
            return {}
        found = {one: self.chance.choice("abcdefghijl") for one in people if self.chance.random() < 0.6}
        return {one: StandIn(person="li" if agent == "l" else agent, name=agent) for one, agent in found.items()}

    def _edit(self) -> None:
        """The document changes in its own system, which sends word of it."""
        field, value = self.chance.choice(["note", "cost", "amount"]), self.chance.choice("12")
        self.document = self.document.model_copy(update={"data": {**self.document.data, field: value}})
        news = ErpNews(event_id=f"n{self.state.revision}", mode="updated")
        self._feed(Heard(at=MONDAY, news=news))

    def _good(self) -> None:
        """The first of those whose turn it is does what brings it on."""
        if self.state.suspended:
            self._admin("resume")
            return
        activation, slot = next((activation, slot) for activation, slot in self._open() if slot.state == "active")
        offered = clicks.actions(Turn(self.process, self.state, MONDAY), activation, slot)
        action = next(action for action in GOOD if action in offered)
        assert self._click(activation, slot, slot.agent or slot.actor, action) is Verdict.ACCEPTED

    def _administer(self) -> None:
        """An administrator holds it, moves it to wherever that is possible, or undoes something that was done."""
        act: ActName = self.chance.choice(["suspend", "jump", "jump", "jump", "compensate"])
        effect = self.chance.choice([None, *(deed.intent.key for deed in self.state.deeds.values())])
        node, confirmed = self.chance.choice(self.nodes), self.chance.random() > 0.2
        if self._admin(act, node=node, confirmed=confirmed, effect=effect):
            assert act != "suspend" or self.state.suspended or self.state.over

    def _admin(self, act: ActName, **said: Any) -> bool:
        """Whether it was accepted."""
        self.acts += 1
        order = AdminAct(id=f"a{self.acts}", act=act, by="admin", reason="r", **said)
        answer = self._feed(Administered(at=MONDAY, act=order)).answer
        assert answer is not None, "an act without an outcome"
        return answer.verdict is Verdict.ACCEPTED

    def _revoke(self) -> bool:
        """The initiator wants to have it undone, where that is possible, and sometimes somebody refuses."""
        if ending.REVOCABLE not in self.state.pending:
            return False
        click = Click(id="revoke", task="order:1", actor="li", action=Action.REVOKE, confirmed=True, at=MONDAY)
        answer = self._feed(Clicked(at=MONDAY, click=click)).answer
        assert answer is not None
        assert answer.verdict in {Verdict.ACCEPTED, Verdict.FORBIDDEN}, answer
        if answer.verdict is Verdict.ACCEPTED and self.chance.random() < HALF:
            activation, slot = self._open()[-1]
            self._click(activation, slot, slot.actor, Action.REJECT)
        return not self.state.over

    def _open(self) -> list[tuple[Activation, Slot]]:
        found = [(act, slot) for act in self.state.activations.values() for slot in act.slots if slot.open]
        assert found, "it waits for nobody"
        return found

    def _click(self, activation: Activation, slot: Slot, actor: str, action: Action) -> Verdict:
        chance = self.chance
        if action is Action.RESUBMIT and chance.random() < HALF:
            changed = {chance.choice(["amount", "note", "note"]): str(len(self.told) + 1)}
            self.document = self.document.model_copy(update={"data": {**self.document.data, **changed}})
        added = [one.actor for one in activation.slots if one.parent == slot.number]
        to = chance.choice(added if added and action is Action.REMOVE_SIGNER else PEOPLE)
        click = Click(
            id=f"c{len(self.told)}",
            task=f"order:1/{activation.node}/{activation.epoch}/{slot.number}",
            actor=actor,
            action=action,
            opinion="好",
            to=to,
            to_agent=self._agents([to]).get(to),
            signers=self._signers() if action is Action.ADD_SIGNERS else None,
            target=self._target(activation, action),
            confirmed=chance.random() > 0.2,
            fields={"note": "1" if self.goes_on else chance.choice("123"), "cost": "0"},
            at=MONDAY,
        )
        self.told.append(click)
        result = self._feed(Clicked(at=MONDAY, click=click))
        assert result.answer is not None, "a press without an outcome"
        return result.answer.verdict

    def _signers(self) -> Signers:
        place = self.chance.choice(["before", "after", "parallel"])
        people = self.chance.sample(PEOPLE, self.chance.randint(1, 3))
        return Signers.model_validate(
            {
                "place": place,
                "people": people,
                "agents": self._agents(people),
                "mode": self.chance.choice(["all", "any", "sequence"]),
                "advisory": place == "before" and self.chance.random() < 0.3,
            }
        )

    def _target(self, activation: Activation, action: Action) -> str | None:
        passed = ["initiator", *(node for node, _ in self.state.trail)]
        node = next((node for _, node in self.process.walk() if node.id == plain(activation.node)), None)
        asks = isinstance(node, Approval) and node.reject == "ask"
        wanted = action is Action.RETURN or (action is Action.REJECT and asks)
        return self.chance.choice(passed) if wanted else None

    # The world

    def _feed(self, event: AnyEvent) -> Advance:
        result = happen(self.process, self.state, event)
        self.state = result.state
        if self.written:
            again = State.model_validate_json(self.state.model_dump_json())
            assert again == self.state, "the state is not itself as JSON"
            self.state = again
        self._lawful()
        for command in result.commands:
            if command.key in self.state.pending and not isinstance(command, Sleep):
                self._feed(self._outcome(command))
        return result

    def _outcome(self, command: AnyCommand) -> AnyEvent:
        key = command.key
        if isinstance(command, ReadDocument):
            return DocumentRead(at=MONDAY, key=key, document=self.document)
        if isinstance(command, Reckon):
            return Reckoned(at=MONDAY, key=key, reckoning=_reckoning(command))
        if isinstance(command, Resolve):
            people = [who.person or self._somebody(command) for who in command.who]
            agents = self._agents(people)
            found = tuple(handing.receiver(one, one, agents.get(one), Label.of(one)) for one in people)
            return Resolved(at=MONDAY, key=key, resolution=Resolution(candidates=found))
        assert isinstance(command, Act)
        state = LEADS_TO.get(command.intent.action) if command.intent.document else None
        if state:
            self.document = self.document.model_copy(update={"state": state})
        return Acted(at=MONDAY, key=key, result=EffectResult(status=EffectStatus.CONFIRMED, ref=key, state=state))

    def _somebody(self, command: Resolve) -> str:
        """Whom a role stands for; somebody else each time where a deadline asks."""
        return self.chance.choice(("boss", *PEOPLE, "li")) if deadlines.owns(command) else "boss"

    # The laws

    def _lawful(self) -> None:
        for key, activation in self.state.activations.items():
            still = [slot for slot in activation.slots if slot.open]
            if activation.state == "open":
                assert any(slot.state == "active" for slot in still), f"{key} is stuck"
                run = self.state.runs.get(activation.node)
                special = activation.node.startswith("@") or activation.node.endswith("!")
                assert special or (run is not None and run.epoch == activation.epoch), f"{key} is of an old epoch"
            else:
                assert not still, f"{key} ended with open slots"
                assert self.ended.setdefault(key, activation.state) == activation.state, f"{key} ended twice"
            self._on_time(key, activation, still)
            for slot in activation.slots:
                if slot.state in FINAL:
                    place = (key, slot.number)
                    assert self.final.setdefault(place, slot.state) == slot.state, f"{place} left its final state"
            if activation.state == "open" and activation.node != "y" and activation.kind is TaskKind.APPROVAL:
                agreed = {slot.form_hash for slot in activation.counting if slot.state in {"approved", "auto", "held"}}
                assert agreed <= {self.state.form_hash}, f"{key} counts agreement to another form"
            # who decided two parts, one taken over from another, is asked for both when they are asked anew; who has
            # agreed and waits for those after him is not asked
            asked = [slot for slot in still if slot.cause is None and slot.state != "held"]
            fresh = [person for slot in asked for person in (slot.actor, slot.agent) if person]
            assert len(set(fresh)) == len(fresh), f"{key} asks somebody twice"
            assert not any(slot.agent == "li" for slot in activation.slots), f"{key}: the initiator acts for another"

    def _on_time(self, key: str, activation: Activation, still: list[Slot]) -> None:
        """Where there is a deadline, whoever can decide is on a clock; a clock that nobody is on asks for nothing."""
        if plain(activation.node) not in self.timed:
            return
        clocks = {slot.clock for slot in still}
        late = [one for one in still if one.state == "active" and one.clock is None and one.origin != "delegate"]
        assert not late, f"{key} asks somebody without a clock"
        timed = {int(one.split("/")[3]) for one in self.state.pending if one.startswith(f"{key}/clock/")}
        assert timed <= clocks, f"{key} has a timer for nobody"


def _reckoning(command: Reckon) -> Reckoning:
    """A rung an hour, with the warning before one that decides."""
    rungs = [*range(len(command.deadline.ladder))]
    order = [*rungs[:-1], None, rungs[-1]] if command.deadline.decides else rungs
    calls = tuple(Call(at=MONDAY + HOUR * (1 + place), rung=rung) for place, rung in enumerate(order))
    return Reckoning(due=MONDAY + HOUR, calls=calls)
