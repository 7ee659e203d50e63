"""What people write into one cell: lists, skills with levels, roles with scopes, yes and no.

Each raises a `ValueError` with a bilingual text.
"""

import re

from postroad.model.sheet import normal

YES = frozenset({"是", "在职", "在岗", "有效", "y", "yes", "true", "1", "active"})
NO = frozenset({"否", "离职", "停用", "无效", "n", "no", "false", "0", "inactive", "left"})

_BETWEEN = re.compile(r"[;,、\n]")
_ROLE = re.compile(r"\s*(?P<role>[^\s()=;,、]+)\s*(?:\((?P<scope>[^()]*)\))?\s*(?:[;,、\n]|$)")
_PAIR = re.compile(r"\s*([^\s=:]+)\s*[=:]\s*([^=:]+?)\s*")


def items(text: str) -> list[str]:
    """`上海、江苏`: what stands between commas or semicolons of any kind, each once."""
    return list(dict.fromkeys(item for part in _BETWEEN.split(normal(text)) if (item := part.strip())))


def skills(text: str) -> dict[str, int]:
    """`welding:3; paint:1`: each skill with its level from 1 to 5; a skill without one has the level 1."""
    found: dict[str, int] = {}
    for item in items(text):
        skill, _, level = (part.strip() for part in item.replace("=", ":").partition(":"))
        if not re.fullmatch(r"[1-5]?", level):
            raise ValueError(f"{item} 的等级应为 1 到 5 / the level in {item} should be 1 to 5")
        if skill in found:
            raise ValueError(f"技能 {skill} 写了两次 / the skill {skill} is there twice")
        found[skill] = int(level or 1)
    return found


def roles(text: str) -> list[tuple[str, dict[str, str]]]:
    """`buyer(category=steel); finance_director`: each role with its scope, which may be empty."""
    said, place, found = normal(text), 0, []
    while place < len(said):
        match = _ROLE.match(said, place)
        if match is None:
            raise ValueError(
                f"无法理解 {said[place:]!r}，请写成 buyer(category=steel); finance_director / "
                f"{said[place:]!r} cannot be read; write buyer(category=steel); finance_director"
            )
        found.append((match["role"], scope(match["scope"] or "")))
        place = match.end()
    return found


def scope(text: str) -> dict[str, str]:
    """`category=steel, region=华东`: where a role holds."""
    found: dict[str, str] = {}
    for item in items(text):
        pair = _PAIR.fullmatch(item)
        if pair is None:
            raise ValueError(f"范围 {item!r} 应写成 category=steel / write the scope {item!r} as category=steel")
        found[pair[1]] = pair[2]
    return found


def yes(text: str) -> bool:
    said = normal(text).casefold()
    if said not in YES | NO:
        raise ValueError(f"{text!r} 应为 是 或 否 / {text!r} should be yes or no")
    return said in YES


def path(text: str) -> tuple[str, ...]:
    """`公司/采购部`: a department below the one before it."""
    return tuple(part for name in text.replace("／", "/").split("/") if (part := name.strip()))
