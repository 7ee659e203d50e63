"""Why instances do not move by themselves, in words, and what can be done. Pure: what is known is a `Standing`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from postroad.model.label import Label
from postroad.model.stuck import Cause, Effort, Repair, Standing, Stuck, Why
from postroad.model.task import Halt, Task, TaskKind, TaskState


@dataclass(frozen=True)
class Patience:
    """How long is not yet too long: for people, events and calls, for an effect, for the outcome of a press."""

    waiting: timedelta = timedelta(days=3)
    effect: timedelta = timedelta(minutes=10)
    press: timedelta = timedelta(minutes=2)


def stuck(standing: Standing, now: datetime, patience: Patience) -> Stuck | None:
    """What keeps this instance where it is; None if nothing does."""
    causes = sorted(_causes(standing, now, patience), key=lambda why: why.since)
    return Stuck(instance=standing.instance, causes=tuple(causes)) if causes else None


def _causes(standing: Standing, now: datetime, patience: Patience) -> Iterator[Why]:
    yield from _lost(standing)
    for halt in standing.instance.halts:
        why = _halted(standing, halt, now - patience.waiting)
        if why is not None:
            yield why
    for task in standing.tasks:
        yield from _asked(standing, task, now - patience.waiting)
    for effort in standing.efforts:
        if effort.since <= now - patience.effect:
            yield _tried(effort)
    since = standing.unanswered_since
    if since is not None and since <= now - patience.press:
        many = standing.unanswered
        yield Why(
            cause=Cause.UNANSWERED,
            text=Label(
                zh=f"{many} 次办理尚未得到结果；系统会继续送达，请检查 worker 和 Temporal",
                en=f"{many} presses have no outcome yet; they are sent again; look at the workers and Temporal",
            ),
            since=since,
        )


_FOUND = {
    "missing": Label(
        zh="Temporal 中没有这个流程；请核对命名空间和备份，或重新发起单据",
        en="Temporal does not know this workflow; compare the namespace and the backups, or submit the document anew",
    ),
    "failed": Label(
        zh="流程在 Temporal 中失败；请在 Web UI 查看原因",
        en="The workflow failed in Temporal; its page there says why",
    ),
    "ended": Label(
        zh="流程在 Temporal 中已结束，登记没有写完；请检查 worker",
        en="The workflow has ended in Temporal and what it did was not written down; look at the workers",
    ),
    "failing": Label(
        zh="流程无法继续执行，反复出错；请在 Web UI 查看原因，必要时回退版本",
        en="The workflow fails again and again; its page in Temporal says why; perhaps go back to the former version",
    ),
}


def _lost(standing: Standing) -> Iterator[Why]:
    if standing.workflow and standing.checked_at:
        yield Why(cause=Cause.LOST, text=_FOUND[standing.workflow], since=standing.checked_at)


def _halted(standing: Standing, halt: Halt, long_ago: datetime) -> Why | None:
    since = halt.since or standing.instance.started_at
    if halt.kind == "suspended":
        return Why(cause=Cause.SUSPENDED, text=halt.text, since=since, repairs=(Repair(act="resume"),))
    if halt.kind == "event":
        repairs = (Repair(act="event", event=halt.event), Repair(act="jump", needs=("node",)))
        text = Label(
            zh=f"等待事件 {halt.event}：{halt.text.zh}", en=f"Waits for the event {halt.event}: {halt.text.en}"
        )
        return Why(cause=Cause.EVENT, text=text, since=since, repairs=repairs) if since <= long_ago else None
    if halt.kind == "call":
        text = Label(
            zh=f"等待流程 {halt.instance}：{halt.text.zh}", en=f"Waits for the instance {halt.instance}: {halt.text.en}"
        )
        past = (Repair(act="jump", needs=("node",)),)
        return Why(cause=Cause.CALL, text=text, since=since, repairs=past) if since <= long_ago else None
    return _troubled(standing, halt, since)


def _troubled(standing: Standing, halt: Halt, since: datetime) -> Why:
    effect = halt.effect
    mending = (Repair(act="retry_effect", effect=effect), Repair(act="skip_effect", effect=effect)) if effect else ()
    move = (Repair(act="jump", needs=("node",)),)
    holders = [
        task for task in standing.tasks if task.kind is TaskKind.EXCEPTION and task.node.removesuffix("!") == halt.node
    ]
    if not holders:
        text = Label(zh=f"异常无人处理：{halt.text.zh}", en=f"A trouble that nobody holds: {halt.text.en}")
        return Why(cause=Cause.NOBODY, text=text, since=since, repairs=(Repair(act="nudge"), *mending, *move))
    names = "、".join(task.name or task.person for task in holders)
    text = Label(zh=f"异常待 {names} 处理：{halt.text.zh}", en=f"A trouble for {names}: {halt.text.en}")
    others = tuple(Repair(act="reassign", task=task.id, needs=("to",)) for task in holders)
    return Why(cause=Cause.TROUBLE, text=text, since=since, task=holders[0].id, repairs=(*mending, *others, *move))


def _asked(standing: Standing, task: Task, long_ago: datetime) -> Iterator[Why]:
    """What may keep a person from a task that is his."""
    if task.kind is TaskKind.CC or task.state not in {TaskState.OPEN, TaskState.WAITING}:
        return
    name, title = task.name or task.person, task.title
    handler = standing.handlers.get(task.person)
    instead = (Repair(act="reassign", task=task.id, needs=("to",)),)
    if handler is None or not handler.is_active:
        text = Label(zh=f"{name} 已离职：{title.zh}", en=f"{name} has left: {title.en}")
        yield Why(cause=Cause.LEFT, text=text, since=task.opened_at, task=task.id, repairs=instead)
    elif handler.away_until is not None:
        until = handler.away_until.date().isoformat()
        text = Label(
            zh=f"{name} 外出至 {until}，代理人已离职：{title.zh}",
            en=f"{name} is away until {until}, and whoever acts for {name} has left: {title.en}",
        )
        yield Why(cause=Cause.ABSENT, text=text, since=task.opened_at, task=task.id, repairs=instead)
    elif task.state is TaskState.OPEN and task.kind is not TaskKind.EXCEPTION and task.opened_at <= long_ago:
        text = Label(zh=f"等待 {name} 办理：{title.zh}", en=f"Waits for {name}: {title.en}")
        repairs = (Repair(act="urge"), *instead)
        yield Why(cause=Cause.PERSON, text=text, since=task.opened_at, task=task.id, repairs=repairs)


def _tried(effort: Effort) -> Why:
    times = effort.attempts
    return Why(
        cause=Cause.EFFECT,
        text=Label(
            zh=f"{effort.connector} 的 {effort.action} 一直没有完成（已发出 {times} 次），系统会继续重试；"
            f"请检查 {effort.connector}",
            en=f"{effort.action} in {effort.connector} does not end (sent {times} times) and is tried again by itself; "
            f"look at {effort.connector}",
        ),
        since=effort.since,
    )
