"""From a specification with a strategy to those who could be chosen, and those who come when none of them can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from postroad.directory.absence import Agents, Standing, quiet
from postroad.directory.search import Found, Search
from postroad.model.absence import Absence
from postroad.model.assignment import Contender, Exclusion, Shortlist
from postroad.model.label import Label
from postroad.model.people import Organisation, Person, SelfApproval, Who
from postroad.model.template import MissingVariable, render

_INACTIVE = Exclusion(code="inactive", text=Label(zh="已停用", en="inactive"))
_INITIATOR = Exclusion(code="duties", text=Label(zh="是发起人", en="is the initiator"))


def shortlist(
    spec: Who,
    *,
    owner: Who,
    initiator: str,
    variables: Mapping[str, Any],
    organisation: Organisation,
    fallback: Sequence[Who] = (),
    absences: Sequence[Absence] = (),
    at: datetime | None = None,
    process: str = "",
    self_approval: SelfApproval | None = None,
    done_by: Mapping[str, Sequence[str]] | None = None,
    minutes: int = 60,
    directory: str = "",
) -> Shortlist:
    """Everybody whom `spec` means, each once, with the reason why somebody cannot be chosen; the rest as for `resolve`.

    `done_by` says who did which step before, for those that `apart_from` names. The owners are the people of the first
    specification in `fallback` that leads to somebody who can be asked.
    """
    search = Search(owner, initiator, variables, organisation)
    agents = Agents(absences, at, process, variables, search.people, initiator)
    apart = _apart(spec, initiator, self_approval, done_by or {})
    return _Gathering(search, agents, apart, spec).shortlist(
        fallback,
        only_the_initiator_is_skipped=self_approval == "skip",
        told={"minutes": minutes, "directory": directory},
    )


def _apart(
    spec: Who, initiator: str, rule: SelfApproval | None, done_by: Mapping[str, Sequence[str]]
) -> dict[str, Exclusion]:
    """Who must not do it, and why: separation of duties."""
    apart = {
        person: Exclusion(code="duties", text=Label(zh=f"办理过 {step}", en=f"did {step}"))
        for step in spec.apart_from
        for person in done_by.get(step, ())
    }
    if "initiator" in spec.apart_from or rule not in {None, "self"}:
        apart[initiator] = _INITIATOR
    return apart


@dataclass(frozen=True)
class _Gathering:
    search: Search
    agents: Agents
    apart: Mapping[str, Exclusion]
    spec: Who

    def shortlist(
        self, fallback: Sequence[Who], *, only_the_initiator_is_skipped: bool, told: Mapping[str, Any]
    ) -> Shortlist:
        found = _each_once(self.search.meant(self.spec))
        skill = self._said(self.spec.skill)
        skipped = only_the_initiator_is_skipped and {one.person.id for one in found} == {self.search.initiator}
        away = {one.person.id: self.agents.of(one.person, self.search.say) for one in found if one.person.active}
        return Shortlist(
            spec=self.spec,
            contenders=tuple(self._contender(one, skill, away.get(one.person.id)) for one in found),
            deputies=tuple(
                self._deputy(one, standing.agent, skill)
                for one in found
                if (standing := away.get(one.person.id)) and standing.agent and self._can_stand_in(one, standing.agent)
            ),
            superiors=() if skipped else tuple(self._superiors(found)),
            owners=() if skipped else self._owners(fallback),
            skill=skill,
            key=self._said(self.spec.same),
            skipped=skipped,
            trace=tuple(self.search.trace),
            **told,
        )

    def _said(self, template: str | None) -> str | None:
        try:
            return template and render(template, self.search.variables)
        except MissingVariable as missing:
            self.search.say(f"没有变量 {missing.path}", f"there is no variable {missing.path}")
            return None

    def _contender(self, found: Found, skill: str | None, standing: Standing | None) -> Contender:
        return _contender(found, found.person, skill, excluded=self._exclusion(found.person, standing))

    def _exclusion(self, person: Person, standing: Standing | None) -> Exclusion | None:
        if not person.active:
            return _INACTIVE
        if person.id in self.apart:
            return self.apart[person.id]
        if standing is None or standing.absence is None:
            return None
        until = standing.absence.to.date().isoformat()
        return Exclusion(code="leave", text=Label(zh=f"不在，至 {until}", en=f"away until {until}"))

    def _can_stand_in(self, found: Found, agent: Person) -> bool:
        return not {found.person.id, agent.id} & set(self.apart)

    def _deputy(self, found: Found, agent: Person, skill: str | None) -> Contender:
        return _contender(found, agent, skill).model_copy(update={"agent": agent.id, "agent_name": agent.name})

    def _superiors(self, found: Sequence[Found]) -> list[Contender]:
        """For each of them the first one up the line who can do it, each once."""
        above: dict[str, Contender] = {}
        for one in found:
            superior = next((each for each in self.search.superiors(one.person) if self._is_there(each)), None)
            if superior is not None:
                reason = f"{one.person.name}的上级 / superior of {one.person.name}"
                above.setdefault(superior.id, _contender(Found(superior, reason), superior, None))
        return list(above.values())

    def _is_there(self, person: Person) -> bool:
        return person.active and person.id not in self.apart and self.agents.of(person, quiet).absence is None

    def _owners(self, fallback: Sequence[Who]) -> tuple[Contender, ...]:
        """They may be away, as their agents then act for them; what they own they cannot be too busy for."""
        for spec in fallback:
            found = [one for one in self.search.meant(spec) if one.person.active and one.person.id not in self.apart]
            if found:
                return tuple(self._owner(one) for one in _each_once(found))
        return ()

    def _owner(self, found: Found) -> Contender:
        agent = self.agents.of(found.person, quiet).agent
        acting = {"agent": agent.id, "agent_name": agent.name} if agent and agent.id not in self.apart else {}
        return _contender(found, found.person, None).model_copy(
            update={"most_tasks": None, "most_minutes": None, **acting}
        )


def _each_once(found: Sequence[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.person.id, one)
    return list(first.values())


def _contender(found: Found, doer: Person, skill: str | None, *, excluded: Exclusion | None = None) -> Contender:
    hours = doer.max_open_hours
    return Contender(
        person=found.person.id,
        name=found.person.name,
        reason=Label.of(found.reason),
        level=doer.skills.get(skill, 0) if skill else 0,
        most_tasks=doer.max_open_tasks,
        most_minutes=None if hours is None else round(hours * 60),
        excluded=excluded,
    )
