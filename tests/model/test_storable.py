from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from postroad.model.decision import Action, Click
from postroad.model.document import Document, DocumentRef


def test_what_a_person_says_with_a_nul_in_it_is_refused() -> None:
    with pytest.raises(ValidationError, match="NUL"):
        Click(id="1", task="t", actor="li", action=Action.REJECT, opinion="太\x00贵", at=datetime.now(UTC))


def test_what_another_system_says_with_a_nul_in_it_is_kept_as_well_as_it_can_be() -> None:
    ref = DocumentRef(system="erp", kind="purchase_requisition", id="PR-1")
    document = Document(ref=ref, version="1", state="submitted", data={"lines": [{"item": "圆\x00钢"}]})

    assert document.data == {"lines": [{"item": "圆\N{REPLACEMENT CHARACTER}钢"}]}
