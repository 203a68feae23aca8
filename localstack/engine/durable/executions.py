"""Step Functions: an execution is recorded when its status changes; one that was cut off is told as what it is."""

from ministack.core.responses import now_iso
from ministack.services import stepfunctions

KIND = "execution"
ERROR = "CutOff"
CAUSE = "The local cloud was ended while this execution ran. Nothing that it had stored is lost: run the same file again."


def follow(journal):
    """Has the start and the end of every execution appended to the journal."""
    tell = stepfunctions._emit_execution_status_event

    def tell_and_record(execution):
        whole = {**execution, "events": list(execution["events"])}
        journal.append([KIND, execution["executionArn"], whole], True)
        tell(execution)

    stepfunctions._emit_execution_status_event = tell_and_record
    return lambda record: _apply(*record[1:])


def _apply(arn, execution):
    _, _, _, region, account, _ = arn.split(":", 5)
    stepfunctions._executions.set_scoped(account, region, arn, execution)


def end_interrupted():
    """No thread carries on what ran in an earlier process: such executions have failed, and say why."""
    for execution in stepfunctions._executions.all_values():
        cut_off = execution["status"] == "RUNNING" or execution.get("error") == "States.ServiceRestart"
        if not cut_off:
            continue
        execution.update(status="FAILED", error=ERROR, cause=CAUSE, stopDate=execution.get("stopDate") or now_iso())
        details = {"executionFailedEventDetails": {"error": ERROR, "cause": CAUSE}}
        stepfunctions._add_event(execution, "ExecutionFailed", details)
    for run in stepfunctions._map_runs.all_values():
        if run["status"] == "RUNNING":
            run.update(status="FAILED", stopDate=now_iso())
