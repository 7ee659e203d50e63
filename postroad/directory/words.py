"""Who is meant, in the words of business people: 采购员（品类随单据）, 申请人的部门负责人."""

import re
from collections.abc import Iterator

from postroad.model.label import Label
from postroad.model.people import Organisation, RoleHolder, Who

_IN_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]$")
_ASKERS = {
    "applicant": Label(zh="申请人", en="the applicant"),
    "initiator": Label(zh="发起人", en="the initiator"),
}
_STRATEGIES = {
    "least_loaded": Label(zh="任务最少的一位", en="the one with the fewest tasks"),
    "round_robin": Label(zh="轮流一位", en="one in turn"),
    "highest_skill": Label(zh="技能最高的一位", en="the most skilled"),
    "weighted": Label(zh="综合最合适的一位", en="the best on balance"),
    "sticky": Label(zh="上次的那一位", en="the one from last time"),
}


def who_in_words(spec: Who, organisation: Organisation) -> Label:
    """The specification for people; roles, departments and persons by the names that the organisation has for them."""
    said = _meant(spec, organisation)
    narrowed = list(_narrowed(spec))
    zh = said.zh + (f"（{'，'.join(one.zh for one in narrowed)}）" if narrowed else "")
    en = said.en + (f" ({', '.join(one.en for one in narrowed)})" if narrowed else "")
    return Label(zh=zh, en=en)


def role_title(role: str, organisation: Organisation) -> Label:
    """What the role is called, without what one holder answers for; its key where nobody holds it under a title."""
    titles = (_common(one) for one in organisation.roles if one.role == role)
    return next((one for one in titles if one is not None), Label(zh=role, en=role))


def _common(holder: RoleHolder) -> Label | None:
    title = holder.title
    if title is None or not holder.scope:
        return title
    return Label(zh=_IN_BRACKETS.sub("", title.zh) or title.zh, en=_IN_BRACKETS.sub("", title.en) or title.en)


def _meant(spec: Who, organisation: Organisation) -> Label:
    if spec.person:
        return _person(spec.person, organisation)
    if spec.department_head_of:
        place, level = _place(spec.department_head_of, organisation), _level(spec.up)
        return Label(zh=f"{place.zh}的{level.zh}部门负责人", en=f"{level.en}head of department of {place.en}")
    if spec.superior_of:
        place, level = _place(spec.superior_of, organisation), _level(spec.up)
        return Label(zh=f"{place.zh}的{level.zh}上级", en=f"{level.en}superior of {place.en}")
    if spec.initiator:
        return Label(zh="发起人", en="the initiator")
    if spec.process_owner:
        return Label(zh="流程负责人", en="the owner of the process")
    if spec.from_:
        return Label(zh=f"变量 {spec.from_} 指定的人", en=f"whom the variable {spec.from_} names")
    if spec.did:
        return Label(zh=f"办理“{spec.did}”的人", en=f"who did “{spec.did}”")
    return _group(spec, organisation)


def _group(spec: Who, organisation: Organisation) -> Label:
    if spec.role:
        return role_title(spec.role, organisation)
    if spec.members_of:
        place = _place(spec.members_of, organisation)
        return Label(zh=f"{place.zh}的成员", en=f"members of {place.en}")
    if spec.position:
        return Label(zh=spec.position, en=spec.position)
    return Label(zh=f"会 {spec.skill} 的人", en=f"people with the skill {spec.skill}")


def _narrowed(spec: Who) -> Iterator[Label]:
    """What says more closely which of them are meant."""
    for key, value in spec.where.items():
        yield _of_document(key) if value == f"{{{key}}}" else Label(zh=f"{key} 为 {value}", en=f"{key} is {value}")
    if spec.skill and spec.group:
        level = f" {spec.level} 级" if spec.level else ""
        yield Label(zh=f"技能 {spec.skill}{level}", en=f"skill {spec.skill}{level and f' from {spec.level}'}")
    if spec.position and (spec.group or spec.skill):
        yield Label(zh=spec.position, en=spec.position)
    if spec.region:
        yield Label(zh=f"地区 {spec.region}", en=f"region {spec.region}")
    if spec.strategy in _STRATEGIES:
        yield _STRATEGIES[spec.strategy]


def _of_document(key: str) -> Label:
    return Label(zh=f"按单据的 {key}", en=f"by the document's {key}")


def _level(up: int) -> Label:
    return Label(zh="", en="") if up == 1 else Label(zh=f"上 {up} 级", en=f"level {up} ")


def _person(person_id: str, organisation: Organisation) -> Label:
    found = organisation.person(person_id)
    return Label.of(found.name if found else person_id)


def _place(name: str, organisation: Organisation) -> Label:
    """A person of the process, a department, or somebody by name."""
    if name in _ASKERS:
        return _ASKERS[name]
    department = next((one for one in organisation.departments if one.id == name), None)
    return Label.of(department.name) if department else _person(name, organisation)
