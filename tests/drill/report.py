"""A drill in figures, as one JSON object."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.drill import verdict
from tests.drill.crowd import Crowd
from tests.drill.holdup import HoldUp
from tests.drill.plan import Plan
from tests.drill.trouble import Killer, Misfortune
from tests.drill.verdict import Settled

_WORST = 5


def report(  # noqa: PLR0917 - all who took part
    plan: Plan, crowd: Crowd, killer: Killer, misfortune: Misfortune, end: Settled, seconds: float, calm: float
) -> str:
    """`calm` are the seconds, of `seconds`, after the last fault and the last kill."""
    told: dict[str, Any] = {
        "instances": len(end.documents),
        "seed": plan.seed,
        "seconds": round(seconds, 1),
        "seconds_after_the_last_fault": round(calm, 1),
        "kills": dict(killer.kills),
        "faults": dict(sorted(misfortune.faults.items())),
        "longest_erp_outage_seconds": plan.outage,
        "presses": dict(Counter(f"{one.channel} {one.said}" for one in crowd.told)),
        "outcomes": dict(Counter(str(one["instance"]["outcome"]) for one in end.instances.values())),
        "effects": len(end.effects),
        "lost": verdict.lost(end),
        "doubled": verdict.doubled(end),
        "ledger_unlike_systems": verdict.unbalanced(end),
        "updates_that_crossed_a_press": len(verdict.crossings(end)),
        "hold_ups": _hold_ups(killer.watch.hold_ups),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _hold_ups(found: Sequence[HoldUp]) -> dict[str, Any]:
    worst = sorted(found, key=lambda one: -one.seconds)
    longest: dict[str, float] = {}
    for one in worst:
        longest.setdefault(f"{one.back:%H:%M:%S} {one.why}", round(one.seconds, 1))
    return {
        "count": len(found),
        "median_seconds": round(worst[len(worst) // 2].seconds, 1) if worst else 0.0,
        "longest_seconds": round(worst[0].seconds, 1) if worst else 0.0,
        "longest_by_kill": dict(sorted(longest.items())),
        "worst": [f"{one.seconds:.1f} s after {one.why}: {one.name}" for one in worst[:_WORST]],
    }
