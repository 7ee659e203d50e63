"""Logging in with a browser: a cookie that scripts cannot read, a header that other sites cannot send."""

from http.cookies import SimpleCookie

import pytest

from postroad.store.people import People
from tests.api.entering import PASSWORD, SESSION, csrf, log_in, with_login
from tests.api.office import ORGANISATION, Office


async def test_who_logs_in_is_told_who_they_are_and_what_they_may(office: Office) -> None:
    await with_login(office, "chen", "member", "auditor")

    entered = await log_in(office, "Chen")
    told = (await office.http.get(SESSION)).json()

    assert entered.status_code == 200
    assert told == entered.json()
    assert told["person"] == {"id": "chen", "name": "陈静", "department": None, "position": ""}
    assert (told["rights"], told["roles"]) == (["read", "act", "audit"], ["auditor", "member"])
    assert told["reach"] == {"everything": True, "departments": []}
    assert told["must_change_password"] is False


async def test_the_cookie_is_kept_from_scripts_and_other_sites(office: Office) -> None:
    await with_login(office, "chen")

    [cookie] = SimpleCookie((await log_in(office, "chen")).headers["set-cookie"]).values()

    assert (cookie.key, cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        "postroad_session",
        True,
        "lax",
        "/",
    )
    assert not cookie["secure"]


async def test_where_pages_come_over_https_the_cookie_does_too(office: Office) -> None:
    await with_login(office, "chen")
    office.parts.secure_cookies = True

    assert "Secure" in (await log_in(office, "chen")).headers["set-cookie"]


@pytest.mark.parametrize(("login", "password"), [("chen", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD)])
async def test_what_was_wrong_about_a_login_is_not_told(office: Office, login: str, password: str) -> None:
    await with_login(office, "chen")
    await with_login(office, "gone")

    answer = await log_in(office, login, password)

    assert (answer.status_code, answer.json()["code"]) == (401, "bad_login")
    assert "set-cookie" not in answer.headers


async def test_a_session_acts_as_its_person(office: Office) -> None:
    await with_login(office, "chen", "member")
    task = await office.task(await office.instance(), "chen")
    entered = await log_in(office, "chen")

    [listed] = (await office.http.get("/api/v1/tasks")).json()
    async with office.at_work():
        told = await office.http.post(
            f"/api/v1/tasks/{task.id}/decide", json={"action": "approve"}, headers=csrf(entered)
        )

    assert listed["id"] == task.id
    assert told.json()["verdict"] == "accepted"


async def test_another_site_changes_nothing_with_our_cookie(office: Office) -> None:
    await with_login(office, "chen", "member")
    task = await office.task(await office.instance(), "chen")
    await log_in(office, "chen")

    for headers in ({}, {"X-CSRF-Token": "0" * 64}):
        path = f"/api/v1/tasks/{task.id}/decide"
        answer = await office.http.post(path, json={"action": "approve"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert (await office.http.delete(SESSION)).json()["code"] == "csrf"


async def test_a_token_needs_no_such_header_even_beside_a_cookie(office: Office) -> None:
    await with_login(office, "chen")
    await log_in(office, "chen")

    answer = await office.http.post("/api/v1/absences", json={}, headers=await office.token("act", person="li"))

    assert answer.status_code == 422


async def test_who_logged_out_is_out(office: Office) -> None:
    await with_login(office, "chen", "member")
    entered = await log_in(office, "chen")
    secret = office.http.cookies["postroad_session"]

    left = await office.http.delete(SESSION, headers=csrf(entered))

    assert left.status_code == 204
    assert "postroad_session" not in office.http.cookies
    stolen = await office.http.get(SESSION, headers={"Cookie": f"postroad_session={secret}"})
    assert (stolen.status_code, stolen.json()["code"]) == (401, "no_session")


async def test_a_session_ends_when_it_is_not_used_and_at_last_in_any_case(office: Office) -> None:
    await with_login(office, "chen", "member")
    await log_in(office, "chen")

    for _ in range(14):
        office.ahead(hours=11)
        assert (await office.http.get(SESSION)).status_code == 200
    office.ahead(hours=11)
    assert (await office.http.get(SESSION)).status_code == 200
    office.ahead(hours=11)
    assert (await office.http.get(SESSION)).status_code == 401

    await log_in(office, "chen")
    office.ahead(hours=12)
    assert (await office.http.get("/api/v1/tasks")).status_code == 401


async def test_a_new_password_ends_the_sessions_everywhere_else(office: Office) -> None:
    await with_login(office, "chen", "member")
    await log_in(office, "chen")
    elsewhere = {"Cookie": f"postroad_session={office.http.cookies['postroad_session']}"}
    office.http.cookies.clear()
    entered = await log_in(office, "chen")

    changed = await office.http.put(
        f"{SESSION}/password", json={"old": PASSWORD, "new": "twelve drops of ink"}, headers=csrf(entered)
    )

    assert changed.status_code == 200
    assert (await office.http.get(SESSION)).json()["csrf"] == changed.json()["csrf"] != entered.json()["csrf"]
    office.http.cookies.clear()
    assert (await office.http.get(SESSION, headers=elsewhere)).status_code == 401
    assert (await log_in(office, "chen")).status_code == 401
    assert (await log_in(office, "chen", "twelve drops of ink")).status_code == 200


@pytest.mark.parametrize("new", ["short", "chen-chen-chen", "aaaaaaaaaaaaaa"])
async def test_a_password_that_is_guessed_first_is_refused(office: Office, new: str) -> None:
    await with_login(office, "chen")
    entered = await log_in(office, "chen")

    answer = await office.http.put(f"{SESSION}/password", json={"old": PASSWORD, "new": new}, headers=csrf(entered))

    assert answer.status_code == 422
    assert new not in answer.text


async def test_nobody_changes_a_password_without_the_old_one(office: Office) -> None:
    await with_login(office, "chen")
    entered = await log_in(office, "chen")

    told = {"old": "not this one", "new": "twelve drops of ink"}
    answer = await office.http.put(f"{SESSION}/password", json=told, headers=csrf(entered))

    assert (answer.status_code, answer.json()["code"]) == (401, "bad_login")


async def test_a_one_time_password_is_good_for_choosing_another_only(office: Office) -> None:
    await with_login(office, "chen", "member", must_change=True)
    entered = await log_in(office, "chen")

    before = await office.http.get("/api/v1/tasks")
    told = {"old": PASSWORD, "new": "twelve drops of ink"}
    await office.http.put(f"{SESSION}/password", json=told, headers=csrf(entered))

    assert entered.json()["must_change_password"] is True
    assert (before.status_code, before.json()["code"]) == (403, "password_change_needed")
    assert (await office.http.get("/api/v1/tasks")).status_code == 200


async def test_who_guesses_has_to_wait_whatever_the_name(office: Office) -> None:
    await with_login(office, "chen")
    for login in ("chen", "nobody"):
        guesses = [await log_in(office, login, "wrong") for _ in range(11)]

        assert [one.status_code for one in guesses] == [401] * 10 + [429]
        assert 800 < int(guesses[-1].headers["Retry-After"]) <= 900
    assert (await log_in(office, "chen")).status_code == 429

    office.ahead(minutes=15)
    assert (await log_in(office, "chen")).status_code == 200


async def test_who_guesses_at_many_names_from_one_place_has_to_wait(office: Office) -> None:
    guesses = [await log_in(office, f"name-{number}", "wrong") for number in range(51)]

    assert [one.status_code for one in guesses] == [401] * 50 + [429]


async def test_who_logs_in_rightly_is_not_counted(office: Office) -> None:
    await with_login(office, "chen")

    for _ in range(8):
        for _ in range(7):
            await log_in(office, "chen", "wrong")
        assert (await log_in(office, "chen")).status_code in {200, 429}
    assert (await log_in(office, "chen", "wrong")).status_code == 429, "the wrong ones count for the address"


async def test_who_leaves_is_out_at_once(office: Office) -> None:
    await with_login(office, "chen", "member")
    await log_in(office, "chen")
    left = ORGANISATION.model_dump(mode="json")
    left["people"] = [{**one, "active": one["id"] not in {"chen", "gone"}} for one in left["people"]]
    async with office.database.begin() as session:
        await People(session).load(ORGANISATION.model_validate(left))

    assert (await office.http.get(SESSION)).status_code == 401
