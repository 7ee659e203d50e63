"""Search attributes an instance carries in Temporal. They stand there in clear: nothing personal in them."""

from temporalio.common import SearchAttributeKey

DOCUMENT = SearchAttributeKey.for_keyword("PostroadDocument")
PROCESS = SearchAttributeKey.for_keyword("PostroadProcess")
STATUS = SearchAttributeKey.for_keyword("PostroadStatus")

ALL = (DOCUMENT, PROCESS, STATUS)
