"""How long, how many, and what then: the settings of a step as people say them."""

from postroad.model.deadline import Deadline, Rung
from postroad.model.label import Label
from postroad.model.process import Approval, ToNode, Work
from postroad.process.words.names import Names
from postroad.process.words.people import everybody

_UNITS = {
    "s": Label(zh="秒", en="seconds"),
    "m": Label(zh="分钟", en="minutes"),
    "h": Label(zh="小时", en="hours"),
    "d": Label(zh="天", en="days"),
}
_AT_WORK = {"h": Label(zh="个工作小时", en="working hours"), "d": Label(zh="个工作日", en="working days")}
_DEEDS = {
    "remind": Label(zh="提醒", en="a reminder"),
    "superior": Label(zh="转给上级", en="goes to the superior"),
    "admin": Label(zh="转给管理员", en="goes to an administrator"),
    "transfer": Label(zh="转交", en="handed over"),
    "pass": Label(zh="自动通过", en="passes by itself"),
    "reject": Label(zh="自动驳回", en="rejected by itself"),
    "return": Label(zh="自动退回", en="returned by itself"),
}
_MODES = {
    "all": Label(zh="会签：全部同意", en="all of them agree"),
    "any": Label(zh="或签：一人决定", en="one of them decides"),
    "sequence": Label(zh="依次审批", en="one after another"),
    "votes": Label(zh="票签", en="a vote"),
}
_REJECTIONS = {
    "end": Label(zh="驳回即结束", en="a rejection ends it"),
    "to_initiator": Label(zh="驳回退回发起人", en="a rejection goes back to the initiator"),
    "to_previous": Label(zh="驳回退回上一步", en="a rejection goes back one step"),
    "ask": Label(zh="驳回时由审批人选择去向", en="whoever rejects says where it goes"),
}


def how_long(text: str, *, work: bool = False) -> Label:
    """`8h` in words; what is no duration stays as it was written."""
    unit = (_AT_WORK if work else _UNITS).get(text[-1:])
    if unit is None or not text[:-1].isdigit():
        return Label(zh=text, en=text)
    en = unit.en.removesuffix("s") if text[:-1] == "1" else unit.en
    return Label(zh=f"{text[:-1]} {unit.zh}", en=f"{text[:-1]} {en}")


def deadline(said: Deadline, names: Names) -> Label:
    time = how_long(said.after, work=said.calendar == "work")
    ladder = [_rung(rung, names) for rung in said.ladder]
    return Label(
        zh=f"限 {time.zh}，超时{'，再'.join(one.zh for one in ladder)}",
        en=f"{time.en}, then {', then '.join(one.en for one in ladder)}",
    )


def _rung(rung: Rung, names: Names) -> Label:
    deed = _DEEDS[rung.do]
    if rung.to is None:
        return deed
    to = everybody((rung.to,), names)
    return Label(zh=f"{deed.zh}{to.zh}", en=f"{deed.en} to {to.en}")


def together(node: Approval) -> Label:
    """How those who are asked decide among themselves."""
    if node.assign == "claim":
        return Label(zh="由一人认领", en="one of them claims it")
    if node.assign == "random":
        return Label(zh="抽取一人", en="one of them is drawn")
    said = _MODES[node.mode]
    if node.mode != "votes":
        return said
    share = f"{node.percent}%" if node.percent else f"{node.count}"
    veto = Label(zh="，可一票否决", en=", with a veto") if node.veto else Label(zh="", en="")
    people = Label(zh="", en="") if node.percent else Label(zh=" 人", en=" people")
    return Label(zh=f"{said.zh}：{share}{people.zh}同意{veto.zh}", en=f"{said.en}: {share}{people.en} agree{veto.en}")


def rejection(node: Approval, names: Names) -> Label:
    if isinstance(node.reject, ToNode):
        back = names.node(node.reject.to_node)
        return Label(zh=f"驳回退回“{back.zh}”", en=f"a rejection goes back to “{back.en}”")
    return _REJECTIONS[node.reject]


def to_fill_in(node: Approval | Work, names: Names) -> list[Label]:
    wanted = [names.field(one) for one, right in node.fields.items() if right == "required"]
    if not wanted:
        return []
    zh, en = "、".join(one.zh for one in wanted), ", ".join(one.en for one in wanted)
    return [Label(zh=f"必填 {zh}", en=f"fills in {en}")]
