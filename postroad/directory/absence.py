"""Who may act for somebody who is away."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from postroad.model.absence import Absence
from postroad.model.label import Label
from postroad.model.people import Person
from postroad.model.template import MissingVariable, lookup

LONGEST_CHAIN = 3
"""An agent who is away passes on to the own agent, and so on: this often at most."""

Say = Callable[[str, str], None]


def quiet(zh: str, en: str) -> None:
    """For those who do not ask why."""


def covers(absence: Absence, *, at: datetime, process: str, variables: Mapping[str, Any]) -> bool:
    """Whether the absence is for this process, at this aware moment, and for this document's amount."""
    return _is_now(absence, at, process) and _is_within_cap(absence, variables)


@dataclass(frozen=True)
class Standing:
    """Who may act for somebody now, and through which absence; `stays` says why nobody can although they are away."""

    agent: Person | None = None
    absence: Absence | None = None
    stays: Label | None = None


@dataclass(frozen=True)
class Agents:
    """The agents for one document at one moment; nobody is absent where `at` is None."""

    absences: Sequence[Absence]
    at: datetime | None
    process: str
    variables: Mapping[str, Any]
    people: Mapping[str, Person]
    initiator: str

    def of(self, principal: Person, say: Say, asked: Container[str] = ()) -> Standing:
        """Who may act for the person now, if anybody; `say` is told why.

        An agent who is away passes on to his own, three times at most and never in a circle. Neither the agent nor
        anybody on the way may be the initiator, or have left; nor is the agent one of those who are `asked` already.
        """
        way, first = [principal], self._absence_of(principal, say)
        absence = first
        while absence is not None:
            agent = self.people.get(absence.agent)
            refusal = self._refusal(agent, absence.agent, way)
            if refusal:
                return _stays(way, refusal, first, say)
            way.append(self.people[absence.agent])
            absence = self._absence_of(way[-1], say)
        if first is None:
            return Standing()
        agent = way[-1]
        if agent.id in asked:
            part = f"{agent.name} 在此已有任务", f"{agent.name} has a part in it already"
            return _stays(way, part, first, say)
        say(f"{_names(way)}：由 {agent.name} 代理", f"{_names(way)}: {agent.name} may act for {principal.name}")
        return Standing(agent, first)

    def _refusal(self, agent: Person | None, agent_id: str, way: list[Person]) -> tuple[str, str] | None:
        if agent is None:
            return f"组织中没有代理人 {agent_id}", f"nobody in the organisation is called {agent_id}"
        if not agent.active:
            return f"代理人 {agent.name} 已停用", f"the agent {agent.name} is inactive"
        if agent.id == self.initiator:
            return f"代理人 {agent.name} 是发起人", f"the agent {agent.name} is the initiator"
        if agent in way:
            return f"代理又回到 {agent.name}", f"the agents lead back to {agent.name}"
        if len(way) > LONGEST_CHAIN:
            return f"代理超过 {LONGEST_CHAIN} 层", f"there are more than {LONGEST_CHAIN} agents in a row"
        return None

    def _absence_of(self, person: Person, say: Say) -> Absence | None:
        at = self.at
        if at is None:
            return None
        now = [one for one in self.absences if one.principal == person.id and _is_now(one, at, self.process)]
        found = next((one for one in now if _is_within_cap(one, self.variables)), None)
        if now and found is None:
            say(
                f"{person.name} 的代理不包括这张单据：{now[0].amount_field} 须不超过 {now[0].amount_cap}",
                f"{person.name}'s absence is not for this document: "
                f"{now[0].amount_field} would have to be at most {now[0].amount_cap}",
            )
        return found


def _stays(way: Sequence[Person], why: tuple[str, str], absence: Absence | None, say: Say) -> Standing:
    say(f"{_names(way)}：{why[0]}，任务留给本人", f"{_names(way)}: {why[1]}, so the task stays")
    told = Label(zh=f"{why[0]}，由本人处理", en=f"{why[1]}, so the task stays")
    return Standing(None, absence, told)


def _is_now(absence: Absence, at: datetime, process: str) -> bool:
    return absence.from_ <= at < absence.to and (not absence.processes or process in absence.processes)


def _is_within_cap(absence: Absence, variables: Mapping[str, Any]) -> bool:
    if absence.amount_cap is None:
        return True
    figure = _figure(absence.amount_field, variables)
    return figure is not None and figure <= absence.amount_cap


def _figure(path: str, variables: Mapping[str, Any]) -> Decimal | None:
    """The figure at the path, None if there is none. Money may be `{"amount": ..., "currency": ...}`."""
    try:
        said = lookup(path, variables)
        told = said.get("amount") if isinstance(said, Mapping) else said
        figure = Decimal(told) if isinstance(told, str | int | Decimal) and not isinstance(told, bool) else None
    except (MissingVariable, InvalidOperation):
        return None
    return figure if figure is not None and figure.is_finite() else None


def _names(way: Sequence[Person]) -> str:
    return " → ".join(person.name for person in way)
