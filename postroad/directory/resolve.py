"""From a specification of people to people, with the reason for each and a trace of how they were found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from postroad.directory.absence import Agents
from postroad.directory.search import Found, Search
from postroad.directory.selfapproval import without_self
from postroad.model.absence import Absence
from postroad.model.label import Label
from postroad.model.people import Candidate, Organisation, Person, Resolution, SelfApproval, Who


def resolve(
    who: Sequence[Who],
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
) -> Resolution:
    """The active people whom `who` means, in order, each once, where each stood first.

    `absences` that cover `process`, the aware moment `at` and the document's amount name the agents of those found; at
    no moment nobody is absent. `self_approval` says who takes the initiator's place, or that nobody does. When a place
    cannot be taken so, the first of `fallback` takes it. When nobody at all is left: the people of the first
    specification in `fallback` that leads to somebody; but where `skip` left nobody, nobody is asked.

    A specification that leads nowhere finds nobody and never raises; `trace` says why, one line for each step. The
    initiator's name comes along, for those who tell the story.
    """
    search = Search(owner, initiator, variables, organisation)
    agents = Agents(absences, at, process, variables, search.people, initiator)
    found = _Table(search, agents, self_approval).seat(who, fallback)
    return found.model_copy(update={"initiator_name": search.name(initiator), "trace": tuple(search.trace)})


@dataclass(frozen=True)
class _Table:
    """Where those who are asked sit down, in order. Agents come last because those who take a place may be away too."""

    search: Search
    agents: Agents
    rule: SelfApproval | None

    def seat(self, who: Sequence[Who], fallback: Sequence[Who]) -> Resolution:
        meant = [one for spec in who for one in self._there(spec)]
        places = without_self(meant, self.rule, self.search)
        if any(places):
            return Resolution(candidates=self._asked(self._filled(places, fallback)))
        if meant and not places:
            self.search.say(
                "只有发起人，略过后无人需要处理", "only the initiator was meant, so nobody needs to be asked"
            )
            return Resolution(skipped=True)
        if not fallback:
            return Resolution()
        self.search.say("没有找到处理人，改由备选人处理", "nobody was found, so the stand-ins are asked")
        stand_ins = self._asked(self._stand_ins(fallback))
        return Resolution(candidates=stand_ins, fallback=bool(stand_ins))

    def _there(self, spec: Who) -> list[Found]:
        return [one for one in self.search.meant(spec) if self._may_be_asked(one.person)]

    def _may_be_asked(self, person: Person) -> bool:
        if not person.active:
            self.search.say(
                f"{person.name}（{person.id}）已停用，略过", f"{person.name} ({person.id}) is inactive and passed over"
            )
        return person.active

    def _filled(self, places: Sequence[Found | None], fallback: Sequence[Who]) -> list[Found]:
        """Everybody who has a place, and the first stand-in in each one that is vacant."""
        stand_in = self._stand_ins(fallback)[:1] if None in places else []
        return [one for place in places for one in ([place] if place else stand_in)]

    def _stand_ins(self, fallback: Sequence[Who]) -> list[Found]:
        """Those of the first specification that leads to somebody; not the initiator, where a rule forbids it."""
        forbidden = self.search.initiator if self.rule not in {None, "self"} else None
        found = ([one for one in self._there(spec) if one.person.id != forbidden] for spec in fallback)
        return next((people for people in found if people), [])

    def _asked(self, found: Sequence[Found]) -> tuple[Candidate, ...]:
        first: dict[str, Found] = {}
        for one in found:
            first.setdefault(one.person.id, one)
        taken = set(first)
        return tuple(self._candidate(one, taken) for one in first.values())

    def _candidate(self, found: Found, taken: set[str]) -> Candidate:
        """With the agent; whoever is `taken` is asked already, and nobody decides twice in one step."""
        person, reason = found.person, Label.of(found.reason)
        standing = self.agents.of(person, self.search.say, taken)
        if standing.stays is not None:
            reason = Label(zh=f"{reason.zh}（{standing.stays.zh}）", en=f"{reason.en} ({standing.stays.en})")
        acting: dict[str, str] = {}
        if standing.agent is not None:
            taken.add(standing.agent.id)
            acting = {"agent": standing.agent.id, "agent_name": standing.agent.name}
        return Candidate(person=person.id, name=person.name, reason=reason, weight=found.weight, **acting)
