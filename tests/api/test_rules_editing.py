"""A rule table while somebody edits it: nothing of this is kept."""

from typing import Any

import pytest

from tests.api.office import Office
from tests.api.rulebook import KEY, Json, Rulebook, rulebook, table


@pytest.fixture
async def book(office: Office) -> Rulebook:
    return await rulebook(office)


def row(number: int, cell: str, role: str = "buyer") -> Json:
    return {"id": f"r{number}", "when": {"amount": cell}, "then": {"approver": {"role": role}}}


async def asked(book: Rulebook, address: str, **said: Any) -> Json:
    answer = await book.office.http.post(f"/api/v1/rules/{address}", json=said, headers=book.li)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


async def test_an_edited_table_is_told_cell_by_cell_with_what_is_wrong_and_how_to_mend_it(book: Rulebook) -> None:
    told = await asked(book, "check", table=table(row(1, "< 5000"), row(2, "> 5000")))

    assert told["rows"][0] == {
        "amount": {"zh": "小于 5,000 元", "en": "less than 5,000 CNY"},
        "approver": {"zh": "buyer", "en": "buyer"},
    }
    assert [stop["code"] for stop in told["stops"]] == ["gap"]
    gap = told["findings"][0]
    assert (gap["sort"], gap["example"]["zh"]) == ("gap", "金额 5,000 元")
    assert (
        gap["mendings"][0]["steps"][0] | {"kind": "set_cell", "row": "r1", "cell": "<= 5000"}
        == (gap["mendings"][0]["steps"][0])
    )
    assert told["boundaries"][0]["answer"]["zh"]
    assert (await book.office.http.get("/api/v1/rules", headers=book.li)).json() == []


async def test_a_cell_that_cannot_be_read_does_not_keep_the_others_from_being_told(book: Rulebook) -> None:
    told = await asked(book, "check", table=table(row(1, "很多"), row(2, ">= 5000")))

    assert "amount" not in told["rows"][0]
    assert told["rows"][1]["amount"]["zh"] == "不小于 5,000 元"
    assert told["findings"][0]["rows"] == ["r1"]


async def test_what_people_type_becomes_cells(book: Rulebook) -> None:
    columns = {key: table()[key] for key in ("inputs", "outputs")}
    cells = [
        {"column": "amount", "typed": "5万以上"},
        {"column": "amount", "typed": "很多"},
        {"column": "amount", "shape": {"spans": [{"low": "1", "high": "2", "high_in": False}]}},
        {"column": "approver", "typed": "流程负责人"},
        {"column": "approver", "typed": "宇航员"},
        {"column": "nothing", "typed": "1"},
    ]
    read = (await asked(book, "read-cells", **columns, cells=cells))["cells"]

    assert (read[0]["cell"], read[0]["says"]["zh"]) == (">= 50000", "不小于 50,000 元")
    assert read[0]["shape"]["spans"] == [{"low": "50000", "low_in": True, "high": None, "high_in": False}]
    assert read[2]["cell"] == "[1..2)"
    assert read[3]["value"] == {"process_owner": True}
    assert [bool(one["wrong"]) for one in read] == [False, True, False, False, True, True]


async def test_trying_says_the_answer_the_nearest_miss_and_what_would_change_it(book: Rulebook) -> None:
    told = await asked(book, "try", table=table(), inputs={"amount": "4999"})

    assert told["answer"]["zh"] == "第 1 行 → buyer"
    assert told["near"][0]["text"]["zh"] == "第 2 行只差一个条件：要求金额不小于 5,000 元，实际是 4,999 元"
    assert told["changes"][0]["text"]["zh"] == "若金额不小于 5,000 元：第 2 行 → purchasing_director"


async def test_a_draft_is_not_saved_over_somebody_elses_change(book: Rulebook) -> None:
    first = (await book.draft()).json()
    address, http = f"/api/v1/rules/{KEY}/versions/1", book.office.http
    mine = {"table": table(row(1, "< 6000"), row(2, ">= 6000")), "was": first["sha256"]}
    saved = await http.put(address, json=mine, headers=book.li)
    late = await http.put(address, json={**mine, "table": table()}, headers=book.li)

    assert saved.status_code == 200
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")


async def test_a_version_is_compared_with_the_one_in_force_and_its_hits_are_counted(book: Rulebook) -> None:
    await book.published()
    await book.draft(table(row(1, "< 6000"), row(2, ">= 6000", role="purchasing_director")))
    deciding = await book.office.token("rules_evaluate")
    for amount in (1, 2, 7000, -1):
        said = {"inputs": {"amount": amount}}
        await book.office.http.post(f"/api/v1/rules/{KEY}/evaluate", json=said, headers=deciding)

    http = book.office.http
    told = (await http.get(f"/api/v1/rules/{KEY}/versions/2/differences", headers=book.li)).json()
    hits = (await http.get(f"/api/v1/rules/{KEY}/hits", headers=book.li)).json()

    assert (told["since"], [one["row"] for one in told["differences"]]) == (1, ["r1", "r2"])
    assert told["differences"][0]["text"]["zh"] == "第 1 行的金额：小于 5,000 元 → 小于 6,000 元"
    assert hits == {"days": 90, "n": 4, "rows": {"r1": 2, "r2": 1}, "by_default": 0, "unanswered": 1}


async def test_a_file_is_read_without_drafting_anything(book: Rulebook) -> None:
    await book.draft()
    http = book.office.http
    file = await http.get(f"/api/v1/rules/{KEY}/versions/1/export?format=xlsx", headers=book.li)
    read = await http.post("/api/v1/rules/read-file?format=xlsx", content=file.content, headers=book.li)

    assert read.json()["rows"][0]["when"] == {"amount": "< 5000"}
    assert len((await http.get(f"/api/v1/rules/{KEY}", headers=book.li)).json()["versions"]) == 1


async def test_an_editor_is_offered_whom_it_can_name(book: Rulebook) -> None:
    told = (await book.office.http.get("/api/v1/who-choices", headers=book.li)).json()

    assert [one["role"] for one in told["roles"]] == ["buyer", "purchasing_director"]
    assert [one["name"] for one in told["people"]] == ["李四", "王强", "陈静"]
