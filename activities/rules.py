from temporalio import activity
from temporalio.exceptions import ApplicationError

from postroad.model.refusals import Refusal, Unknown
from postroad.model.table import Evaluation
from postroad.rules.compile import CompiledTable, compile_table
from postroad.rules.evaluate import evaluate
from postroad.store.database import Database
from postroad.store.releases import Releases
from workflows.steps import EvaluateOrder, RuleSteps

MOST_KEPT = 256
"""Compiled tables kept in memory; the one that came first makes room."""


class Rules(RuleSteps):
    """Evaluates published tables. A content hash never means anything else, so what is compiled stays compiled."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._compiled: dict[str, CompiledTable] = {}

    @activity.defn(name="rules.evaluate")
    async def evaluate(self, order: EvaluateOrder) -> Evaluation:
        try:
            table = await self._table(order)
        except Refusal as refusal:
            # trying again cannot mend it; a person has to
            raise ApplicationError(str(refusal), type=type(refusal).__name__, non_retryable=True) from refusal
        return evaluate(table, order.inputs)

    async def _table(self, order: EvaluateOrder) -> CompiledTable:
        if order.sha256 not in self._compiled:
            compiled = await self._load(order)
            if len(self._compiled) >= MOST_KEPT:
                del self._compiled[next(iter(self._compiled))]
            self._compiled[order.sha256] = compiled
        return self._compiled[order.sha256]

    async def _load(self, order: EvaluateOrder) -> CompiledTable:
        async with self._database.read() as session:
            table = await Releases(session).table(order.sha256)
        if table is None:
            raise Unknown(
                f"规则表 {order.table}（{order.sha256[:12]}）没有发布过；请重新发布使用它的流程",
                f"rule table {order.table} ({order.sha256[:12]}) was never published; publish the process that uses it",
            )
        return compile_table(table)
