"""A backtest as a workflow: it outlives workers, is seen in the Web UI, and can be cancelled there."""

from temporalio import workflow
from temporalio.workflow import ActivityCancellationType

from workflows import patience
from workflows.steps import BacktestOrder, BacktestSteps

NAME = "postroad:backtest"
"""No process can have this name: their keys hold no colon."""


@workflow.defn(name=NAME)
class Backtest:
    """One backtest; how far it is and what it found stands in the database."""

    @workflow.run
    async def run(self, order: BacktestOrder) -> None:
        await workflow.execute_activity_method(
            BacktestSteps.backtest,
            order,
            summary="回测规则表",
            cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
            **patience.COMPARING,
        )
