"""R22: clocks. Each runs for those whose turn came together, through waiting and handing over, until they are done."""

from postroad.model.deadline import Deadline, Reckoning
from postroad.model.label import Label
from postroad.model.people import Resolution
from postroad.model.process import Approval, Work
from postroad.process import ladder
from postroad.process.commands import AnyCommand, Reckon, Resolve, Sleep
from postroad.process.events import Elapsed, Failed, Outcome, Reckoned, Resolved
from postroad.process.state import Activation, Clock
from postroad.process.turn import Turn

_CLOCK = "/clock/"


def owns(command: AnyCommand) -> bool:
    """Whether a command is about a deadline. Its key is `{node}/{epoch}/clock/{number}` and what is asked of it."""
    return _CLOCK in command.key


def tend(turn: Turn) -> None:
    """Start the clocks of those whose turn it has become, and stop those that nobody is on any more."""
    for key in dict.fromkeys(key for key, _ in turn.touched):
        activation = turn.state.activations[key]
        deadline = _deadline(turn, activation)
        if deadline is not None:
            _start(turn, activation, deadline)
        for clock in activation.clocks:
            if not _running(activation, clock):
                turn.drop([one for one in turn.state.pending if _is_of(one, _key(activation, clock))])


def _deadline(turn: Turn, activation: Activation) -> Deadline | None:
    place = turn.tree.places.get(activation.node)
    return place.node.deadline if place and isinstance(place.node, Approval | Work) else None


def _start(turn: Turn, activation: Activation, deadline: Deadline) -> None:
    """C5: from when somebody first can act. Who gives an opinion has no clock: that of who asked for it runs on."""
    begin = [
        one for one in activation.slots if one.state == "active" and one.clock is None and one.origin != "delegate"
    ]
    if not begin:
        return
    clock = Clock(number=len(activation.clocks) + 1, deadline=deadline, since=turn.at)
    activation.clocks.append(clock)
    for slot in begin:
        slot.clock = clock.number
    title = Label(zh=f"计算期限：{activation.title.zh}", en=f"Reckon the deadline: {activation.title.en}")
    turn.issue(
        Reckon(key=_key(activation, clock), title=title, node=activation.node, deadline=deadline, since=clock.since)
    )


def _running(activation: Activation, clock: Clock) -> bool:
    return any(slot.open and slot.clock == clock.number for slot in activation.slots)


def _key(activation: Activation, clock: Clock) -> str:
    return f"{activation.node}/{activation.epoch}{_CLOCK}{clock.number}"


def _is_of(key: str, clock: str) -> bool:
    return key == clock or key.startswith(f"{clock}/")


def told(turn: Turn, command: AnyCommand, event: Outcome) -> None:
    """What was asked for a clock is known, or its time has come."""
    place, _, rest = command.key.partition(_CLOCK)
    activation, numbers = turn.state.activations[place], [int(one) for one in rest.split("/")]
    clock = activation.clocks[numbers[0] - 1]
    if activation.state != "open":
        return
    if isinstance(command, Reckon):
        _reckoned(turn, activation, clock, event)
    elif isinstance(command, Sleep) and isinstance(event, Elapsed):
        _come(turn, activation, clock)
    elif isinstance(command, Resolve):
        found = event.resolution if isinstance(event, Resolved) else Resolution()
        ladder.found(turn, activation, ladder.Step(clock, *numbers[1:]), found)


def _reckoned(turn: Turn, activation: Activation, clock: Clock, event: Outcome) -> None:
    if isinstance(event, Reckoned):
        _set(turn, activation, clock, event.reckoning)
        _sleep(turn, activation, clock)
    elif isinstance(event, Failed):
        why = Label.of(event.reason)
        zh, en = f"无法计算期限，不会催促：{why.zh}", f"The deadline cannot be reckoned, nobody is reminded: {why.en}"
        turn.say("no_deadline", zh, en, node=activation.node)


def _set(turn: Turn, activation: Activation, clock: Clock, reckoning: Reckoning) -> None:
    clock.due, clock.calls = reckoning.due, reckoning.calls
    turn.touch(activation, *(slot for slot in activation.slots if slot.open and slot.clock == clock.number))


def _sleep(turn: Turn, activation: Activation, clock: Clock) -> None:
    if clock.past == len(clock.calls) or not _running(activation, clock):
        return
    call = clock.calls[clock.past]
    title = Label(zh=f"期限：{activation.title.zh}", en=f"Deadline: {activation.title.en}")
    key = f"{_key(activation, clock)}/{clock.past}"
    turn.issue(Sleep(key=key, title=title, node=activation.node, until=call.at))


def _come(turn: Turn, activation: Activation, clock: Clock) -> None:
    call = clock.calls[clock.past]
    clock.past += 1
    ladder.climb(turn, activation, clock, call.rung)
    if activation.state == "open":
        _sleep(turn, activation, clock)
