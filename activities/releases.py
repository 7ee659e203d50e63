from temporalio import activity
from temporalio.exceptions import ApplicationError

from postroad.store.database import Database
from postroad.store.releases import Releases
from workflows.steps import LatestOrder, LatestRelease, ReleaseSteps


class Published(ReleaseSteps):
    """Finds what was published; no release ever changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="releases.latest")
    async def latest(self, order: LatestOrder) -> LatestRelease:
        async with self._database.read() as session:
            found = await Releases(session).latest(order.process)
        if found is None:
            message = (
                f"没有发布过流程 {order.process}；请先发布，再重试 / "
                f"the process {order.process} was never published; publish it and retry"
            )
            raise ApplicationError(message, type="Unknown", non_retryable=True)
        return LatestRelease(release=found.id, process=found.process, tables=found.tables)
