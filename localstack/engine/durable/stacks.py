"""CloudFormation: whether a deployment runs, and what one is that an earlier process did not end."""

from ministack.services import cloudformation

REASON = "The local cloud was ended during this operation; deploy again."
# States from which the CDK goes on by itself: it deletes what was never created whole, and updates the others.
CUT_OFF = {"CREATE": "ROLLBACK_COMPLETE", "ROLLBACK": "ROLLBACK_COMPLETE", "DELETE": "DELETE_FAILED"}


def deploying():
    return any(_runs(stack) for stack in cloudformation._stacks.all_values())


def end_interrupted():
    for stack in cloudformation._stacks.all_values():
        if _runs(stack):
            operation = stack["StackStatus"].partition("_")[0]
            stack.update(StackStatus=CUT_OFF.get(operation, "UPDATE_ROLLBACK_COMPLETE"), StackStatusReason=REASON)


def _runs(stack):
    status = stack.get("StackStatus", "")
    return status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS"
