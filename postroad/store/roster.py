"""People and departments as lists that are looked through, page by page."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from postroad.model.people import Department, Person
from postroad.store.people import DepartmentRow, PersonRow


class Roster:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self,
        *,
        search: str = "",
        departments: Collection[str] | None = None,
        active: bool | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> list[Person]:
        """People in the order of the file. `search` looks into names, ids and positions; `after` is somebody's id."""
        wanted = select(PersonRow).where(*_among(search, departments, active))
        if after is not None:
            place = select(col(PersonRow.place)).where(col(PersonRow.id) == after).scalar_subquery()
            wanted = wanted.where(col(PersonRow.place) > place)
        rows = await self._session.scalars(wanted.order_by(col(PersonRow.place)).limit(limit))
        return [row.person for row in rows]

    async def departments(self) -> list[Department]:
        """Every department, in the order of the file."""
        rows = await self._session.scalars(select(DepartmentRow).order_by(col(DepartmentRow.place)))
        return [Department.model_validate(row.model_dump(exclude={"place"})) for row in rows]

    async def counts(self) -> dict[str, int]:
        """Department → how many active people are in it, not counting those below."""
        wanted = (
            select(col(PersonRow.department), func.count())
            .where(col(PersonRow.department).is_not(None), col(PersonRow.active))
            .group_by(col(PersonRow.department))
        )
        return {row[0]: row[1] for row in await self._session.execute(wanted) if row[0]}


def below(departments: Sequence[Department], top: str) -> set[str]:
    """The department and all that lie in it, at any depth."""
    found, fresh = set[str](), {top}
    while fresh:
        found |= fresh
        fresh = {one.id for one in departments if one.parent in fresh} - found
    return found


def with_those_below(departments: Sequence[Department], counts: Mapping[str, int]) -> Counter[str]:
    """What is counted in a department counts in all those it lies in, too."""
    above, total = {one.id: one.parent for one in departments}, Counter[str]()
    for department, count in counts.items():
        here, seen = department, set[str]()
        while here in above and here not in seen:
            seen.add(here)
            total[here] += count
            here = above[here] or ""
    return total


def path(departments: Sequence[Department], bottom: str | None) -> list[Department]:
    """From the top down to the department; empty for none."""
    known, way = {one.id: one for one in departments}, list[Department]()
    here = known.get(bottom or "")
    while here is not None and here not in way:
        way.insert(0, here)
        here = known.get(here.parent or "")
    return way


def _among(search: str, departments: Collection[str] | None, active: bool | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for word in search.split():
        columns = (col(PersonRow.name), col(PersonRow.id), col(PersonRow.position))
        conditions.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    if departments is not None:
        conditions.append(col(PersonRow.department).in_(departments))
    if active is not None:
        conditions.append(col(PersonRow.active).is_(active))
    return conditions
