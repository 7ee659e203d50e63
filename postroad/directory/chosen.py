"""What was chosen, as the engine hears it."""

from postroad.model.assignment import Choice, Contender, Shortlist
from postroad.model.label import Label
from postroad.model.people import Candidate, Chosen, Resolution


def resolution(short: Shortlist, choice: Choice, initiator_name: str) -> Resolution:
    """The people of a choice, each told why; an empty one if nobody was chosen, which may be because of `skipped`."""
    if not choice.people:
        return Resolution(initiator_name=initiator_name, skipped=short.skipped, trace=short.trace)
    return Resolution(
        candidates=tuple(_candidate(one, choice.why) for one in choice.people),
        initiator_name=initiator_name,
        fallback=choice.step == "owner",
        chosen=Chosen(why=choice.why, queue=choice.step == "queue"),
        trace=short.trace,
    )


def _candidate(one: Contender, why: Label) -> Candidate:
    return Candidate(
        person=one.person,
        name=one.name,
        reason=Label(zh=f"{one.reason.zh}；{why.zh}", en=f"{one.reason.en}; {why.en}"),
        agent=one.agent,
        agent_name=one.agent_name,
    )
