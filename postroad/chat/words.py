"""The words on cards, Chinese and English."""

from typing import Literal

from postroad.model.decision import Action
from postroad.model.label import Label

Style = Literal["primary", "danger", "default"]

BUTTONS: dict[Action, Label] = {
    Action.APPROVE: Label(zh="同意", en="Approve"),
    Action.REJECT: Label(zh="驳回", en="Reject"),
    Action.COMPLETE: Label(zh="办结", en="Done"),
    Action.CLAIM: Label(zh="认领", en="Claim"),
    Action.ADVISE: Label(zh="答复意见", en="Give opinion"),
    Action.RESUBMIT: Label(zh="重新提交", en="Resubmit"),
    Action.WITHDRAW: Label(zh="撤回", en="Withdraw"),
    Action.RETRY: Label(zh="重试", en="Retry"),
    Action.SKIP: Label(zh="跳过", en="Skip"),
}

STYLES: dict[Action, Style] = {
    Action.APPROVE: "primary",
    Action.COMPLETE: "primary",
    Action.CLAIM: "primary",
    Action.ADVISE: "primary",
    Action.RESUBMIT: "primary",
    Action.RETRY: "primary",
    Action.REJECT: "danger",
}

DONE: dict[Action, tuple[Label, str]] = {
    Action.APPROVE: (Label(zh="已同意", en="Approved"), "agreed"),
    Action.REJECT: (Label(zh="已驳回", en="Rejected"), "rejected"),
    Action.TRANSFER: (Label(zh="已转交", en="Handed on"), "closed"),
    Action.COMPLETE: (Label(zh="已办结", en="Done"), "agreed"),
    Action.RESUBMIT: (Label(zh="已重新提交", en="Resubmitted"), "closed"),
    Action.WITHDRAW: (Label(zh="已撤回", en="Withdrawn"), "closed"),
    Action.RETRY: (Label(zh="已重试", en="Retried"), "closed"),
    Action.SKIP: (Label(zh="已跳过", en="Skipped"), "closed"),
    Action.RETURN: (Label(zh="已退回", en="Sent back"), "rejected"),
    Action.ADVISE: (Label(zh="已答复意见", en="Opinion given"), "closed"),
}

_WORDS = {
    "applicant": Label(zh="申请人", en="Applicant"),
    "amount": Label(zh="金额", en="Amount"),
    "due": Label(zh="截止时间", en="Due"),
    "why_me": Label(zh="为什么是我", en="Why me"),
    "cc": Label(zh="抄送", en="For information"),
    "cancelled": Label(zh="已取消", en="Cancelled"),
    "by_the_system": Label(zh="系统自动处理", en="Done by the system"),
    "waiting": Label(zh="等待中", en="Waiting"),
    "no_longer": Label(zh="不再代理", en="No longer yours to act on"),
    "pending": Label(zh="已收到，处理中", en="Received, being processed"),
    "opinion_needed": Label(zh="驳回时请填写意见", en="To reject, please give an opinion"),
    "task": Label(zh="待处理", en="For you"),
}


def words(name: str) -> Label:
    return _WORDS[name]
