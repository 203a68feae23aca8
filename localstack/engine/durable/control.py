"""Which requests change what the cloud is made of (tables, functions, stacks), other than the data in it."""

from urllib.parse import parse_qs

READS = ("Describe", "List", "Get", "BatchGet", "Query", "Scan", "Lookup", "Search", "Filter", "Validate", "Simulate")

# Data has its own journal; log lines and metrics are not promised.
DATA = {
    "dynamodb": {
        *("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems", "TransactGetItems"),
        *("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"),
    },
    "states": {
        *("StartExecution", "StartSyncExecution", "StopExecution", "TestState"),
        *("SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat"),
    },
    "logs": {"CreateLogStream", "DeleteLogStream", "PutLogEvents", "StartQuery", "TestMetricFilter"},
    "events": {"PutEvents", "TestEventPattern"},
    "monitoring": {"PutMetricData"},
}
NEVER = ("sts", "dynamodbstreams", "imds")


def changes_control(service, method, path, headers, body, query):
    if service in NEVER or method in ("GET", "HEAD", "OPTIONS"):
        return False
    if service == "s3":
        return _is_of_bucket(method, path, query)
    action = _action(headers, body, query)
    if action is not None:
        return not action.startswith(READS) and action not in DATA.get(service, ())
    # REST services: Lambda's invocations and API Gateway's test and data routes are no changes.
    return "/invocations" not in path and "_user_request_" not in path


def _is_of_bucket(method, path, query):
    bucket, _, key = path.lstrip("/").partition("/")
    return bucket != "" and key == "" and not (method == "POST" and "delete" in query)


def _action(headers, body, query):
    target = headers.get("x-amz-target")
    if target is not None:
        return target.rpartition(".")[2]
    if "Action" in query:
        return query["Action"][0]
    if body and b"Action=" in body[:4096]:
        return parse_qs(body.decode("utf-8", "replace")).get("Action", [None])[0]
    return None
