"""The organisation over HTTP: everybody sees the directory, whoever maintains it changes it, one thing at a time."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from postroad.model.people import Organisation
from postroad.store.audit import Audit
from postroad.store.people import People
from tests.api.office import Office
from tests.api.test_sessions import log_in, with_login

COMPANY = Organisation.model_validate(
    {
        "departments": [
            {"id": "company", "name": "公司", "head": "wang"},
            {"id": "buying", "name": "采购部", "head": "chen", "parent": "company"},
        ],
        "people": [
            {"id": "wang", "name": "王强", "department": "company", "position": "总经理"},
            {
                "id": "chen",
                "name": "陈静",
                "department": "buying",
                "superior": "wang",
                "position": "采购经理",
                "accounts": {"dingtalk": "ding-chen"},
                "phone": "13800000000",
                "skills": {"steel": 4},
            },
            {"id": "li", "name": "李四", "department": "buying", "superior": "chen", "position": "采购专员"},
            {"id": "gone", "name": "离职", "active": False},
        ],
        "roles": [{"role": "buyer", "person": "chen", "scope": {"category": "steel"}, "title": "采购专员（钢材）"}],
    }
)


@pytest.fixture(autouse=True)
async def company(office: Office) -> None:
    async with office.database.begin() as session:
        await People(session).load(COMPANY)


async def ask(office: Office, method: str, path: str, *scopes: str, person: str | None = None, **more: Any) -> Any:
    """What the API answers, with its status."""
    headers = await office.token(*(scopes or ("people",)), person=person)
    answer = await office.http.request(method, f"/api/v1{path}", headers=headers, **more)
    return answer.status_code, answer.json() if answer.content else None


async def test_everybody_looks_through_the_directory(office: Office) -> None:
    _, everybody = await ask(office, "GET", "/people", "act", person="li")
    _, found = await ask(
        office, "GET", "/people?search=采购&department=company&active=true&limit=1", "act", person="li"
    )
    _, more = await ask(office, "GET", "/people?search=采购&after=chen", "act", person="li")

    assert [one["id"] for one in everybody] == ["wang", "chen", "li", "gone"]
    known = {"id": "chen", "name": "陈静", "department": "buying", "department_name": "采购部", "position": "采购经理"}
    assert found == [{**known, "active": True}]
    assert [one["id"] for one in more] == ["li"]


async def test_only_the_person_and_personnel_see_more_than_the_directory(office: Office) -> None:
    _, colleague = await ask(office, "GET", "/people/chen", "act", person="li")
    _, own = await ask(office, "GET", "/people/chen", "act", person="chen")
    _, personnel = await ask(office, "GET", "/people/chen", "people")

    assert colleague["whole"] is None
    assert [one["name"] for one in colleague["path"]] == ["公司", "采购部"]
    assert own["whole"] == personnel["whole"]
    assert own["whole"]["person"]["phone"] == "13800000000"
    assert (own["whole"]["superior_name"], own["whole"]["reports"]) == ("王强", [{"id": "li", "name": "李四"}])
    assert [one["role"] for one in own["whole"]["roles"]] == ["buyer"]


async def test_the_tree_counts_people_and_names_heads(office: Office) -> None:
    _, tree = await ask(office, "GET", "/departments", "act", person="li")

    assert [(one["id"], one["parent"], one["head_name"], one["people"], one["below"]) for one in tree] == [
        ("company", None, "王强", 1, 3),
        ("buying", "company", "陈静", 2, 2),
    ]


async def test_a_person_is_changed_by_whoever_saw_the_latest(office: Office) -> None:
    seen = (await ask(office, "GET", "/people/li"))[1]["whole"]
    order = {"stamp": seen["stamp"], "person": {**seen["person"], "position": "采购主管", "regions": ["上海"]}}
    async with office.database.read() as session:
        before = await People(session).stamp()

    status, changed = await ask(office, "PUT", "/people/li", json=order)
    late, refused = await ask(office, "PUT", "/people/li", json=order)

    assert (status, changed["position"], changed["whole"]["person"]["regions"]) == (200, "采购主管", ["上海"])
    assert (late, refused["code"]) == (409, "changed_meanwhile")
    async with office.database.read() as session:
        assert await People(session).stamp() != before


async def test_somebody_new_joins_and_can_be_found_by_the_account(office: Office) -> None:
    person = {"id": "1007", "name": " 新来 ", "department": "buying", "accounts": {"dingtalk": "ding-new"}}

    status, told = await ask(office, "POST", "/people", json={"person": person})
    again, refused = await ask(office, "POST", "/people", json={"person": person})

    assert (status, told["name"], told["whole"]["person"]["id"]) == (201, "新来", "1007")
    assert (again, refused["code"]) == (409, "id_taken")
    async with office.database.read() as session:
        found = await People(session).by_account("dingtalk", "ding-new")
    assert found is not None
    assert found.id == "1007"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"superior": "li"}, "malformed"),
        ({"superior": "nobody"}, "malformed"),
        ({"department": "nowhere"}, "malformed"),
        ({"accounts": {"dingtalk": "ding-chen"}}, "shared_account"),
        ({"name": "  "}, "name_missing"),
        ({"id": "li2"}, "id_stays"),
        ({"name": "李\x00四"}, "malformed"),
        ({"skills": {"steel": 9}}, "malformed"),
    ],
)
async def test_what_would_not_hold_together_is_refused_and_nothing_changes(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    seen = (await ask(office, "GET", "/people/li"))[1]["whole"]

    order = {"stamp": seen["stamp"], "person": {**seen["person"], **changes}}
    status, refused = await ask(office, "PUT", "/people/li", json=order)

    assert (status, refused["code"]) == (409 if code == "shared_account" else 422, code)
    assert (await ask(office, "GET", "/people/li"))[1]["whole"] == seen


async def test_who_leaves_is_told_what_is_left_to_do(office: Office) -> None:
    await office.task(await office.instance())
    seen = (await ask(office, "GET", "/people/chen"))[1]["whole"]

    order = {"stamp": seen["stamp"], "person": {**seen["person"], "active": False}}
    _, told = await ask(office, "PUT", "/people/chen", json=order)

    assert seen["notices"] == []
    assert told["whole"]["open_tasks"] == 1
    assert [one["zh"] for one in told["whole"]["notices"]] == [
        "还有 1 项未办任务，请交接给别人",
        "还担任 1 个角色，请授予别人",
        "还是 采购部 的负责人，请另定",
        "还是 1 人的上级，请另定",
    ]


async def test_departments_are_made_renamed_moved_and_closed(office: Office) -> None:
    _, made = await ask(office, "POST", "/departments", json={"name": "钢材组", "parent": "buying", "head": "li"})
    moved = {"name": "钢材部", "parent": "company", "stamp": made["stamp"]}
    _, changed = await ask(office, "PUT", f"/departments/{made['id']}", json=moved)
    stale, _ = await ask(office, "DELETE", f"/departments/{made['id']}?stamp={made['stamp']}")
    closed, _ = await ask(office, "DELETE", f"/departments/{made['id']}?stamp={changed['stamp']}")

    assert (made["name"], made["head_name"]) == ("钢材组", "李四")
    assert (changed["name"], changed["parent"], changed["head"]) == ("钢材部", "company", None)
    assert (stale, closed) == (409, 204)
    assert [one["id"] for one in (await ask(office, "GET", "/departments"))[1]] == ["company", "buying"]


async def test_a_department_lies_in_no_circle_and_closes_empty_only(office: Office) -> None:
    company, _ = (await ask(office, "GET", "/departments"))[1]
    inside = {"name": "公司", "parent": "buying", "stamp": company["stamp"]}

    circle, refused = await ask(office, "PUT", "/departments/company", json=inside)
    full, not_empty = await ask(office, "DELETE", f"/departments/company?stamp={company['stamp']}")

    assert (circle, refused["code"]) == (422, "malformed")
    assert "循环" in refused["message"]["zh"]
    assert (full, not_empty["code"]) == (409, "department_not_empty")


async def test_roles_are_given_passed_on_and_taken_back(office: Office) -> None:
    office_supplies = {"role": "buyer", "person": "li", "scope": {"category": "office"}, "title": {"zh": "采购专员"}}

    status, given = await ask(office, "POST", "/role-holders", json=office_supplies)
    twice, refused = await ask(office, "POST", "/role-holders", json=office_supplies)
    _, passed = await ask(office, "PUT", f"/role-holders/{given['id']}", json={**office_supplies, "person": "wang"})
    _, buyers = await ask(office, "GET", "/role-holders?role=buyer")
    taken, _ = await ask(office, "DELETE", f"/role-holders/{passed['id']}")
    gone, _ = await ask(office, "DELETE", f"/role-holders/{passed['id']}")

    assert (status, given["person_name"], given["title"]) == (201, "李四", {"zh": "采购专员", "en": "采购专员"})
    assert (twice, refused["code"]) == (409, "already_held")
    assert [(one["person_name"], one["scope"]) for one in buyers] == [
        ("陈静", {"category": "steel"}),
        ("王强", {"category": "office"}),
    ]
    assert (taken, gone) == (204, 404)


async def test_nobody_unknown_gets_a_role(office: Office) -> None:
    status, refused = await ask(office, "POST", "/role-holders", json={"role": "buyer", "person": "nobody"})

    assert (status, refused["code"]) == (422, "malformed")
    assert "nobody" in refused["message"]["zh"]


async def exported(office: Office) -> bytes:
    answer = await office.http.get("/api/v1/people/export", headers=await office.token("people"))
    return answer.raise_for_status().content


async def test_what_was_exported_changes_nothing_when_it_is_imported(office: Office) -> None:
    _, found = await ask(office, "POST", "/people/import?format=xlsx", content=await exported(office))

    assert (found["problems"], found["changes"], found["department_changes"], found["ignored"]) == ([], [], [], [])
    assert (found["people"], found["departments"], found["roles"], found["loaded"]) == (4, 2, 1, False)


async def test_an_edited_workbook_is_looked_at_and_then_loaded_as_it_was_looked_at(office: Office) -> None:
    await office.task(await office.instance(), "li")
    book = load_workbook(io.BytesIO(await exported(office)))
    people, departments = book["人员"], book["部门"]
    people["G3"], people["O4"] = "采购总监", "否"
    people.append(["new", "新来", "公司/仓库"])
    departments["A3"] = "公司/采购中心"
    people["C3"] = people["C4"] = "公司/采购中心"
    file = io.BytesIO()
    book.save(file)

    _, found = await ask(office, "POST", "/people/import?format=xlsx", content=file.getvalue())
    first, _ = await ask(office, "POST", "/people/import?format=xlsx&check=false", content=file.getvalue())
    address = f"/people/import?format=xlsx&check=false&stamp={found['stamp']}"
    _, loaded = await ask(office, "POST", address, content=file.getvalue())
    again, refused = await ask(office, "POST", address, content=file.getvalue())

    assert [(one["kind"], one["person"]) for one in found["changes"]] == [
        ("new", "new"),
        ("changed", "chen"),
        ("changed", "li"),
    ]
    assert found["changes"][1]["was"] == {"position": "采购经理"}
    assert [(one["kind"], one["name"]) for one in found["department_changes"]][1:] == [("changed", "采购中心")]
    assert found["leavers"] == [{"person": "li", "name": "李四", "open_tasks": 1}]
    assert first == 422
    assert (loaded["loaded"], loaded["stamp"] != found["stamp"]) == (True, True)
    assert (again, refused["code"]) == (409, "changed_meanwhile")
    assert (await ask(office, "GET", "/people/chen"))[1]["position"] == "采购总监"


async def test_mistakes_in_a_file_are_named_by_sheet_row_and_column(office: Office) -> None:
    table = "工号,姓名,上级,技能\n1,甲,2,\n2,乙,1,焊接:9\n,丙,,\n"

    _, found = await ask(office, "POST", "/people/import?format=csv", content=table.encode())
    status, refused = await ask(office, "POST", "/people/import?format=csv&check=false&stamp=x", content=table.encode())

    assert [(one["row"], one["column"]) for one in found["problems"]] == [(2, "上级"), (3, "技能"), (4, "工号")]
    assert (status, refused["code"]) == (422, "people_refused")
    assert len((await ask(office, "GET", "/people"))[1]) == 4


@pytest.mark.parametrize(
    ("written", "content"),
    [
        ("xlsx", b"no workbook"),
        ("yaml", b"people: ["),
        ("yaml", b"\xff\xfe"),
        ("yaml", b"people: [{id: a, name: A, superior: nobody}]"),
        ("yaml", b"people: [{id: a, name: A, accounts: {dingtalk: x}}, {id: b, name: B, accounts: {dingtalk: x}}]"),
        ("csv", b""),
    ],
)
async def test_a_file_that_cannot_be_read_is_a_problem_and_no_fault(
    office: Office, written: str, content: bytes
) -> None:
    status, found = await ask(office, "POST", f"/people/import?format={written}", content=content)

    assert (status, len(found["problems"]), found["loaded"]) == (200, 1, False)


async def test_yaml_goes_out_and_comes_in_again(office: Office) -> None:
    headers = await office.token("people")
    file = await office.http.get("/api/v1/people/export?format=yaml", headers=headers)

    _, found = await ask(office, "POST", "/people/import?format=yaml", content=file.content)

    assert (found["problems"], found["changes"], found["department_changes"]) == ([], [], [])


async def test_the_calendar_says_of_each_day_why_it_is_worked_or_not(office: Office) -> None:
    _, told = await ask(office, "GET", "/calendar?year=2026", "act", person="li")

    days = {one["date"]: one for one in told["days"]}
    assert (len(days), told["announced"], told["time_zone"]) == (365, True, "Asia/Shanghai")
    assert (days["2026-10-01"]["because"], days["2026-10-01"]["feast"]["zh"]) == ("holiday", "国庆节")
    assert (days["2026-02-28"]["because"], days["2026-02-28"]["hours"]) == ("make_up", ["09:00-12:00", "13:30-18:00"])
    assert (days["2026-11-28"]["because"], days["2026-11-28"]["hours"]) == ("weekend", [])
    assert days["2026-11-25"]["because"] == "weekday"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/people"),
        ("PUT", "/people/li"),
        ("POST", "/people/import?format=csv"),
        ("POST", "/departments"),
        ("PUT", "/departments/buying"),
        ("DELETE", "/departments/buying?stamp=x"),
        ("POST", "/role-holders"),
        ("PUT", "/role-holders/x"),
        ("DELETE", "/role-holders/x"),
    ],
)
async def test_nobody_else_changes_the_organisation(office: Office, method: str, path: str) -> None:
    for scopes in (("read", "act"), ("admin",), ("rules",)):
        status, refused = await ask(office, method, path, *scopes, person="li")
        assert (status, refused["code"]) == (403, "scope_missing")


async def test_every_change_is_noted_with_what_was_and_what_is(office: Office) -> None:
    seen = (await ask(office, "GET", "/people/li"))[1]["whole"]
    order = {"stamp": seen["stamp"], "person": {**seen["person"], "position": "采购主管"}}

    await ask(office, "PUT", "/people/li", person="wang", json=order)
    _, given = await ask(office, "POST", "/role-holders", person="wang", json={"role": "buyer", "person": "li"})
    await ask(office, "DELETE", f"/role-holders/{given['id']}", person="wang")
    await ask(office, "PUT", "/people/li", person="wang", json=order)

    async with office.database.read() as session:
        noted = await Audit(session).page()
    assert [(one.act, one.object, one.person, one.before, one.after) for one in reversed(noted)] == [
        ("person.changed", "person:li", "wang", {"position": "采购专员"}, {"position": "采购主管"}),
        ("duty.given", "duty:buyer", "wang", None, {"role": "buyer", "person": "li"}),
        ("duty.taken", "duty:buyer", "wang", {"role": "buyer", "person": "li"}, None),
    ]


async def test_the_last_administrator_does_not_leave(office: Office) -> None:
    await with_login(office, "wang", "administrator")
    seen = (await ask(office, "GET", "/people/wang"))[1]["whole"]

    order = {"stamp": seen["stamp"], "person": {**seen["person"], "active": False}}
    status, refused = await ask(office, "PUT", "/people/wang", json=order)

    assert (status, refused["code"]) == (409, "last_administrator")
    assert (await ask(office, "GET", "/people/wang"))[1]["active"] is True


async def test_a_head_of_department_sees_all_of_those_below_and_the_directory_of_the_rest(office: Office) -> None:
    await with_login(office, "chen", "manager")
    await log_in(office, "chen")

    near = (await office.http.get("/api/v1/people/li")).json()
    far = (await office.http.get("/api/v1/people/wang")).json()
    roles = (await office.http.get("/api/v1/role-holders")).json()
    export = await office.http.get("/api/v1/people/export")

    assert (near["whole"] is None, far["whole"]) == (False, None)
    assert [one["person"] for one in roles] == ["chen"]
    assert (export.status_code, export.json()["code"]) == (403, "not_all")
