"""What goes wrong in a drill: processes die, and the systems outside fail in every way they know."""

import asyncio
import random
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from tests.drill.holdup import Watch
from tests.drill.plan import Plan
from tests.stack import Part, Stack

_VICTIMS: dict[tuple[Part, ...], int] = {
    ("worker",): 45,
    ("temporal",): 25,
    ("temporal", "worker"): 12,
    ("api",): 12,
    ("temporal", "api", "worker"): 6,
}
_LONGEST_AWAY = 3.0


@dataclass
class Killer:
    """Kills at random, starts again after up to three seconds, and sees how long what it held up stays held up."""

    stack: Stack
    plan: Plan
    watch: Watch
    kills: Counter[str] = field(default_factory=Counter)

    async def work(self, submitted: Collection[str]) -> None:
        """Until cancelled. `submitted` grows meanwhile: the numbers of the documents there are."""
        chance = random.Random(f"{self.plan.seed} kills")
        while True:
            await asyncio.sleep(chance.uniform(1.0, 6.0))
            victims = chance.choices(list(_VICTIMS), list(_VICTIMS.values()))[0]
            # shielded: the drill never ends with something dead, nor with a hold-up that nobody measured
            await asyncio.shield(self._strike(victims, chance.uniform(0.0, _LONGEST_AWAY), submitted))

    async def _strike(self, victims: tuple[Part, ...], away: float, submitted: Collection[str]) -> None:
        await self.stack.kill(*victims)
        self.kills.update(victims)
        held = [] if "temporal" in victims else await self.watch.runnable(submitted)
        await asyncio.sleep(away)
        if "temporal" in victims:
            await self.stack.start("temporal")
            held = await self.watch.runnable(submitted)
        await self.stack.start(*(part for part in victims if part != "temporal"))
        await self.watch.until_moving(held, why="+".join(victims))


@dataclass
class Misfortune:
    """Faults of ERP, project system and chat platform, one about every second."""

    stack: Stack
    plan: Plan
    faults: Counter[str] = field(default_factory=Counter)

    async def work(self) -> None:
        """Until cancelled; the ERP is down for a long while once, in the middle of it all."""
        chance = random.Random(f"{self.plan.seed} faults")
        outage_at = chance.randrange(8, 12)
        number = 0
        while True:
            await asyncio.sleep(chance.uniform(0.4, 1.4))
            number += 1
            if number == outage_at:
                await self._fault("erp", "outage", seconds=self.plan.outage)
                continue
            target = chance.choices(("erp", "pms", "dingtalk"), (6, 2, 2))[0]
            kind = chance.choice(("error_before", "error_after_commit", "drop_reply", "latency", "outage"))
            await self._fault(target, kind, **_strength(kind, chance))

    async def _fault(self, target: str, kind: str, **strength: float) -> None:
        with suppress(httpx.HTTPError):
            await self.stack.fault(target, kind, **strength)
            self.faults[f"{target} {kind}"] += 1


def _strength(kind: str, chance: random.Random) -> dict[str, float]:
    if kind == "outage":
        return {"seconds": round(chance.uniform(0.5, 3.0), 1)}
    if kind == "latency":
        # up to more than the connectors wait
        return {"seconds": round(chance.uniform(0.2, 6.0), 1), "times": chance.randint(1, 3)}
    return {"times": chance.randint(1, 3), "probability": 0.7}
