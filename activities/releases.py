from collections.abc import Callable
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from postroad.store.database import Database
from postroad.store.process_versions import in_use
from postroad.store.releases import Releases
from postroad.store.rule_versions import RuleVersions
from workflows.steps import LatestOrder, LatestRelease, ReleaseSteps


class Published(ReleaseSteps):
    """Finds what was published; no release ever changes. `clock` gives aware UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    @activity.defn(name="releases.latest")
    async def latest(self, order: LatestOrder) -> LatestRelease:
        async with self._database.read() as session:
            latest = await Releases(session).latest(order.process)
            found = next(iter(await in_use(session, [latest] if latest else [], self._clock())), None)
            tables = await RuleVersions(session).pinned(found.tables if found else {}, self._clock())
        if found is None:
            message = (
                f"没有发布过流程 {order.process}，或已停用；请先发布，再重试 / "
                f"the process {order.process} is not published, or retired; publish it and retry"
            )
            raise ApplicationError(message, type="Unknown", non_retryable=True)
        return LatestRelease(release=found.id, process=found.process, tables=tables)
