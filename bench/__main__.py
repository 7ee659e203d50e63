"""`python -m bench`: prints one JSON object; what is going on is told on standard error."""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psutil

from bench import assignment, backtest, canvas, first_load, lists, load, rules
from bench.figures import Report, Setting, report_of
from bench.figures import Side as Measured
from bench.load import Round
from bench.scene import SIDES, Scene, scene
from bench.sides import Side, both
from bench.watch import Watch
from postroad import log

WARM_UP = 20


APART = {
    "assignment": assignment.main,
    "backtest": backtest.main,
    "canvas": canvas.main,
    "first-load": first_load.main,
    "lists": lists.main,
}
"""What is measured by itself, and reads its own arguments."""


def main() -> None:
    apart = APART.get(next(iter(sys.argv[1:2]), ""))
    if apart:
        apart(sys.argv[2:])
        return
    options = _options()
    if options.what == "rules":
        print(rules.measured(options.rounds).model_dump_json(indent=2))
        return
    with _folder(options.folder) as folder:
        report = _logged_apart(options, folder)
    print(report.model_dump_json(indent=2))


def _logged_apart(options: argparse.Namespace, folder: Path) -> Report:
    """The report; what the product's parts log in this process goes to a file, not between its lines."""
    with (folder / "driver.log").open("w", encoding="utf-8") as sink, redirect_stdout(sink):
        log.configure()
        return asyncio.run(_measured(options, folder))


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """The folder for databases and logs: the one that was named, or one that is gone afterwards."""
    if given is not None:
        given.mkdir(parents=True)
        yield given.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as drawn:
        yield Path(drawn)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        default="product",
        choices=["product", "rules"],
        help="the product against a bare workflow, or decision tables by themselves; `assignment --help` says more",
    )
    parser.add_argument("--instances", type=int, default=120, help="instances in each round of each side")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each side, in turn")
    parser.add_argument("--concurrency", type=int, default=16, help="clients at the same time")
    parser.add_argument("--open", type=int, default=300, help="instances held open to measure their memory")
    parser.add_argument("--folder", type=Path, help="a new folder to keep databases and logs in; else they are deleted")
    parser.add_argument("--quick", action="store_true", help="a few instances, to see that it works")
    options = parser.parse_args()
    if options.quick:
        options.instances, options.rounds, options.concurrency, options.open = 4, 1, 2, 4
    return options


async def _measured(options: argparse.Namespace, folder: Path) -> Report:
    _say("Temporal server, sandbox, database")
    async with scene(folder) as stage:
        told = stage.settings
        sides = both(told["TEMPORAL_ADDRESS"], told["POSTROAD_DATABASE_URL"], stage.bare_database)
        async with sides as pair, Watch(stage.sandbox) as watch:
            busy = _Busy()
            await stage.hire()
            memory = {side.name: await _memory(stage, side, watch, options) for side in pair}
            await stage.dismiss()
            await stage.hire()
            rounds = await _rounds(stage, pair, watch, options)
            events = {side.name: await _events(side, rounds[side.name][-1]) for side in pair}
            setting = Setting(
                at=datetime.now(UTC).replace(microsecond=0),
                instances=options.instances,
                rounds=options.rounds,
                concurrency=options.concurrency,
                open_instances=options.open,
                cpus=psutil.cpu_count() or 1,
                foreign_cpu=busy.foreign(),
            )
    product, bare = (Measured(rounds[name], events[name], memory[name]) for name in SIDES)
    return report_of(setting, product, bare)


async def _memory(stage: Scene, side: Side, watch: Watch, options: argparse.Namespace) -> float:
    """KiB by which the side's worker grows for each instance it holds open."""
    await load.played(side, watch, min(WARM_UP, options.open), options.concurrency, {})
    before = await stage.settled_bytes(side.name)
    await load.opened(side, watch, options.open, options.concurrency)
    grown = await stage.settled_bytes(side.name) - before
    kib: float = grown / 1024 / options.open
    _say(f"{side.name}: {kib:.0f} KiB for each of {options.open} open instances")
    return kib


async def _rounds(
    stage: Scene, pair: tuple[Side, Side], watch: Watch, options: argparse.Namespace
) -> Mapping[str, list[Round]]:
    done: dict[str, list[Round]] = {side.name: [] for side in pair}
    for side in pair:
        await load.played(side, watch, min(WARM_UP, options.instances), options.concurrency, {})
    for number in range(options.rounds):
        # each side goes first as often as the other, as far as that goes
        for side in pair if number % 2 == 0 else reversed(pair):
            one = await load.played(side, watch, options.instances, options.concurrency, _pids(stage, side))
            done[side.name].append(one)
            _say(f"round {number + 1} {side.name}: {_in_short(one)}")
    return done


def _pids(stage: Scene, side: Side) -> dict[str, int]:
    programs = {"server": stage.server, "worker": stage.workers[side.name], "standins": stage.standins}
    return {"driver": os.getpid(), **{name: program.process.pid for name, program in programs.items()}}


def _in_short(one: Round) -> str:
    count = len(one.passages)
    cpu = ", ".join(f"{name} {1000 * seconds / count:.1f}" for name, seconds in one.cpu.items())
    return f"{count / one.seconds:.1f} instances/s; CPU ms each: {cpu}"


async def _events(side: Side, one: Round) -> int:
    some = one.passages[:10]
    return int(median([(await side.handle(way.instance).describe()).history_length for way in some]))


class _Busy:
    """How much of the machine goes to others while we measure, between 0 and 1."""

    def __init__(self) -> None:
        self._ours, self._busy, self._all = self._now()

    def foreign(self) -> float:
        ours, busy, everything = (now - then for now, then in zip(self._now(), self._since, strict=True))
        return round(max(busy - ours, 0.0) / everything, 2)

    @property
    def _since(self) -> tuple[float, float, float]:
        return self._ours, self._busy, self._all

    @staticmethod
    def _now() -> tuple[float, float, float]:
        machine = psutil.cpu_times()
        everything = sum(machine)
        me = psutil.Process()
        ours: float = sum(sum(one.cpu_times()[:2]) for one in [me, *me.children(recursive=True)])
        ours += sum(me.cpu_times()[2:4])
        return float(ours), float(everything - machine.idle - getattr(machine, "iowait", 0.0)), float(everything)


def _say(what: str) -> None:
    print(f"→ {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
