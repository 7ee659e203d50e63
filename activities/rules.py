from time import perf_counter
from zoneinfo import ZoneInfo

from temporalio import activity
from temporalio.exceptions import ApplicationError

from postroad.model.refusals import Refusal
from postroad.model.table import Evaluation
from postroad.rules.compile import CompiledTable
from postroad.rules.evaluate import evaluate
from postroad.store.compiled import CompiledTables
from postroad.store.database import Database
from postroad.store.rule_versions import RuleVersions
from workflows.steps import EvaluateOrder, RuleSteps


class Rules(RuleSteps):
    """Evaluates published tables; their days are those of the company's `zone`."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database, self._zone = database, zone
        self._tables = CompiledTables(database)

    @activity.defn(name="rules.evaluate")
    async def evaluate(self, order: EvaluateOrder) -> Evaluation:
        began = perf_counter()
        try:
            table = await self._table(order)
        except Refusal as refusal:
            # trying again cannot mend it; a person has to
            raise ApplicationError(str(refusal), type=type(refusal).__name__, non_retryable=True) from refusal
        answer = evaluate(table, order.inputs, order.at.astimezone(self._zone).date() if order.at else None)
        return answer.model_copy(update={"ms": round((perf_counter() - began) * 1000, 3)})

    async def _table(self, order: EvaluateOrder) -> CompiledTable:
        sha256 = order.sha256
        if order.pin == "latest" and order.at is not None:
            async with self._database.read() as session:
                latest = await RuleVersions(session).in_force(order.table, order.at)
            sha256 = latest.sha256 if latest else sha256
        return await self._tables.get(order.table, sha256)
