"""Which tasks may be decided together with others."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from postroad.model.decision import Action
from postroad.model.process import Approval
from postroad.model.task import InstanceView, Task, TaskState
from postroad.process import rights
from postroad.process.tree import plain
from postroad.store.releases import Releases

_MOST = 500
_TOGETHER = {Action.APPROVE, Action.REJECT, Action.COMPLETE}


class KeyControls:
    """The key controls of releases. A release never changes, so each is read once."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    async def of(self, session: AsyncSession, releases: Collection[str]) -> Mapping[str, frozenset[str]]:
        """The ids of the nodes that are decided one by one, by release; a release that is not known has none."""
        for id_ in set(releases) - self._known.keys():
            release = await Releases(session).find(id_)
            if release is not None:
                if len(self._known) >= _MOST:
                    self._known.clear()
                nodes = (node for _, node in release.process.walk())
                self._known[id_] = frozenset(one.id for one in nodes if isinstance(one, Approval) and one.key_control)
        return self._known


def goes_together(task: Task, view: InstanceView, person: str, key_controls: frozenset[str] | None) -> bool:
    """Whether the person may decide the task together with others; None for a release that is not known."""
    return (
        key_controls is not None
        and task.state is TaskState.OPEN
        and person in task.people
        and not _TOGETHER.isdisjoint(task.actions)
        and plain(task.node) not in key_controls
        and not rights.missing(task.fields, view.fields, {})
    )
