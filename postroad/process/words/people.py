"""Whom a step means, as people say it: `{superior_of: applicant}` is 申请人的上级."""

from collections.abc import Sequence

from postroad.model.label import Label
from postroad.model.people import Who
from postroad.process.words.names import Names

_STRATEGIES = {
    "highest_skill": Label(zh="技能最高的一人", en="the most skilled one"),
    "least_loaded": Label(zh="任务最少的一人", en="the one with least to do"),
    "round_robin": Label(zh="轮流一人", en="one in turn"),
    "sticky": Label(zh="上次办理的一人", en="whoever did it last time"),
    "weighted": Label(zh="综合最合适的一人", en="the one who fits best"),
}


def everybody(whos: Sequence[Who], names: Names) -> Label:
    said = [_chosen(one, names) for one in whos]
    return Label(zh="、".join(one.zh for one in said), en=" and ".join(one.en for one in said))


def _chosen(who: Who, names: Names) -> Label:
    meant = _narrowed(who, _meant(who, names))
    if who.strategy is None:
        return meant
    how = _STRATEGIES[who.strategy]
    return Label(zh=f"{meant.zh}中{how.zh}", en=f"{how.en} of {meant.en}")


def _meant(who: Who, names: Names) -> Label:
    if who.did:
        step = names.node(who.did)
        return Label(zh=f"“{step.zh}”的办理人", en=f"whoever did “{step.en}”")
    if who.person:
        return names.person(who.person)
    if who.role:
        return _role(who, names)
    if who.from_:
        return _from_variable(who.from_, names)
    if who.initiator:
        return Label(zh="发起人", en="the initiator")
    if who.process_owner:
        return Label(zh="流程负责人", en="the owner of the process")
    return _in_the_tree(who, names)


def _in_the_tree(who: Who, names: Names) -> Label:
    if who.department_head_of or who.superior_of:
        path = who.department_head_of or who.superior_of or ""
        whose = names.person(path) if names.organisation.person(path) else names.field(path)
        levels = who.up if who.superior_of else who.up - 1
        zh = ("上级的" * (levels - 1) + "上级") if who.superior_of else "上级" * levels + "部门负责人"
        en = "superior's " * (levels - 1) + "superior" if who.superior_of else "head of department"
        up = f", {levels} above" if not who.superior_of and levels else ""
        return Label(zh=f"{whose.zh}的{zh}", en=f"the {en} of {whose.en}{up}")
    if who.members_of:
        department = names.department(who.members_of)
        return Label(zh=f"{department.zh}的人", en=f"the people of {department.en}")
    return Label(zh="全公司", en="anybody in the company")


def _role(who: Who, names: Names) -> Label:
    role = names.role(who.role or "")
    if not who.where:
        return role
    zh = "、".join(_within(key, value, names).zh for key, value in who.where.items())
    en = " and ".join(_within(key, value, names).en for key, value in who.where.items())
    return Label(zh=f"{role.zh}（{zh}）", en=f"{role.en} ({en})")


def _within(key: str, value: str, names: Names) -> Label:
    title = names.field(key)
    if value == f"{{{key}}}":
        return Label(zh=f"按{title.zh}", en=f"by {title.en}")
    return Label(zh=f"{title.zh} {value}", en=f"{title.en} {value}")


def _from_variable(path: str, names: Names) -> Label:
    root, dot, _ = path.partition(".")
    if not dot:
        title = names.field(path)
        return Label(zh=f"单据中的{title.zh}", en=f"the {title.en} of the document")
    output, node = names.output(path), names.node(root)
    what = output.title if output else Label(zh="人选", en="people")
    return Label(zh=f"“{node.zh}”给出的{what.zh}", en=f"the {what.en} that “{node.en}” says")


def _narrowed(who: Who, meant: Label) -> Label:
    zh = [f"会 {who.skill}" + (f"（{who.level} 级以上）" if who.level else "")] if who.skill else []
    en = [f"skilled in {who.skill}" + (f" ({who.level} or better)" if who.level else "")] if who.skill else []
    zh += [f"岗位为 {who.position}"] if who.position else []
    en += [f"whose position is {who.position}"] if who.position else []
    zh += [f"区域为 {who.region}"] if who.region else []
    en += [f"working in {who.region}"] if who.region else []
    return Label(zh=f"{meant.zh}中{'、'.join(zh)}的人", en=f"{meant.en} {', '.join(en)}") if zh else meant
