"""What is different between two versions, in words."""

from typing import Any

from postroad.model.people import Organisation
from postroad.process.comparing import Edition, NodeDifference, compare
from postroad.process.words.names import Names
from tests.process.staging import definition

Json = dict[str, Any]
PEOPLE = Organisation.model_validate(
    {
        "people": [{"id": "chen", "name": "陈静"}, {"id": "wang", "name": "王强"}],
        "roles": [
            {"role": "buyer", "person": "chen", "scope": {"category": "steel"}, "title": "采购员（钢材）"},
            {"role": "buyer", "person": "wang", "scope": {"category": "office"}, "title": "采购员（办公）"},
        ],
    }
)


def asked(name: str, **more: Any) -> Json:
    return {"approval": name, "title": f"{name}审批", "who": {"person": "chen"}, **more}


def edition(*steps: Json, **settings: Any) -> Edition:
    process = definition(*steps, **settings)
    return Edition(process, Names(process, PEOPLE))


def told(old: Edition, new: Edition) -> list[tuple[str, str]]:
    return [(one.kind, one.text.zh) for one in compare(old, new)]


def late(after: str) -> Json:
    return {"deadline": {"after": after, "ladder": ["remind"]}}


def test_the_same_again_is_no_difference() -> None:
    assert compare(edition(asked("a")), edition(asked("a"))) == []


def test_a_changed_setting_says_from_what_to_what() -> None:
    (change,) = compare(edition(asked("a", **late("8h"))), edition(asked("a", **late("4h"))))

    assert change == NodeDifference.model_validate(
        {
            "kind": "changed",
            "node": "a",
            "place": "steps[0]",
            "text": {
                "zh": "a审批：处理时限 8 个工作小时 → 4 个工作小时",
                "en": "a审批: deadline 8 working hours → 4 working hours",
            },
            "setting": "deadline",
            "before": {"zh": "8 个工作小时", "en": "8 working hours"},
            "after": {"zh": "4 个工作小时", "en": "4 working hours"},
        }
    )


def test_people_are_named_and_a_role_is_called_what_all_its_holders_are_called() -> None:
    assert told(edition(asked("a")), edition(asked("a", who={"role": "buyer"}))) == [
        ("changed", "a审批：处理人 陈静 → 采购员")
    ]


def test_what_is_new_and_what_is_gone_say_where_they_are() -> None:
    old = edition(asked("a"), {"cc": "tell", "title": "告知", "who": {"person": "wang"}})
    new = edition(asked("a"), asked("b", who={"person": "wang"}))

    assert told(old, new) == [
        ("added", "新增审批“b审批”（“a审批”之后）：王强审批"),
        ("removed", "删除抄送“告知”"),
    ]


def test_only_what_was_moved_is_told_to_have_moved() -> None:
    assert told(edition(asked("a"), asked("b"), asked("c")), edition(asked("c"), asked("a"), asked("b"))) == [
        ("moved", "“c审批”移到最前面")
    ]


def test_what_went_into_a_branch_has_moved_and_a_changed_condition_is_said() -> None:
    def size(amount: str, *steps: Json) -> Json:
        way = {"title": "大额", "when": {"amount": f"> {amount}"}, "steps": list(steps)}
        return {"branch": "size", "title": "金额", "branches": [way]}

    old, new = edition(asked("a"), size("100")), edition(size("50", asked("a")))

    assert told(old, new) == [
        ("changed", "金额：条件 大额（金额大于 100） → 大额（金额大于 50）"),
        ("moved", "“a审批”移到“金额”的“大额”中"),
    ]


def test_a_branch_that_is_gone_moves_nothing_in_those_beside_it() -> None:
    both = {"parallel": "both", "branches": [[asked("a")], [asked("b")]]}
    rest = {"parallel": "both", "branches": [[asked("b")]]}

    assert told(edition(both), edition(rest)) == [("removed", "删除审批“a审批”")]


def test_settings_of_the_process_come_first() -> None:
    assert told(edition(asked("a")), edition(asked("a"), withdraw="never")) == [
        ("changed", "流程设置：撤回 有人审批前 → 不可以")
    ]
