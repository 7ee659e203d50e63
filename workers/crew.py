"""Which worker serves which queue, and how it polls."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import PollerBehaviorAutoscaling, Worker, WorkerDeploymentConfig

from workers.sandboxed import runner
from workflows import queues
from workflows.backtest import Backtest
from workflows.process import ProcessWorkflow
from workflows.steps import (
    BacktestSteps,
    CalendarSteps,
    ChatSteps,
    DocumentSteps,
    EffectSteps,
    PeopleSteps,
    ReleaseSteps,
    RuleSteps,
    TaskSteps,
)

STICKY = timedelta(seconds=3)
"""How long an instance waits for the worker that last had it, before any other may go on."""

AT_ONCE = 16
"""Workflow tasks that a worker holds. They share one processor, and each must be done within the task time-out: after a
restart a backlog waits better at the server, where no clock runs, than in the worker, where all would be late.
"""

FAREWELL = timedelta(seconds=8)
"""How long a stopping worker lets running steps finish."""


@dataclass(frozen=True)
class Crew:
    """The real steps, made once, and the business systems there are connectors for."""

    rules: RuleSteps
    backtests: BacktestSteps
    releases: ReleaseSteps
    people: PeopleSteps
    calendar: CalendarSteps
    tasks: TaskSteps
    documents: DocumentSteps
    effects: EffectSteps
    chat: ChatSteps
    systems: Sequence[str]

    def queues(self) -> list[str]:
        return [queues.CORE, queues.CHAT, *(queues.for_system(system) for system in self.systems)]


@dataclass(frozen=True)
class Release:
    """The deployment and build that this worker says it is; None when versions are not managed."""

    deployment: str
    build: str

    def config(self) -> WorkerDeploymentConfig:
        version = WorkerDeploymentVersion(deployment_name=self.deployment, build_id=self.build)
        return WorkerDeploymentConfig(
            version=version, use_worker_versioning=True, default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE
        )


def hire(
    client: Client, crew: Crew, only: Iterable[str] = (), *, cached: int = 2000, release: Release | None = None
) -> list[Worker]:
    """One worker for each queue, or for those named in `only`.

    Raises:
        ValueError: `only` names a queue that nothing of ours serves.
    """
    known = crew.queues()
    wanted = list(only) or known
    strange = [name for name in wanted if name not in known]
    if strange:
        raise ValueError(f"没有队列 {strange}，现有 {known} / there is no queue {strange}; there are {known}")
    return [_worker(client, crew, queue, cached, release) for queue in wanted]


def _worker(client: Client, crew: Crew, queue: str, cached: int, release: Release | None) -> Worker:
    core = queue == queues.CORE
    return Worker(
        client,
        task_queue=queue,
        workflows=[ProcessWorkflow, Backtest] if core else [],
        activities=_activities(crew, queue),
        workflow_runner=runner(),
        max_cached_workflows=cached if core else 0,
        max_concurrent_workflow_tasks=AT_ONCE if core else None,
        sticky_queue_schedule_to_start_timeout=STICKY,
        graceful_shutdown_timeout=FAREWELL,
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(initial=4, maximum=AT_ONCE),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(initial=2, maximum=20),
        deployment_config=release.config() if release else None,
    )


def _activities(crew: Crew, queue: str) -> list[Callable[..., Any]]:
    if queue == queues.CORE:
        own: list[Callable[..., Any]] = [
            crew.rules.evaluate,
            crew.backtests.backtest,
            crew.releases.latest,
            crew.people.resolve,
            crew.people.assign,
            crew.calendar.reckon,
            crew.tasks.record,
        ]
        return own
    if queue == queues.CHAT:
        return [crew.chat.sync_cards]
    return [crew.documents.read, crew.effects.act]
