"""Who may give what to whom: nobody more than they hold, and nobody to people beyond their reach."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from api.depends import Caller, Guard
from postroad.model.people import Person
from postroad.model.refusals import Forbidden, Unknown
from postroad.model.rights import Rights
from postroad.store.people import People

Steward = Annotated[Caller, Depends(Guard("people"))]
"""Whoever sees to what people may do, as far as their right to people reaches."""


async def person_within(session: AsyncSession, caller: Caller, person: str) -> Person:
    """Somebody whose rights the caller may see to. Raises Unknown also for those beyond the caller's reach."""
    found = await People(session).person(person)
    reach = caller.rights.reach("people")
    if found is None or not (reach.everything or found.department in reach.departments):
        raise Unknown(f"没有人员 {person}，或不在您的管理范围内", f"There is no person {person} within your reach")
    return found


def check_covers(caller: Caller, rights: Rights) -> None:
    """Raises Forbidden for rights of which the caller does not hold every one, as far as it reaches."""
    if not caller.rights.cover(rights):
        raise Forbidden(
            "这超出了您自己的权限，请由权限更大的人来做",
            "That is more than you may do yourself; ask somebody who may",
            code="more_than_held",
        )
