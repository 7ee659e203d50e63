import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RATIOS = {
    "throughput",
    "server_cpu",
    "worker_cpu",
    "start_to_card_p50",
    "start_to_card_p99",
    "click_to_erp_p50",
    "click_to_erp_p99",
    "events",
    "memory",
}


def test_the_benchmark_of_assignment_prints_one_object_with_its_bars() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "bench", "assignment", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert played.returncode == 0, played.stderr
    report = json.loads(played.stdout)
    assert set(report) == {"setting", "assign_ms", "reserve_ms", "fairness", "wrong_loads", "bars"}
    assert (report["fairness"]["given"], report["wrong_loads"]) == (400, 0)
    assert report["bars"]["fair_ok"]


def test_the_benchmark_of_lists_asks_both_databases_the_same() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "bench", "lists", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert played.returncode == 0, played.stderr
    report = json.loads(played.stdout)
    assert set(report) == {"setting", "databases", "slowest", "p99_ok"}
    assert set(report["databases"]["sqlite"]) == set(report["databases"]["postgresql"])


@pytest.mark.timeout(240)
def test_a_benchmark_prints_one_object_that_compares_both_sides() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert played.returncode == 0, played.stderr
    report = json.loads(played.stdout)
    assert set(report) == {"setting", "product", "bare", "ratios", "memory_kib_per_open_instance", "bars"}
    assert set(report["product"]) == set(report["bare"])
    assert set(report["ratios"]) == RATIOS
    assert set(report["bars"]) == {"throughput_ok", "memory_ok"}
    assert all(report[side]["history_events"] > 10 for side in ("product", "bare"))
    assert all(report[side]["instances_per_second"] > 0 for side in ("product", "bare"))
