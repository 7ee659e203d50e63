from temporalio import activity
from temporalio.exceptions import ApplicationError

from postroad.model.refusals import Refusal
from postroad.model.table import Evaluation
from postroad.rules.evaluate import evaluate
from postroad.store.compiled import CompiledTables
from postroad.store.database import Database
from workflows.steps import EvaluateOrder, RuleSteps


class Rules(RuleSteps):
    """Evaluates published tables."""

    def __init__(self, database: Database) -> None:
        self._tables = CompiledTables(database)

    @activity.defn(name="rules.evaluate")
    async def evaluate(self, order: EvaluateOrder) -> Evaluation:
        try:
            table = await self._tables.get(order.table, order.sha256)
        except Refusal as refusal:
            # trying again cannot mend it; a person has to
            raise ApplicationError(str(refusal), type=type(refusal).__name__, non_retryable=True) from refusal
        return evaluate(table, order.inputs)
