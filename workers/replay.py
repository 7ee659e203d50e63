"""Replays exported histories through the present code: an instance of months ago must still go the way it went."""

import json
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from workers.sandboxed import runner
from workflows.backtest import Backtest
from workflows.process import ProcessWorkflow


@dataclass(frozen=True)
class Replayed:
    """One history and what came of it; `problem` is empty when it replayed."""

    path: Path
    workflow_id: str
    events: int
    problem: str = ""


def read(path: Path) -> WorkflowHistory:
    """A history as `temporal workflow show -o json` writes it.

    Raises:
        ValueError: the file is not such a history.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        started = told["events"][0]["workflowExecutionStartedEventAttributes"]
    except (json.JSONDecodeError, UnicodeDecodeError, LookupError, TypeError) as error:
        raise ValueError(f"{path} 不是导出的历史（temporal workflow show -o json）/ is no exported history") from error
    return WorkflowHistory.from_json(started.get("workflowId", path.stem), told)


async def replay(path: Path) -> Replayed:
    """Replay one exported history. A divergence is told in `problem`; an unreadable file raises ValueError."""
    history = read(path)
    replayer = Replayer(
        workflows=[ProcessWorkflow, Backtest], data_converter=pydantic_data_converter, workflow_runner=runner()
    )
    result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
    failure = result.replay_failure
    diverged = isinstance(failure, NondeterminismError)
    kind = "与代码不一致 / non-deterministic" if diverged else "重放失败 / replay failed"
    return Replayed(path, history.workflow_id, len(history.events), f"{kind}: {failure}" if failure else "")
