from typing import Any

import pytest

from tests.api.office import Office

LATE = {"name": "快到期的采购", "area": "open", "query": "process=purchase-approval&due=today"}
MINE = {"name": "我的", "area": "instances", "query": ""}


async def test_everybody_has_views_of_their_own_in_their_order(office: Office) -> None:
    chen, wang = [await office.token("act", person=one) for one in ("chen", "wang")]

    kept = await office.http.put("/api/v1/views", json={"views": [MINE, LATE]}, headers=chen)
    await office.http.put("/api/v1/views", json={"views": [LATE, MINE]}, headers=chen)

    assert kept.status_code == 200
    assert (await office.http.get("/api/v1/views", headers=chen)).json() == {"views": [LATE, MINE]}
    assert (await office.http.get("/api/v1/views", headers=wang)).json() == {"views": []}


@pytest.mark.parametrize(
    "views", [[LATE, LATE], [{**MINE, "name": f"{number}"} for number in range(51)], [{"name": "x"}]]
)
async def test_views_without_an_area_too_many_or_of_one_name_are_refused(office: Office, views: list[Any]) -> None:
    chen = await office.token("act", person="chen")

    assert (await office.http.put("/api/v1/views", json={"views": views}, headers=chen)).status_code == 422
