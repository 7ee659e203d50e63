"""A definition in the sentences that stand on its picture."""

from typing import Any

import pytest

from postroad.cli.folder import read_folder
from postroad.model.people import Organisation
from postroad.process.words.names import Names
from postroad.process.words.sentences import Sentence, sentences
from tests.process.staging import definition
from tests.process.test_sound import SHIPPED

Json = dict[str, Any]
PEOPLE = Organisation.model_validate(
    {
        "departments": [{"id": "service", "name": "客服部"}],
        "people": [{"id": "chen", "name": "陈静"}],
        "roles": [{"role": "buyer", "person": "chen", "title": {"zh": "采购员", "en": "Buyer"}}],
    }
)


def said(step: Json) -> Sentence:
    process = definition({"approval": "before", "title": "初审", "who": {"person": "chen"}}, step)
    return sentences(process, Names(process, PEOPLE))[1]


WHO = [
    ({"person": "chen"}, "陈静", "陈静"),
    ({"role": "buyer", "where": {"amount": "{amount}"}}, "采购员（按金额）", "Buyer (by amount)"),
    ({"superior_of": "applicant", "up": 2}, "申请人的上级的上级", "the superior's superior of applicant"),
    ({"department_head_of": "initiator"}, "发起人的部门负责人", "the head of department of initiator"),
    ({"members_of": "service"}, "客服部的人", "the people of 客服部"),
    (
        {"skill": "weld", "level": 3},
        "全公司中会 weld（3 级以上）的人",
        "anybody in the company skilled in weld (3 or better)",
    ),
    ({"did": "before"}, "“初审”的办理人", "whoever did “初审”"),
    ({"role": "buyer", "strategy": "least_loaded"}, "采购员中任务最少的一人", "the one with least to do of Buyer"),
]


@pytest.mark.parametrize(("who", "zh", "en"), WHO)
def test_people_are_said_by_their_duty(who: Json, zh: str, en: str) -> None:
    told = said({"work": "it", "who": who}).text

    assert (told.zh, told.en) == (f"{zh}办理", f"done by {en}")


WHEN = [
    ({"amount": "> 100000"}, "金额大于 100,000", "amount is more than 100,000"),
    ({"kind": "steel, office"}, "kind 为 steel 或 office", "kind is steel or office"),
    ({"amount": "> 5", "urgent": "true"}, "金额大于 5，且urgent ：是", None),
    ({"before.outcome": "approved"}, "“初审”的结果为 approved", None),
    ({"amount": ">>"}, "金额 >>", "amount >>"),
]


@pytest.mark.parametrize(("when", "zh", "en"), WHEN)
def test_conditions_are_sentences_and_what_cannot_be_read_stays(when: Json, zh: str, en: str | None) -> None:
    told = said({"work": "it", "who": {"person": "chen"}, "when": when}).when

    assert told.zh.replace(" ", "") == zh.replace(" ", "")
    assert en is None or told.en == en


def test_codes_are_said_in_the_words_of_the_card() -> None:
    folder = read_folder(SHIPPED)
    steps = [{**folder.process.model_dump(mode="json")["steps"][1], "when": {"material": "production, office"}}]
    process = folder.process.model_validate({**folder.process.model_dump(mode="json"), "steps": steps})

    (told,) = sentences(process, Names(process, PEOPLE, folder.tables))

    assert told.when.zh == "物料类型为生产物料 或 办公用品"


STEPS: list[tuple[Json, str, list[str]]] = [
    ({"approval": "x", "who": {"person": "chen"}, "mode": "votes", "pass": "60%", "veto": True},
     "陈静审批", ["票签：60%同意，可一票否决", "驳回即结束"]),
    ({"approval": "x", "who": {"person": "chen"}, "reject": {"to_node": "before"}},
     "陈静审批", ["会签：全部同意", "驳回退回“初审”"]),
    ({"work": "x", "who": {"person": "chen"}, "fields": ["note"]}, "陈静办理", ["必填 note"]),
    ({"wait": "x", "event": "arrived", "for": "3d"}, "等待事件 arrived，最多 3 天", []),
    ({"end": "x", "outcome": "rejected"}, "结束，结果为驳回", []),
    ({"call": "x", "process": "qc"}, "发起流程“qc”", []),
    ({"parallel": "x", "branches": [[]], "join": "any"}, "同时进行", ["任一完成即继续"]),
    ({"effect": "x", "connector": "erp", "entity": "order", "action": "close"}, "在“erp”执行“close”", ["不可撤销"]),
]  # fmt: skip


@pytest.mark.parametrize(("step", "text", "details"), STEPS)
def test_every_kind_of_node_is_a_sentence(step: Json, text: str, details: list[str]) -> None:
    told = said(step)

    assert (told.text.zh, [one.zh for one in told.details]) == (text, details)
    assert told.text.en
    assert all(one.en for one in told.details)


def test_the_ways_of_a_branch_are_sentences_and_the_rest_is_the_last() -> None:
    told = said({"branch": "x", "branches": [{"title": "大额", "when": {"amount": "> 5000"}}]})

    assert [(one.number, one.title.zh, one.text.zh) for one in told.ways] == [
        (0, "大额", "金额大于 5,000"),
        (1, "其他情况", "以上都不成立"),
    ]
