from collections.abc import Mapping

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from activities.pause import pause
from postroad.connectors.base import Connector
from postroad.connectors.errors import AuthExpired, ConnectorFailure, NotFound, Rejected, Retryable
from postroad.model.document import Document, DocumentRef
from workflows.steps import DocumentSteps


class Documents(DocumentSteps):
    """Reads documents where they live. What trying again cannot mend is not tried again."""

    def __init__(self, connectors: Mapping[str, Connector]) -> None:
        self._connectors = connectors

    @activity.defn(name="documents.read")
    async def read(self, ref: DocumentRef) -> Document:
        with beating():
            return await self._read(ref)

    async def _read(self, ref: DocumentRef) -> Document:
        try:
            return await self._connector(ref).read(ref)
        except Retryable as later:
            raise ApplicationError(str(later), type="Retryable", next_retry_delay=pause(later.retry_after)) from later
        except AuthExpired as expired:
            renewed = await self._connector(ref).renew()
            raise ApplicationError(str(expired), type="AuthExpired", non_retryable=not renewed) from expired
        except (NotFound, Rejected) as final:
            raise ApplicationError(str(final), type=type(final).__name__, non_retryable=True) from final
        except ConnectorFailure as failure:
            raise ApplicationError(str(failure), type=type(failure).__name__, next_retry_delay=pause()) from failure

    def _connector(self, ref: DocumentRef) -> Connector:
        connector = self._connectors.get(ref.system)
        if connector is None:
            raise unknown_system(ref.system)
        return connector


def unknown_system(system: str) -> Rejected:
    return Rejected(
        f"没有名为 {system} 的连接器；请在连接器文件的 connectors 中添加 {system}",
        f"There is no connector named {system}; add {system} under connectors in the connectors file",
    )
