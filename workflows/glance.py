"""What the Temporal Web UI shows of an instance, in the words of the business."""

from postroad.model.task import InstanceStatus, Record, TaskState
from postroad.process.ending import outcome_label
from postroad.process.state import State

_STATUS = {
    InstanceStatus.RUNNING: "进行中",
    InstanceStatus.RETURNED: "退回待修改",
    InstanceStatus.TROUBLED: "异常待处理",
    InstanceStatus.UNWINDING: "撤销中",
    InstanceStatus.SUSPENDED: "已挂起",
    InstanceStatus.FAILED: "失败",
}


def status_label(state: State) -> str:
    """The status as a filter reads it: such as 进行中 or 已通过."""
    return outcome_label(state.outcome).zh if state.outcome and state.over else _STATUS[state.status]


def details(record: Record) -> str:
    """Markdown for the instance's page: what it is, whom it waits for, and who is asked."""
    view = record.instance
    fields = "\n".join(f"- **{label.zh}**：{value}" for label, value in view.card)
    ended = view.status in {InstanceStatus.FINISHED, InstanceStatus.FAILED}
    status = outcome_label(view.outcome).zh if view.outcome and ended else _STATUS[view.status]
    waiting = f"\n**等待**：{view.waiting_for}\n" if view.waiting_for else ""
    asked = "\n".join(
        f"- {task.name}：{task.title.zh}（{task.reason}）" for task in record.tasks if task.state is TaskState.OPEN
    )
    last = record.lines[-1].text.zh if record.lines else ""
    return f"### {view.title.zh} {view.number}：{status}\n{waiting}\n{fields}\n\n{asked}\n\n最近：{last}"
