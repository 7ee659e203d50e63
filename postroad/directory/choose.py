"""Which one of several does it. From data only, so that everybody can see later why it was this one.

Nothing is left to chance: who is equal is told apart by who waited longest for a task, then by the id.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from postroad.model.assignment import Choice, Contender, Exclusion, Load, Ranked, Shortlist, Step
from postroad.model.label import Label

_NEVER = datetime.min.replace(tzinfo=UTC)
_IDLE = Load()
_ABOVE = {
    "deputy": Label(zh="都不能办理，由代理人办理", en="None of them can; an agent does"),
    "superior": Label(zh="都不能办理，由上级办理", en="None of them can; a superior does"),
    "queue": Label(zh="都已满额，排队由先有空的人认领", en="All have too much; whoever has time first claims it"),
    "owner": Label(zh="没有人可以办理，由流程负责人处理", en="Nobody can; the owner of the process sees to it"),
}


def choose(short: Shortlist, loads: Mapping[str, Load], before: str | None = None) -> Choice:
    """The best of those who can do it, else of the first rung with somebody who can; an empty choice if nobody can.

    A superior is chosen by the same strategy; no level is wanted of him.

    `loads` are by person; who is not there has nothing to do. `before` is who did it last time for the same key. The
    order of the lists does not matter, but for several owners, who are all asked.
    """
    meant = _ranked(short.contenders, short, loads, before)
    able = [one for one in meant if one.excluded is None]
    if able:
        return _one("meant", able, meant, short, before)
    return _below(short, loads, meant, before)


def _below(short: Shortlist, loads: Mapping[str, Load], meant: Sequence["_Place"], before: str | None) -> Choice:
    for rung in short.spec.otherwise:
        if rung == "queue":
            waiting = [one for one in meant if one.excluded and one.excluded.code == "capacity"]
            if waiting:
                return _several("queue", [one.contender for one in waiting], meant)
            continue
        there = _ranked(short.deputies if rung == "deputy" else short.superiors, short, loads, before)
        able = [one for one in there if one.excluded is None]
        if able:
            return _one(rung, able, [*able, *meant], short, before)
    return _several("owner", short.owners, meant)


@dataclass(frozen=True)
class _Place:
    """A contender with everything that counts; `key` puts the best first."""

    contender: Contender
    load: Load
    merit: tuple[int, ...]
    points: int | None
    excluded: Exclusion | None

    @property
    def key(self) -> tuple[bool, tuple[int, ...], datetime, str]:
        return self.excluded is not None, self.merit, self.load.last_at or _NEVER, self.contender.person

    def shown(self) -> Ranked:
        one = self.contender
        return Ranked(
            person=one.person,
            name=one.name,
            agent=one.agent,
            level=one.level,
            load=self.load,
            points=self.points,
            excluded=self.excluded,
        )


def _ranked(
    contenders: Iterable[Contender], short: Shortlist, loads: Mapping[str, Load], before: str | None
) -> list[_Place]:
    """Everybody, the best first and those who are excluded last."""
    told = [(one, loads.get(one.doer, _IDLE)) for one in contenders]
    barred = {one.person: one.excluded or _too_much(one, load, short.minutes) for one, load in told}
    able = [(one, load) for one, load in told if barred[one.person] is None]
    points = _points(able, short)
    places = [
        _Place(one, load, _merit(one, load, short, before, points), points.get(one.person), barred[one.person])
        for one, load in told
    ]
    return sorted(places, key=lambda place: place.key)


def _too_much(one: Contender, load: Load, minutes: int) -> Exclusion | None:
    if one.most_tasks is not None and load.tasks + 1 > one.most_tasks:
        has, most = f"{load.tasks} 项", f"{one.most_tasks} 项"
        en = f"has {load.tasks} of at most {one.most_tasks} tasks"
    elif one.most_minutes is not None and load.minutes + minutes > one.most_minutes:
        has, most = f"{_hours(load.minutes)} 小时", f"{_hours(one.most_minutes)} 小时"
        en = f"has {_hours(load.minutes)} of at most {_hours(one.most_minutes)} hours"
    else:
        return None
    return Exclusion(code="capacity", text=Label(zh=f"已满额：未办 {has}，最多 {most}", en=en))


def _merit(
    one: Contender, load: Load, short: Shortlist, before: str | None, points: Mapping[str, int]
) -> tuple[int, ...]:
    """What the strategy looks at, the smaller the better."""
    strategy = short.spec.strategy
    if strategy == "highest_skill":
        return (-one.level,)
    if strategy == "least_loaded":
        return (load.minutes,)
    if strategy == "sticky":
        return (int(one.person != before), load.minutes)
    if strategy == "weighted":
        return (-points.get(one.person, 0),)
    return ()


def _points(able: Sequence[tuple[Contender, Load]], short: Shortlist) -> dict[str, int]:
    """How well each does by the weights, in hundredths of 100: whole numbers, the same on every machine."""
    weights = short.spec.weights
    if weights is None or not able:
        return {}
    most = max(load.minutes for _, load in able)
    waited = sorted({load.last_at or _NEVER for _, load in able}, reverse=True)
    found = {}
    for one, load in able:
        idle = 10_000 - 10_000 * max(load.minutes, 0) // most if most > 0 else 10_000
        place = waited.index(load.last_at or _NEVER)
        long_ago = 10_000 * place // (len(waited) - 1) if len(waited) > 1 else 10_000
        total = weights.skill * one.level * 2_000 + weights.load * idle + weights.recency * long_ago
        found[one.person] = total // weights.total
    return found


def _one(step: Step, able: Sequence[_Place], ranking: Sequence[_Place], short: Shortlist, before: str | None) -> Choice:
    best = able[0]
    said = _why(best, short, before)
    equal = sum(1 for one in able if one.merit == best.merit)
    if equal > 1 and best.merit:
        zh, en = (
            f"{said.zh}，{equal} 人相同，最久没有新任务",
            f"{said.en}; of {equal} equals, the longest without a new task",
        )
        said = Label(zh=zh, en=en)
    if step != "meant":
        said = _ABOVE[step]
    return Choice(step=step, people=(best.contender,), why=said, ranking=tuple(one.shown() for one in ranking))


def _why(best: _Place, short: Shortlist, before: str | None) -> Label:
    load, strategy = best.load, short.spec.strategy
    idle = Label(
        zh=f"未办 {load.tasks} 项共 {_hours(load.minutes)} 小时，最少",
        en=f"has the least to do: {load.tasks} tasks, {_hours(load.minutes)} hours",
    )
    if strategy == "highest_skill":
        level = best.contender.level
        return Label(zh=f"技能 {short.skill}：{level} 级最高", en=f"skill {short.skill}: level {level} is the highest")
    if strategy == "least_loaded":
        return idle
    if strategy == "sticky" and best.contender.person == before:
        return Label(zh=f"上次也由其办理（{short.key}）", en=f"did it last time, too ({short.key})")
    if strategy == "sticky":
        return Label(zh=f"上次没有人或已不能办理，{idle.zh}", en=f"nobody did it last time who can now; {idle.en}")
    if strategy == "weighted":
        score = f"{(best.points or 0) / 100:g}"
        return Label(zh=f"综合得分 {score}，最高", en=f"the highest score, {score}")
    return Label(zh="最久没有新任务", en="the longest without a new task")


def _several(step: Step, people: Sequence[Contender], ranking: Sequence[_Place]) -> Choice:
    return Choice(step=step, people=tuple(people), why=_ABOVE[step], ranking=tuple(one.shown() for one in ranking))


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.4g}"
