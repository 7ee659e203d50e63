"""Whose instances and tasks a reach covers, as conditions of queries. Every list that people see is narrowed by these.

    select(InstanceRow).where(instances_within(reach))
    select(TaskRow).where(tasks_within(reach))

Somebody sees an instance that was begun in a department they reach, or in which they take part: who began it, whoever
has or had a task in it (also a copy), and the agent of one who has; an agent whose time ended without a decision took
no part. Tasks are seen with their instance. What of an instance is seen then, field by field, says
`postroad/process/sight.py`.
"""

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlmodel import col

from postroad.model.rights import Reach
from postroad.store.instances import InstanceRow
from postroad.store.tasks import TaskRow, may_be_done_by


def instances_within(reach: Reach) -> ColumnElement[bool]:
    """For queries over InstanceRow."""
    if reach.everything:
        return true()
    if reach.person is None:
        return begun_within(reach)
    takes_part = select(col(TaskRow.instance)).where(may_be_done_by(reach.person))
    own = (col(InstanceRow.initiator) == reach.person, col(InstanceRow.id).in_(takes_part))
    return or_(begun_within(reach), *own) if reach.departments else or_(*own)


def begun_within(reach: Reach) -> ColumnElement[bool]:
    """The same, but for what the person merely takes part in: what they may read whole."""
    if reach.everything:
        return true()
    return col(InstanceRow.department).in_(sorted(reach.departments)) if reach.departments else false()


def tasks_within(reach: Reach) -> ColumnElement[bool]:
    """For queries over TaskRow."""
    if reach.everything:
        return true()
    return col(TaskRow.instance).in_(select(col(InstanceRow.id)).where(instances_within(reach)))
