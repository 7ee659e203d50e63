from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from sandbox.clock import Clock
from sandbox.orders import ActionOrder
from sandbox.refusals import Refusal


class TaskOrder(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ext_id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    assignee: str
    description: str = ""


class ProjectTask(BaseModel):
    """A task of the project system; `state` is open, done or cancelled."""

    id: str
    ext_id: str
    title: str
    assignee: str
    description: str
    state: str = "open"
    created_at: datetime
    version: int = 1


class PmsEntry(BaseModel):
    """One committed change of a task."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    seq: int
    task: str
    ext_id: str
    action: str
    from_state: str | None = Field(alias="from")
    to_state: str = Field(alias="to")
    by: str
    key: str | None
    note: str
    at: datetime


class ProjectTasks:
    """Tasks by id; the external id is unique, which is the system's own guard against doing a thing twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: dict[str, ProjectTask] = {}
        self.journal: list[PmsEntry] = []

    def find(self, ext_id: str | None = None) -> list[ProjectTask]:
        return [task for task in self._tasks.values() if ext_id in {None, task.ext_id}]

    def create(self, order: TaskOrder) -> ProjectTask:
        for task in self.find(order.ext_id):
            text = f"外部编号 {order.ext_id} 已有任务 {task.id}", f"Task {task.id} already has ext_id {order.ext_id}"
            raise Refusal(409, "duplicate", *text, task=task.model_dump(mode="json"))
        task = ProjectTask(id=f"T-{len(self._tasks) + 1:04d}", created_at=self._clock.now(), **order.model_dump())
        self._tasks[task.id] = task
        self._commit(task, "create", None, ActionOrder())
        return task

    def cancel(self, task_id: str, order: ActionOrder) -> ProjectTask:
        task = self._tasks.get(task_id)
        if task is None:
            raise Refusal(404, "not_found", f"任务 {task_id} 不存在", f"Task {task_id} does not exist", id=task_id)
        if task.state != "open":
            text = (
                f"任务 {task_id} 当前状态为 {task.state}，不能取消",
                f"Task {task_id} is {task.state} and cannot be cancelled",
            )
            raise Refusal(409, "illegal_state", *text, state=task.state)
        before, task.state = task.state, "cancelled"
        task.version += 1
        self._commit(task, "cancel", before, order)
        return task

    def _commit(self, task: ProjectTask, action: str, before: str | None, order: ActionOrder) -> None:
        entry = PmsEntry(
            seq=len(self.journal) + 1,
            task=task.id,
            ext_id=task.ext_id,
            action=action,
            from_state=before,
            to_state=task.state,
            by=order.by,
            key=order.key,
            note=order.note,
            at=self._clock.now(),
        )
        self.journal.append(entry)
