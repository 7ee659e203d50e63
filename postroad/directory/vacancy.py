"""Whether a specification of people can lead to anybody in an organisation, whatever the request says."""

from postroad.directory.search import Search
from postroad.model.label import Label
from postroad.model.people import Organisation, Who


def vacancy(spec: Who, organisation: Organisation) -> Label | None:
    """Why nobody active would be found, None if somebody would be or that depends on the request.

    What a request fills in (`{category}`, `applicant`) is left open: a buyer of some category is enough.
    """
    if spec.initiator or spec.process_owner or spec.from_ or _open(spec.role) or _open(spec.person):
        return None
    search = Search(Who(process_owner=True), "", {}, organisation)
    place = spec.department_head_of or spec.superior_of or spec.members_of
    departments, people = {one.id for one in organisation.departments}, {one.id for one in organisation.people}
    if place is not None and place not in departments | people:
        return None
    if any(one.person.active for one in search.meant(_fixed_part(spec))):
        return None
    said = str(spec)
    return Label(
        zh=f"{said}：今天的组织里没有在职的人；请先指定人员，或改规则",
        en=f"{said}: nobody active in today's organisation; appoint somebody first, or change the rule",
    )


def _fixed_part(spec: Who) -> Who:
    """The specification without what only a request can say."""
    told = {name: None for name in ("skill", "position", "region") if _open(getattr(spec, name))}
    where = {key: value for key, value in spec.where.items() if not _open(value)}
    level = None if "skill" in told else spec.level
    return spec.model_copy(update={**told, "where": where, "level": level})


def _open(text: str | None) -> bool:
    return text is not None and "{" in text
