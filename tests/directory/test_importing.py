from typing import Any

import pytest

from postroad.directory.importing import Imported, organisation_of
from postroad.model.label import Label
from postroad.model.people import Organisation, Person
from postroad.model.sheet import Sheet

HEADINGS = ["工号", "姓名", "部门", "部门编号", "部门负责人", "上级", "岗位", "角色", "技能", "地区", "手机", "邮箱"]
HEADINGS += ["在职", "钉钉"]
BOSS = {"工号": "1001", "姓名": "吴刚", "部门": "公司", "部门负责人": "是"}
BUYER = {"工号": "1002", "姓名": "陈静", "部门": "公司/采购部", "上级": "吴刚"}


def _sheet(*people: dict[str, str], name: str = "人员") -> Sheet:
    headings = list(dict.fromkeys([*HEADINGS, *(key for person in people for key in person)]))
    return Sheet(name, [headings, *([person.get(heading, "") for heading in headings] for person in people)])


def _read(*people: dict[str, str]) -> Organisation:
    imported = organisation_of([_sheet(*people)])
    assert imported.organisation is not None, imported.problems
    return imported.organisation


def _person(**cells: str) -> Person:
    person = _read(BOSS, {**BUYER, **cells}).person("1002")
    assert person is not None
    return person


def _places(imported: Imported) -> list[tuple[str, int, str]]:
    assert imported.organisation is None
    return [(problem.sheet, problem.row, problem.column) for problem in imported.problems]


def test_a_row_is_a_person() -> None:
    cells = {
        "岗位": "采购专员",
        "技能": "steel:3；paint",
        "地区": "上海、江苏",
        "最多任务": "8",
        "最多工时": "20.5",
        "手机": "139 0000",
        "邮箱": "chen@company.example",
    }

    person = _person(**cells, 钉钉="ding-chen")

    assert (person.name, person.superior, person.position, person.active) == ("陈静", "1001", "采购专员", True)
    assert (person.skills, person.regions) == ({"steel": 3, "paint": 1}, ("上海", "江苏"))
    assert (person.max_open_tasks, person.max_open_hours) == (8, 20.5)
    assert (person.phone, person.email, person.accounts) == (
        "139 0000",
        "chen@company.example",
        {"dingtalk": "ding-chen"},
    )


def test_departments_are_paths_with_their_heads() -> None:
    company = _read(BOSS, {**BUYER, "部门": "公司/采购部／钢材组", "部门编号": "steel", "部门负责人": "是"})

    [top, middle, group] = company.departments
    assert [(one.name, one.head) for one in company.departments] == [
        ("公司", "1001"),
        ("采购部", None),
        ("钢材组", "1002"),
    ]
    assert (top.parent, middle.parent, group.parent) == (None, top.id, middle.id)
    assert group.id == "steel"


def test_a_department_without_an_id_keeps_the_same_one_as_long_as_it_stays_where_it_is() -> None:
    [_, before] = _read(BOSS, BUYER).departments
    [_, _, after] = _read(BOSS, {**BUYER, "部门": "公司/生产部", "工号": "1009"}, BUYER).departments

    assert (after.name, after.id) == ("采购部", before.id)


@pytest.mark.parametrize(
    ("said", "active"),
    [
        ("", True),
        ("是", True),
        ("在职", True),
        ("TRUE", True),
        ("１", True),
        ("否", False),
        ("离职", False),
        ("No", False),
    ],
)
def test_who_left_is_told_in_many_words(said: str, active: bool) -> None:
    assert _person(在职=said).active is active


def test_roles_have_scopes() -> None:
    holders = _read(
        {**BOSS, "角色": "process_admin"}, {**BUYER, "角色": "buyer（category=steel，region：华东）；buyer, planner"}
    ).roles

    assert [(one.role, one.person, one.scope) for one in holders] == [
        ("process_admin", "1001", {}),
        ("buyer", "1002", {"category": "steel", "region": "华东"}),
        ("buyer", "1002", {}),
        ("planner", "1002", {}),
    ]


def test_headings_may_be_english_and_stand_below_a_title() -> None:
    rows = [
        ["Staff of 2026"],
        [],
        ["ID", "Name", " Head_of department", "SKILLS"],
        ["li", "Li", "", "welding:2"],
        ["", " "],
    ]

    imported = organisation_of([Sheet("anything", rows)])

    assert imported.organisation == Organisation(people=(Person(id="li", name="Li", skills={"welding": 2}),))


def test_columns_and_sheets_that_nobody_knows_are_named_and_left_alone() -> None:
    imported = organisation_of([_sheet({**BOSS, "工资": "1"}), Sheet("说明", [["读我"]])])

    assert imported.organisation is not None
    assert imported.ignored == ("工资", "说明")


def test_a_workbook_may_have_sheets_of_departments_and_roles() -> None:
    departments = Sheet(
        "部门", [["编号", "部门", "负责人"], ["purchasing", "公司/采购部", "陈静"], ["legal", "公司/法务部", ""]]
    )
    titled = ["buyer", "", "", "采购专员", "Buyer"]
    roles = Sheet(
        "角色",
        [["角色", "人员", "范围", "名称", "英文名称"], titled, ["buyer", "1002", "category=steel", "钢材采购", ""]],
    )

    imported = organisation_of([_sheet(BOSS, {**BUYER, "角色": "buyer"}), departments, roles])

    assert imported.organisation is not None, imported.problems
    assert [(one.id, one.head) for one in imported.organisation.departments if one.name != "公司"] == [
        ("purchasing", "1002"),
        ("legal", None),
    ]
    assert [(one.scope, one.title) for one in imported.organisation.roles] == [
        ({"category": "steel"}, Label(zh="钢材采购", en="钢材采购")),
        ({}, Label(zh="采购专员", en="Buyer")),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"工号": ""}, "工号", "缺少工号"),
        ({"工号": "1001"}, "工号", "工号 1001 已在第 2 行"),
        ({"工号": "陈"}, "工号", "只能用字母、数字"),
        ({"姓名": ""}, "姓名", "缺少姓名"),
        ({"上级": "老王"}, "上级", "名单中没有 老王"),
        ({"上级": "1002"}, "上级", "上级关系形成循环：1002 → 1002"),
        ({"部门": "", "部门负责人": "是"}, "部门负责人", "负责人没有部门"),
        ({"部门": "公司", "部门负责人": "是"}, "部门负责人", "部门已有负责人 1001"),
        ({"部门": "", "部门编号": "x"}, "部门编号", "有编号而没有部门"),
        ({"部门编号": "采购"}, "部门编号", "以字母开头"),
        ({"技能": "welding:6"}, "技能", "1 到 5"),
        ({"技能": "welding:1、welding:2"}, "技能", "写了两次"),
        ({"技能": "焊接:2"}, "技能", "以字母开头"),
        ({"角色": "buyer(category)"}, "角色", "category=steel"),
        ({"角色": "buyer(a=b"}, "角色", "无法理解"),
        ({"角色": "采购员"}, "角色", "以字母开头"),
        ({"最多任务": "几项"}, "最多任务", "应为 0 或更大的数"),
        ({"最多工时": "-1"}, "最多工时", "应为 0 或更大的数"),
        ({"手机": "1" * 65}, "手机", "太长"),
        ({"邮箱": "chen"}, "邮箱", "不是邮箱"),
        ({"在职": "也许"}, "在职", "应为 是 或 否"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(cells: dict[str, str], column: str, said: str) -> None:
    imported = organisation_of([_sheet(BOSS, {**BUYER, **cells})])

    assert _places(imported) == [("人员", 3, column)]
    assert said in imported.problems[0].text.zh


def test_every_problem_is_found_at_once_in_the_order_of_the_rows() -> None:
    imported = organisation_of([_sheet({**BOSS, "在职": "?"}, {**BUYER, "邮箱": "?", "上级": "?"})])

    assert _places(imported) == [("人员", 2, "在职"), ("人员", 3, "上级"), ("人员", 3, "邮箱")]


def test_a_name_that_several_people_have_does_not_say_who_the_superior_is() -> None:
    imported = organisation_of([_sheet(BOSS, {**BOSS, "工号": "1003", "部门": "公司/x"}, BUYER)])

    assert _places(imported) == [("人员", 4, "上级")]


def test_one_id_for_two_departments_and_two_ids_for_one_are_refused() -> None:
    one_for_two = [{**BOSS, "部门编号": "a"}, {**BUYER, "部门编号": "a"}]
    two_for_one = [{**BUYER, "上级": "", "部门编号": "a"}, {**BUYER, "上级": "", "工号": "3", "部门编号": "b"}]

    for people in (one_for_two, two_for_one):
        assert _places(organisation_of([_sheet(*people)])) == [("人员", 3, "部门编号")]


def test_people_who_are_each_others_superiors_are_refused() -> None:
    imported = organisation_of([_sheet({**BOSS, "上级": "陈静"}, BUYER)])

    assert imported.problems[0].text.en == "people are each other's superiors: 1001 → 1002 → 1001"


def test_an_account_belongs_to_one_person() -> None:
    imported = organisation_of([_sheet({**BOSS, "钉钉": "d"}, {**BUYER, "钉钉": "d"})])

    assert _places(imported) == [("人员", 3, "钉钉")]


def test_a_cell_that_has_no_text_is_a_problem_only_where_it_is_read() -> None:
    formula = Label(zh="公式", en="formula")
    sheet = Sheet("人员", [["工号", "姓名", "工资"], ["1", "", "=A1"]], {(2, 2): formula, (2, 3): formula})

    imported = organisation_of([sheet])

    assert ("人员", 2, "姓名") in _places(imported)
    assert ("人员", 2, "工资") not in _places(imported)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "没有表头：工号、姓名"),
        ([["工号", "部门"], ["1", "x"]], "没有表头：工号、姓名"),
        ([["工号", "姓名"]], "没有人员"),
        ([["工号", "姓名", "职位", "岗位"], ["1", "x", "y", "z"]], "有两列都是岗位"),
    ],
)
def test_a_sheet_without_people_is_refused(rows: list[list[str]], said: str) -> None:
    imported = organisation_of([Sheet("人员", rows)])

    assert said in imported.problems[0].line()


@pytest.mark.parametrize("sheets", [[], [_sheet(BOSS, name="Sheet1"), _sheet(BUYER, name="Sheet2")]])
def test_without_a_sheet_of_people_nothing_is_read(sheets: list[Sheet]) -> None:
    assert "没有名为“人员”的工作表" in organisation_of(sheets).problems[0].line()


def test_sheets_without_anything_in_them_do_not_count() -> None:
    assert organisation_of([_sheet(BOSS, name="Sheet1"), Sheet("Sheet2", []), Sheet("Sheet3", [[""]])]).problems == ()


def test_a_problem_is_one_line_in_both_languages() -> None:
    [problem] = organisation_of([_sheet({**BOSS, "在职": "?"})]).problems

    assert problem.line() == "人员 第 2 行 “在职”：'?' 应为 是 或 否 / row 2 “在职”: '?' should be yes or no"


def test_ten_thousand_people_are_read() -> None:
    people: list[dict[str, Any]] = [BOSS, *({**BUYER, "工号": f"p{number}"} for number in range(10_000))]

    assert len(_read(*people).people) == 10_001
