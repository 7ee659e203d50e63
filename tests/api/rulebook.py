"""A rule table on its way through the API: who owns it, who approves it, and what may be wrong with it."""

from typing import Any

import httpx

from postroad.model.people import Organisation
from postroad.store.people import People
from tests.api.office import Office

KEY = "purchase-route"
COMPANY = Organisation.model_validate(
    {
        "people": [{"id": one, "name": name} for one, name in (("li", "李四"), ("wang", "王强"), ("chen", "陈静"))],
        "roles": [{"role": "buyer", "person": "chen"}, {"role": "purchasing_director", "person": "wang"}],
    }
)
Json = dict[str, Any]


def table(*rows: Json, **settings: Any) -> Json:
    """What small requests and large ones need; `rows` instead of the usual ones."""
    usual: list[Json] = [
        {"id": "r1", "when": {"amount": "< 5000"}, "then": {"approver": {"role": "buyer"}}},
        {"id": "r2", "when": {"amount": ">= 5000"}, "then": {"approver": {"role": "purchasing_director"}}},
    ]
    return {
        "table": KEY,
        "title": {"zh": "采购分派", "en": "Purchase routing"},
        "hit": "unique",
        "inputs": [{"key": "amount", "title": "金额", "type": "money", "unit": "CNY", "domain": "[0..)"}],
        "outputs": [{"key": "approver", "title": "审批人", "type": "who"}],
        "rows": list(rows) or usual,
        **settings,
    }


class Rulebook:
    """Li writes, Wang approves. Every method gives the API's answer."""

    def __init__(self, office: Office, li: dict[str, str], wang: dict[str, str]) -> None:
        self.office, self.li, self.wang = office, li, wang

    async def draft(self, told: Json | None = None, **more: Any) -> httpx.Response:
        body = more or {"table": told or table()}
        return await self.office.http.post(f"/api/v1/rules/{KEY}/drafts", json=body, headers=self.li)

    async def do(self, act: str, number: int = 1, by: dict[str, str] | None = None, **said: Any) -> httpx.Response:
        usual = self.wang if act in {"approve", "retire"} else self.li
        address = f"/api/v1/rules/{KEY}/versions/{number}/{act}"
        return await self.office.http.post(address, json=said, headers=by or usual)

    async def published(self, told: Json | None = None, **said: Any) -> Json:
        """A version that went all the way."""
        number = (await self.draft(told)).json()["version"]
        for act, more in (("check", {"acknowledge": ["default"]}), ("approve", {}), ("publish", said)):
            answer = await self.do(act, number, **more)
            assert answer.status_code == 200, answer.text
        shown: Json = answer.json()
        return shown


async def rulebook(office: Office) -> Rulebook:
    async with office.database.begin() as session:
        await People(session).load(COMPANY)
    li = await office.token("rules", "read", person="li")
    return Rulebook(office, li, await office.token("rules_approve", "read", person="wang"))
