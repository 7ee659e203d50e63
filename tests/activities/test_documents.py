from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.documents import Documents
from postroad.connectors import load_connectors
from postroad.model.document import DocumentRef
from tests.connectors.systems import CONNECTORS_FILE, REQUISITION, SandboxSystem


def ref(id: str, system: str = "erp", kind: str = REQUISITION) -> DocumentRef:  # noqa: A002 - the document's own word
    return DocumentRef(system=system, kind=kind, id=id)


async def refused(documents: Documents, wanted: DocumentRef) -> ApplicationError:
    with pytest.raises(ApplicationError) as raised:
        await ActivityEnvironment().run(documents.read, wanted)
    return raised.value


async def test_a_document_is_read_where_it_lives(sandbox: SandboxSystem) -> None:
    wanted = await sandbox.submitted()

    document = await ActivityEnvironment().run(Documents({"erp": sandbox.connector}).read, wanted)

    assert (document.ref, document.number, document.state) == (wanted, wanted.id, "submitted")


async def test_a_document_that_is_not_there_is_not_asked_for_again(sandbox: SandboxSystem) -> None:
    error = await refused(Documents({"erp": sandbox.connector}), ref("PR-9999"))

    assert (error.type, error.non_retryable) == ("NotFound", True)


@pytest.mark.parametrize(
    ("wanted", "named"), [(ref("PR-1", system="crm"), "crm"), (ref("S-1", kind="spaceship"), "spaceship")]
)
async def test_what_is_not_configured_says_what_to_configure(
    sandbox: SandboxSystem, wanted: DocumentRef, named: str
) -> None:
    error = await refused(Documents({"erp": sandbox.connector}), wanted)

    assert (error.non_retryable, named in error.message) == (True, True)


@pytest.mark.parametrize("kind", ["outage", "error_before", "rate_limit"])
async def test_an_erp_in_trouble_is_asked_again(sandbox: SandboxSystem, kind: str) -> None:
    wanted = await sandbox.submitted()
    await sandbox.fault("erp", kind, times=1)

    error = await refused(Documents({"erp": sandbox.connector}), wanted)

    assert (error.non_retryable, error.next_retry_delay) == (False, timedelta(seconds=1))


async def test_a_wrong_token_is_not_tried_again_unless_it_was_renewed(sandbox: SandboxSystem) -> None:
    wanted = await sandbox.submitted()
    environ = {"SANDBOX_URL": sandbox.url, "SANDBOX_ERP_TOKEN": "old"}
    connectors = load_connectors(CONNECTORS_FILE, environ)
    first = await refused(Documents(connectors), wanted)
    environ["SANDBOX_ERP_TOKEN"] = "sandbox-erp-token"
    second = await refused(Documents(connectors), wanted)

    document = await ActivityEnvironment().run(Documents(connectors).read, wanted)

    await connectors.aclose()
    assert (first.non_retryable, second.non_retryable, document.ref) == (True, False, wanted)
