import pytest

from postroad.connectors.base import Goal, Sighting
from postroad.connectors.judge import Standing, judge
from postroad.model.document import Document, DocumentRef

APPROVE = Goal(legal_from=frozenset({"submitted"}), to="approved")
REMARK = Goal(legal_from=frozenset({"submitted", "approved"}), to=None)


def sighting(state: str, *marks: str, shows_marks: bool = True) -> Sighting:
    ref = DocumentRef(system="erp", kind="order", id="PO-1")
    document = Document(ref=ref, version="1", state=state, data={})
    return Sighting(document=document, marks=marks if shows_marks else None)


@pytest.mark.parametrize(
    ("goal", "seen", "standing"),
    [
        (APPROVE, sighting("submitted"), Standing.OPEN),
        (APPROVE, sighting("draft"), Standing.ILLEGAL),
        (APPROVE, sighting("approved", "k"), Standing.DONE),
        (APPROVE, sighting("approved", "other"), Standing.FOREIGN),
        (APPROVE, sighting("submitted", "k", "other"), Standing.OVERTAKEN),
        (APPROVE, sighting("approved", shows_marks=False), Standing.DONE),
        (APPROVE, sighting("submitted", shows_marks=False), Standing.OPEN),
        (REMARK, sighting("submitted", "other"), Standing.OPEN),
        (REMARK, sighting("approved", "k"), Standing.DONE),
        (REMARK, sighting("draft"), Standing.ILLEGAL),
    ],
)
def test_what_a_document_says_about_our_action(goal: Goal, seen: Sighting, standing: Standing) -> None:
    assert judge(goal, seen, "k") is standing


def test_an_undo_only_asks_where_the_document_is() -> None:
    assert judge(APPROVE, sighting("approved", "other"), "k", owner_matters=False) is Standing.DONE
