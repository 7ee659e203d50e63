"""Who decides on a request in the place of the one who made it."""

from collections.abc import Sequence
from dataclasses import replace

from postroad.directory.search import Found, Search
from postroad.model.people import Person, SelfApproval

_NOT_THEIR_OWN = "发起人不审批自己的申请", "the initiator does not decide on their own request"


def without_self(found: Sequence[Found], rule: SelfApproval | None, search: Search) -> list[Found | None]:
    """The same places, the initiator's taken as the rule says; None is a place that nobody could take.

    `superior` is the first active one up the line; `department_head` is the head of the initiator's department, or the
    superior when there is none, who left or is the initiator. `self`, and no rule, leave everything as it is.
    """
    if rule is None:
        return list(found)
    places: list[Found | None] = []
    for one in found:
        if one.person.id != search.initiator:
            places.append(one)
        elif rule == "self":
            search.say("发起人审批自己的申请", "the initiator decides on their own request")
            places.append(one)
        elif rule == "skip":
            search.say(f"{_NOT_THEIR_OWN[0]}，略过", f"{_NOT_THEIR_OWN[1]} and is passed over")
        else:
            places.append(_taken(one, rule, search))
    return places


def _taken(place: Found, rule: SelfApproval, search: Search) -> Found | None:
    initiator = place.person
    head = search.department_head(initiator) if rule == "department_head" else None
    if head is not None and head.active and head.id != initiator.id:
        return _instead(place, head, "部门负责人", "the head of department", search)
    superior = next((one for one in search.superiors(initiator) if one.active), None)
    if superior is not None:
        return _instead(place, superior, "上级", "the superior", search)
    search.say(f"{_NOT_THEIR_OWN[0]}，又没有上级", f"{_NOT_THEIR_OWN[1]}, and there is no superior")
    return None


def _instead(place: Found, person: Person, zh: str, en: str, search: Search) -> Found:
    search.say(f"{_NOT_THEIR_OWN[0]}，改由{zh} {person.name}", f"{_NOT_THEIR_OWN[1]}; {en} {person.name} does")
    name = place.person.name
    return replace(place, person=person, reason=f"{name}的{zh}，代替本人审批 / {en}, instead of {name}")
