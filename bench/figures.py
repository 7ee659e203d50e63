"""What is reported: medians over the rounds, and the product in proportion to the bare one, round by round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from pydantic import BaseModel

from bench.load import Round

THROUGHPUT_BAR = 0.6
MEMORY_BAR_KIB = 150.0


class Spread(BaseModel):
    """Milliseconds."""

    p50: float
    p99: float


class Figures(BaseModel):
    """One side. CPU in milliseconds per instance; `driver` is the client's, `standins` ERP's and chat's."""

    instances_per_second: float
    server_cpu_ms: float
    worker_cpu_ms: float
    driver_cpu_ms: float
    standins_cpu_ms: float
    start_to_card_ms: Spread
    click_to_erp_ms: Spread
    history_events: int
    memory_kib_per_open_instance: float


class Ratios(BaseModel):
    """Product divided by bare: above 1 is better for the throughput and worse for all others."""

    throughput: float
    server_cpu: float
    worker_cpu: float
    start_to_card_p50: float
    start_to_card_p99: float
    click_to_erp_p50: float
    click_to_erp_p99: float
    events: float
    memory: float


class Bars(BaseModel):
    """What the product must reach: 0.6 of the bare throughput, at most 150 KiB per cached open instance."""

    throughput_ok: bool
    memory_ok: bool


class Setting(BaseModel):
    """How it was measured. `foreign_cpu` is the share of the machine's CPU that went to anything but this run."""

    at: datetime
    instances: int
    rounds: int
    concurrency: int
    open_instances: int
    cpus: int
    foreign_cpu: float


class Report(BaseModel):
    setting: Setting
    product: Figures
    bare: Figures
    ratios: Ratios
    memory_kib_per_open_instance: float
    bars: Bars


@dataclass(frozen=True)
class Side:
    """What was measured of one side; `events` is the length of one instance's history."""

    rounds: Sequence[Round]
    events: int
    memory_kib: float


def _figures(side: Side, rounds: Sequence[Round]) -> Figures:
    """The medians over these rounds of a side; a percentile is taken within each round first."""
    return Figures(
        instances_per_second=_rounded(median(len(one.passages) / one.seconds for one in rounds)),
        server_cpu_ms=_cpu_ms(rounds, "server"),
        worker_cpu_ms=_cpu_ms(rounds, "worker"),
        driver_cpu_ms=_cpu_ms(rounds, "driver"),
        standins_cpu_ms=_cpu_ms(rounds, "standins"),
        start_to_card_ms=_spread([[way.start_to_card for way in one.passages] for one in rounds]),
        click_to_erp_ms=_spread([[way.click_to_erp for way in one.passages] for one in rounds]),
        history_events=side.events,
        memory_kib_per_open_instance=_rounded(side.memory_kib),
    )


def _ratios(product: Figures, bare: Figures) -> Ratios:
    return Ratios(
        throughput=_rounded(product.instances_per_second / bare.instances_per_second),
        server_cpu=_rounded(product.server_cpu_ms / bare.server_cpu_ms),
        worker_cpu=_rounded(product.worker_cpu_ms / bare.worker_cpu_ms),
        start_to_card_p50=_rounded(product.start_to_card_ms.p50 / bare.start_to_card_ms.p50),
        start_to_card_p99=_rounded(product.start_to_card_ms.p99 / bare.start_to_card_ms.p99),
        click_to_erp_p50=_rounded(product.click_to_erp_ms.p50 / bare.click_to_erp_ms.p50),
        click_to_erp_p99=_rounded(product.click_to_erp_ms.p99 / bare.click_to_erp_ms.p99),
        events=_rounded(product.history_events / bare.history_events),
        memory=_rounded(product.memory_kib_per_open_instance / bare.memory_kib_per_open_instance),
    )


def report_of(setting: Setting, product: Side, bare: Side) -> Report:
    """Each ratio is the median of those of the rounds: two rounds side by side had the same machine to themselves."""
    pairs = zip(product.rounds, bare.rounds, strict=True)
    each = [_ratios(_figures(product, [ours]), _figures(bare, [theirs])).model_dump() for ours, theirs in pairs]
    ratios = Ratios.model_validate({name: _rounded(median(one[name] for one in each)) for name in Ratios.model_fields})
    memory = _rounded(product.memory_kib)
    return Report(
        setting=setting,
        product=_figures(product, product.rounds),
        bare=_figures(bare, bare.rounds),
        ratios=ratios,
        memory_kib_per_open_instance=memory,
        bars=Bars(throughput_ok=ratios.throughput >= THROUGHPUT_BAR, memory_ok=memory <= MEMORY_BAR_KIB),
    )


def _cpu_ms(rounds: Sequence[Round], process: str) -> float:
    return _rounded(median(1000 * one.cpu[process] / len(one.passages) for one in rounds))


def _spread(rounds: Sequence[Sequence[float]]) -> Spread:
    return Spread(
        p50=_rounded(median(_percentile(seconds, 0.50) for seconds in rounds) * 1000),
        p99=_rounded(median(_percentile(seconds, 0.99) for seconds in rounds) * 1000),
    )


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(round(share * len(ordered)), len(ordered) - 1)]


def _rounded(value: float) -> float:
    return round(value, 2)
