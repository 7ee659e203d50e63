from tests.api.office import Office


async def test_the_latest_releases_are_listed(office: Office) -> None:
    await office.publish()

    (listed,) = (await office.http.get("/api/v1/processes", headers=await office.token("read"))).json()

    assert (listed["key"], listed["release"], listed["document"]) == (
        "purchase-approval",
        "purchase-approval@1",
        "erp:purchase_requisition",
    )


async def test_a_definition_is_shown_as_its_author_wrote_it(office: Office) -> None:
    await office.publish()

    told = (await office.http.get("/api/v1/processes/purchase-approval", headers=await office.token("read"))).json()

    assert told["process"]["steps"][0]["approval"] == "approve"


async def test_people_are_listed_without_their_accounts(office: Office) -> None:
    people = (await office.http.get("/api/v1/people", headers=await office.token("act", person="li"))).json()

    (gone,) = [one for one in people if one["id"] == "gone"]
    assert gone == {
        "id": "gone", "name": "离职", "department": None, "department_name": None, "position": "", "active": False,
    }  # fmt: skip
