"""催办 through the API: by the initiator or an administrator, and nobody else."""

from tests.api.office import Office


async def test_the_initiator_urges_and_the_instance_is_asked(office: Office) -> None:
    view = await office.instance(initiator="li")
    li = await office.token("act", person="li")

    await office.http.post(f"/api/v1/instances/{view.id}/urge", json={"reason": "急"}, headers=li)

    async with office.at_work():
        assert len(await office.asks(view.id, "clicks")) == 1


async def test_somebody_who_takes_part_but_did_not_start_it_may_not(office: Office) -> None:
    view = await office.instance(initiator="li")
    await office.task(view, "chen")

    answer = await office.http.post(
        f"/api/v1/instances/{view.id}/urge", json={}, headers=await office.token("act", person="chen")
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "not_initiator")
