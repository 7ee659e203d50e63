from tests.api.drawing import APPROVE, KEY, ROUTE, board, case, drawing
from tests.api.office import Office


async def test_two_versions_are_told_apart_in_sentences(office: Office) -> None:
    desk = await board(office)
    await desk.draft(cases=[case("1", by="chen")])
    cases = [case("1", by="chen", told=[]), case("2", by="chen")]
    await desk.draft(drawing(ROUTE, APPROVE | {"mode": "any"}), cases=cases)

    told = (await desk.get(f"{KEY}/versions/1/difference?to=2")).json()

    assert [(one["kind"], one["node"], one["text"]["zh"]) for one in told["differences"]] == [
        ("changed", "approve", "采购审批：多人审批方式 全部 → 任一"),
        ("removed", "tell", "删除抄送“抄送”"),
    ]
    assert [one["zh"] for one in told["cases"]] == ["新增案例“2 元”", "修改案例“1 元”"]


async def test_what_cannot_be_read_is_said_to_be_left_out(office: Office) -> None:
    desk = await board(office)
    await desk.draft()
    await desk.draft(drawing(ROUTE, {"approval": "approve"}))

    told = (await desk.get(f"{KEY}/versions/1/difference?to=2")).json()

    assert told["left_out"] == ["approve"]
    assert (await desk.get(f"{KEY}/versions/1/difference?to=9")).status_code == 404
