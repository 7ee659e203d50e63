"""R23 撤销: what those read who are asked to have an approval undone."""

from tests.process.staging import Instance, approval, definition


def test_whoever_approved_reads_who_wants_it_revoked_what_they_approved_and_why() -> None:
    play = Instance(definition(approval("boss", "a", title="采购审批"), revoke="7d"))
    play.click("a", "approve")
    play.click("li", "revoke", task=play.state.instance, opinion="供应商停产")
    task = play.tasks[play.task_of("a")]

    assert (str(task.reason), str(task.cause)) == ("LI 申请撤销，您曾同意“采购审批”", "供应商停产")
