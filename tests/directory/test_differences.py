from postroad.directory.differences import differences
from tests.directory.plant import PLANT


def test_nothing_changes_when_the_same_is_loaded() -> None:
    assert differences(PLANT, PLANT) == []


def test_who_is_new_changed_and_gone_is_told() -> None:
    first, *others, last = PLANT.people
    moved = last.model_copy(update={"department": "service", "skills": {}, "regions": ("上海",)})
    coming = PLANT.model_copy(
        update={"people": (*others, moved, first.model_copy(update={"id": "chief"})), "roles": PLANT.roles[:-1]}
    )

    assert [change.line() for change in differences(PLANT, coming)] == [
        "+ chief 厂长",
        "~ dai 小戴: department plant → service; skills welding=3 → —; regions — → 上海; roles admin → —",
        "- boss 厂长",
    ]
