"""A small process with the handlers that every process has, for tests of the API alone."""

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue

from postroad.model.decision import Answer, Click, Verdict
from postroad.model.event import AdminAct, ErpNews
from postroad.model.label import Label

NEVER_HAD = "ghost"


@workflow.defn(dynamic=True, sandboxed=False)
class Desk:
    """The first click on a task is accepted, a repeat is a duplicate, any other late. `withdraw` by admin ends it."""

    @workflow.init
    def __init__(self, args: Sequence[RawValue]) -> None:  # noqa: ARG002 - Temporal's signature
        self._answers: dict[str, Answer] = {}
        self._decided: set[str] = set()
        self._news: list[str] = []
        self._acts: list[str] = []
        self._about: list[str] = []
        self._closed = False

    @workflow.run
    async def run(self, args: Sequence[RawValue]) -> str:  # noqa: ARG002 - Temporal's signature
        await workflow.wait_condition(lambda: self._closed)
        return "closed"

    @workflow.update
    def decide(self, click: Click) -> Answer:
        return self._decide(click)

    @decide.validator
    def _knows(self, click: Click) -> None:
        if NEVER_HAD in click.task:
            raise ValueError("没有这个任务 / there is no such task")

    @workflow.signal
    def decide_signal(self, click: Click) -> None:
        self._decide(click)

    @workflow.signal
    def event(self, news: ErpNews) -> None:
        self._news.append(news.event_id)

    @workflow.update
    def admin(self, act: AdminAct) -> Answer:
        self._acts.append(f"{act.act} by {act.by_name}: {act.reason}")
        self._about.append(f"{act.act} {act.task} {act.to or '-'}")
        self._closed = act.act == "withdraw"
        return Answer(click=act.id, verdict=Verdict.ACCEPTED, message=Label(zh="已处理", en="Done"))

    @workflow.query
    def heard(self) -> list[str]:
        return self._news

    @workflow.query
    def acts(self) -> list[str]:
        return self._acts

    @workflow.query
    def about(self) -> list[str]:
        return self._about

    @workflow.query
    def clicks(self) -> list[str]:
        return list(self._answers)

    def _decide(self, click: Click) -> Answer:
        first = self._answers.get(click.id)
        if first is not None:
            return first.model_copy(update={"verdict": Verdict.DUPLICATE, "first": first.verdict})
        verdict = Verdict.LATE if click.task in self._decided else Verdict.ACCEPTED
        self._decided.add(click.task)
        word = Label(zh="已同意" if verdict is Verdict.ACCEPTED else "已由他人处理", en=verdict.value)
        self._answers[click.id] = Answer(click=click.id, verdict=verdict, message=word, task=click.task)
        return self._answers[click.id]
