"""How long and how hard a drill is: as `make drill` says, or short when it is run by hand."""

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass

SHORT = 25
_AMOUNTS = (
    {"title": "办公用品", "amount": "3800.00", "material": "office", "category": "office"},  # the head of department
    {"title": "Q235 钢板", "amount": "28000.00", "material": "production", "category": "steel"},  # a buyer
    {"title": "包装材料", "amount": "9600.50", "material": "production", "category": "office"},  # the other buyer
    {"title": "年度服务", "amount": "60000.00", "material": "service", "category": "service"},  # the process owner
    {"title": "数控车床", "amount": "120000.00", "material": "production", "category": "steel"},  # the director, PMS
)


@dataclass(frozen=True)
class Plan:
    """`instances` requisitions, one every `pause` seconds; the seed decides everything that chance decides here."""

    instances: int
    seed: int
    pause: float = 1.2

    @property
    def is_long(self) -> bool:
        return self.instances > SHORT

    @property
    def outage(self) -> float:
        """Seconds that the ERP is down at a stretch, once in the drill."""
        return 60.0 if self.is_long else 8.0

    @property
    def chance(self) -> random.Random:
        """A fresh source of chance; each party of a drill takes one, so that they do not disturb each other."""
        return random.Random(self.seed)

    def drafts(self) -> list[dict[str, str]]:
        chosen = self.chance.choices(_AMOUNTS, k=self.instances)
        return [{**draft, "applicant": "li", "department": "production"} for draft in chosen]


def plan_of(environ: Mapping[str, str] = os.environ) -> Plan:
    """By DRILL_INSTANCES and DRILL_SEED; without a seed every drill is another one, and says which."""
    instances = int(environ.get("DRILL_INSTANCES") or SHORT)
    return Plan(instances, int(environ.get("DRILL_SEED") or random.SystemRandom().randrange(10**6)))
