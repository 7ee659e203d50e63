"""The first run: nobody can log in yet, and whoever has the operator's code becomes the administrator."""

from typing import Any

import pytest

from api.setup import new_code
from postroad.model.refusals import Conflict
from postroad.store.people import People
from tests.api.entering import log_in, with_login
from tests.api.office import Office

SETUP = "/api/v1/setup"


def first_run(code: str, person: str = "boss", **more: str) -> dict[str, Any]:
    return {
        "code": code,
        "person": {"id": person, "name": "老板"},
        "login": "boss-login",
        "password": "ten drops of ink",
    } | more


async def code(office: Office) -> str:
    async with office.database.begin() as session:
        return await new_code(session, office.parts.now())


async def test_the_first_administrator_comes_in_with_the_code_once(office: Office) -> None:
    printed = await code(office)

    assert (await office.http.get(SETUP)).json() == {"needed": True}
    entered = await office.http.post(SETUP, json=first_run(printed))

    assert entered.status_code == 200, entered.text
    assert entered.json()["roles"] == ["administrator"]
    assert (await office.http.get("/api/v1/tasks")).status_code == 200
    assert (await office.http.get(SETUP)).json() == {"needed": False}
    again = await office.http.post(SETUP, json=first_run(printed, login="second"))
    assert (again.status_code, again.json()["code"]) == (409, "setup_done")
    office.http.cookies.clear()
    assert (await log_in(office, "boss-login")).status_code == 200
    async with office.database.read() as session:
        everybody = {person.id for person in (await People(session).organisation()).people}
    assert {"boss", "chen", "gone"} <= everybody


async def test_somebody_of_the_organisation_becomes_the_administrator(office: Office) -> None:
    entered = await office.http.post(SETUP, json=first_run(await code(office), "wang"))

    assert entered.json()["person"]["name"] == "王强"


async def test_a_code_that_is_wrong_old_or_replaced_opens_nothing(office: Office) -> None:
    replaced, old = await code(office), await code(office)
    assert (await office.http.post(SETUP, json=first_run(replaced))).json()["code"] == "bad_setup_code"
    office.ahead(hours=24)

    assert (await office.http.post(SETUP, json=first_run(old))).json()["code"] == "bad_setup_code"
    assert (await office.http.post(SETUP, json=first_run("guessed"))).json()["code"] == "bad_setup_code"
    assert (await office.http.post(SETUP, json=first_run(await code(office), "gone"))).json()["code"] == "has_left"


async def test_no_code_is_made_once_somebody_can_log_in(office: Office) -> None:
    await with_login(office, "chen")

    with pytest.raises(Conflict, match="已经有人可以登录"):
        await code(office)
