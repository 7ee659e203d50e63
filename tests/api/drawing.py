"""A process on its way through the API: who draws it, who approves it, and what a drawing looks like."""

from typing import Any

import httpx

from postroad.model.people import Organisation
from postroad.store.people import People
from tests.api.office import Office
from tests.api.rulebook import Rulebook, rulebook

KEY = "purchase"
Json = dict[str, Any]
COMPANY = Organisation.model_validate(
    {
        "departments": [{"id": "workshop", "name": "车间", "head": "zhang"}],
        "people": [
            {"id": "li", "name": "李四", "department": "workshop", "superior": "zhang"},
            {"id": "zhang", "name": "张伟", "department": "workshop"},
            {"id": "chen", "name": "陈静"},
            {"id": "wang", "name": "王强"},
        ],
        "roles": [
            {"role": "buyer", "person": "chen", "title": {"zh": "采购员", "en": "Buyer"}},
            {"role": "purchasing_director", "person": "wang", "title": {"zh": "采购总监", "en": "Purchasing director"}},
            {"role": "process_owner", "person": "wang"},
        ],
    }
)
ROUTE = {"decide": "route", "title": "采购分派", "table": "purchase-route"}
APPROVE = {"approval": "approve", "title": "采购审批", "who": {"from": "route.approver"}}
COPY = {"cc": "tell", "title": "抄送", "when": {"amount": "> 100000"}, "who": {"department_head_of": "applicant"}}


def drawing(*steps: Json, **settings: Any) -> Json:
    return {
        "process": KEY,
        "title": {"zh": "采购", "en": "Purchase"},
        "owner": {"role": "process_owner"},
        "document": {
            "system": "erp",
            "kind": "purchase_requisition",
            "starts_on": "submitted",
            "card": [{"field": "amount", "title": {"zh": "金额", "en": "Amount"}}],
        },
        "steps": list(steps) or [ROUTE, APPROVE, COPY],
        **settings,
    }


def case(amount: str, *, by: str, **expect: Any) -> Json:
    """Li asks for so much, and this person approves it."""
    return {
        "name": f"{amount} 元",
        "start": {"initiator": "li", "document": {"number": "PR-1", "amount": amount}},
        "script": [{"as": by, "do": "approve"}],
        "expect": {"outcome": "approved", **expect},
    }


class Board:
    """Li draws, Wang approves. Every method gives the API's answer."""

    def __init__(self, book: Rulebook, li: dict[str, str], wang: dict[str, str]) -> None:
        self.office, self.book, self.li, self.wang = book.office, book, li, wang

    async def post(self, path: str, said: Json, by: dict[str, str] | None = None) -> httpx.Response:
        return await self.office.http.post(f"/api/v1/processes/{path}", json=said, headers=by or self.li)

    async def get(self, path: str, by: dict[str, str] | None = None) -> httpx.Response:
        return await self.office.http.get(f"/api/v1/processes/{path}", headers=by or self.li)

    async def draft(self, drawn: Json | None = None, **more: Any) -> httpx.Response:
        return await self.post(
            "drafts", {**({} if "from_version" in more else {"process": drawn or drawing()}), **more}
        )

    async def save(self, drawn: Json, revision: int, number: int = 1, **more: Any) -> httpx.Response:
        body = {"process": drawn, "revision": revision, **more}
        return await self.office.http.put(f"/api/v1/processes/{KEY}/versions/{number}", json=body, headers=self.li)

    async def do(self, act: str, number: int = 1, by: dict[str, str] | None = None, **said: Any) -> httpx.Response:
        usual = self.wang if act in {"approve", "retire"} else self.li
        return await self.post(f"{KEY}/versions/{number}/{act}", said, by or usual)

    async def published(self, drawn: Json | None = None, **said: Any) -> Json:
        """A version that went all the way."""
        number = (await self.draft(drawn)).json()["version"]
        for act, more in (("check", {}), ("approve", {}), ("publish", said)):
            answer = await self.do(act, number, **more)
            assert answer.status_code == 200, answer.text
        shown: Json = answer.json()
        return shown


async def board(office: Office) -> Board:
    """With the rule table that the drawing asks, in force."""
    book = await rulebook(office)
    await book.published()
    async with office.database.begin() as session:
        await People(session).load(COMPANY)
    li = await office.token("processes", person="li")
    return Board(book, li, await office.token("processes_approve", person="wang"))
