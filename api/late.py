"""What a clicker is told from the database alone, once the instance itself can no longer be asked."""

from postroad.chat.words import DONE
from postroad.model.decision import Answer, Click, Verdict
from postroad.model.label import Label
from postroad.model.task import InstanceView, Task, TaskState


def repeated(click: Click, first: Answer) -> Answer:
    """The same press again: the first outcome stands."""
    return Answer(
        click=click.id,
        verdict=Verdict.DUPLICATE,
        first=first.first or first.verdict,
        message=first.message,
        task=first.task,
    )


def late_for_task(click: Click, task: Task, decided_by: str) -> Answer:
    """`decided_by` is the name of whoever closed the task. Doing again what one did is a duplicate, not too late."""
    if task.action is not None and not decided_otherwise(click, task):
        done, _ = DONE[task.action]
        return Answer(click=click.id, verdict=Verdict.DUPLICATE, first=Verdict.ACCEPTED, message=done, task=task.id)
    return Answer(click=click.id, verdict=Verdict.LATE, message=_how_it_ended(task, decided_by), task=task.id)


def late_for_instance(click: Click, view: InstanceView | None) -> Answer:
    return Answer(click=click.id, verdict=Verdict.LATE, message=ended(view))


def ended(view: InstanceView | None) -> Label:
    """How an instance ended, as far as that is known."""
    outcome = view.outcome if view else None
    return Label(
        zh=f"流程已结束（{outcome}）" if outcome else "流程已结束",
        en=f"The process has ended ({outcome})" if outcome else "The process has ended",
    )


def decided_otherwise(click: Click, task: Task) -> bool:
    """Whether the table already shows that this click came too late: what is over stays over."""
    mine = task.decided_by == click.actor and task.action == click.action
    return task.state in {TaskState.DONE, TaskState.CANCELLED} and not mine


def _how_it_ended(task: Task, decided_by: str) -> Label:
    if task.state is TaskState.DONE and task.action is not None:
        done, _ = DONE[task.action]
        return Label(zh=f"{decided_by} {done.zh}，不能再改", en=f"{decided_by}: {done.en.lower()} before; it stands")
    if task.state is TaskState.CANCELLED:
        why = task.cause or task.title
        return Label(zh=f"此任务已取消：{why.zh}", en=f"This task was cancelled: {why.en}")
    return Label(zh="流程已结束，此任务不再需要办理", en="The process has ended; this task needs no answer any more")
