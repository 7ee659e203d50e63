"""``postroad assign``: whom a specification would choose, and why not the others. Nothing is given to anybody."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from postroad.cli.decide import read_inputs
from postroad.directory import choose, shortlist
from postroad.files import FileRefused, load_yaml, read_model
from postroad.model.assignment import Load, Ranked, Trace
from postroad.model.label import Label
from postroad.model.people import Organisation, Who

_OWNER = Who(role="process_owner")
_LOADS = TypeAdapter(dict[str, Load])


def assign(
    spec: str, organisation: Path, *, variables: str = "{}", initiator: str = "", loads: str = "{}", before: str = ""
) -> Trace:
    """The choice that `spec`, written as YAML or JSON, makes among the people of a file who have these loads.

    Raises:
        FileRefused: something cannot be read, or the specification has no strategy.
    """
    who = read_model(Who, load_yaml(spec), name="SPEC")
    if who.strategy is None:
        raise FileRefused("SPEC", [("缺少 strategy", "there is no strategy")])
    people = read_model(Organisation, load_yaml(organisation), name=str(organisation))
    short = shortlist(
        who,
        owner=_OWNER,
        initiator=initiator,
        variables=read_inputs(variables),
        organisation=people,
        fallback=(_OWNER,),
    )
    given = _loads(read_inputs(loads))
    found = choose(short, given, before or None)
    return Trace(shortlist=short, loads=given, before=before or None, choice=found)


def _loads(said: dict[str, Any]) -> dict[str, Load]:
    try:
        return _LOADS.validate_python(said)
    except ValidationError as error:
        example = '{"chen": {"tasks": 2, "minutes": 90}}'
        raise FileRefused("--loads", [(f"应写成 {example}", f"write {example}")]) from error


def as_text(trace: Trace, lang: str) -> str:
    """Who it is and why, then everybody who was looked at."""
    choice = trace.choice
    names = ", ".join(f"{one.name}（{one.person}）" for one in choice.people) or Label(zh="无人", en="nobody").text(
        lang
    )
    return "\n".join([f"→ {names}：{choice.why.text(lang)}", *(f"  {_line(one, lang)}" for one in choice.ranking)])


def _line(one: Ranked, lang: str) -> str:
    said = [
        f"{one.name}（{one.person}）",
        f"{Label(zh='等级', en='level').text(lang)} {one.level}" if one.level else "",
        f"{one.load.tasks} / {one.load.minutes} min",
        f"{one.points / 100:g}" if one.points is not None else "",
        f"✗ {one.excluded.text.text(lang)}" if one.excluded else "",
    ]
    return " | ".join(part for part in said if part)
