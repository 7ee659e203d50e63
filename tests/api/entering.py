"""People who log in, in tests."""

from typing import Any

import httpx

from postroad.store.grants import Grants
from postroad.store.logins import Logins
from tests.api.office import Office

PASSWORD = "ten drops of ink"
SESSION = "/api/v1/session"


async def with_login(office: Office, person: str, *roles: str, must_change: bool = False) -> None:
    hashed = await office.parts.passwords.hashed(PASSWORD)
    async with office.database.begin() as session:
        await Logins(session).put(person, person, hashed, office.parts.now(), must_change=must_change)
        for role in roles:
            await Grants(session).give(person, role, None, office.parts.now(), by="")


async def log_in(office: Office, person: str, password: str = PASSWORD) -> httpx.Response:
    return await office.http.post(SESSION, json={"login": person, "password": password})


def csrf(answer: httpx.Response) -> dict[str, str]:
    return {"X-CSRF-Token": answer.json()["csrf"]}


class Desk:
    """Somebody who is logged in, beside others."""

    def __init__(self, office: Office, entered: httpx.Response) -> None:
        self.office = office
        self.headers = {"Cookie": f"postroad_session={office.http.cookies['postroad_session']}", **csrf(entered)}
        office.http.cookies.clear()

    async def asks(self, method: str, path: str, **told: Any) -> httpx.Response:
        return await self.office.http.request(method, f"/api/v1{path}", headers=self.headers, **told)

    async def gives(self, person: str, role: str, **more: Any) -> httpx.Response:
        return await self.asks("POST", "/grants", json={"person": person, "role": role, **more})

    async def log(self, **about: str) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = (await self.asks("GET", "/audit", params=about)).json()
        return told


async def desk(office: Office, person: str, password: str = PASSWORD) -> Desk:
    return Desk(office, await log_in(office, person, password))
