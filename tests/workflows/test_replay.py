import json
from pathlib import Path

import pytest

from tests.histories.scenarios import SCENARIOS
from workers.replay import replay

HISTORIES = Path(__file__).parents[1] / "histories"
RECORDED = sorted(HISTORIES.glob("engine-*.json"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_instance_goes_the_way_it_went(path: Path) -> None:
    assert (await replay(path)).problem == ""


def test_every_kind_of_node_has_a_recorded_history() -> None:
    assert {path.stem.split("-", 2)[2] for path in RECORDED} >= {scenario.name for scenario in SCENARIOS}


async def test_a_history_that_went_another_way_is_told_as_such(tmp_path: Path) -> None:
    told = json.loads((HISTORIES / "engine-1-decide.json").read_text(encoding="utf-8"))
    scheduled = next(e for e in told["events"] if e["eventType"] == "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED")
    scheduled["activityTaskScheduledEventAttributes"]["activityType"]["name"] = "something.else"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(told), encoding="utf-8")

    assert "non-deterministic" in (await replay(changed)).problem


async def test_a_file_that_is_no_history_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("[]", encoding="utf-8")

    with pytest.raises(ValueError, match=r"notes\.json"):
        await replay(tmp_path / "notes.json")
