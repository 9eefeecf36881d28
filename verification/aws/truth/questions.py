"""What no document of AWS answers and no single call can: what arrives, how much fits, who may.

A question makes what it needs, and answers in JSON. `sandbox` is the sandbox's answer; AwsTruthIT proves that it
gives it.
"""

import json
from datetime import datetime, timedelta, timezone

import boto3

from account import Account, NotAsked, until

QUESTIONS = []
EVERYTHING = json.dumps({"source": [{"prefix": ""}]})
PATIENCE = 180
ARCHIVE_PATIENCE = 20 * 60  # AWS archives an event some ten minutes after it came
MOST_RULES = 300


def question(text, document, sandbox):
    def add(ask):
        QUESTIONS.append({"probe": text, "document": document, "ask": ask, "sandbox": sandbox})
        return ask

    return add


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | it for it in statements]})


def bus(account, name, *, admitted=None):
    account.must("events", "create_event_bus", Name=name)
    arn = account.arn("events", f"event-bus/{name}")
    if admitted:
        statement = {
            "Sid": "truth",
            "Principal": {"AWS": f"arn:aws:iam::{admitted.number}:root"},
            "Action": "events:PutEvents",
            "Resource": arn,
        }
        account.must("events", "put_permission", EventBusName=name, Policy=policy(statement))
    return arn


def rule(account, bus_name, name, *targets, pattern=EVERYTHING):
    account.must("events", "put_rule", EventBusName=bus_name, Name=name, EventPattern=pattern)

    def put():
        # Until IAM knows a new role everywhere, AWS refuses it.
        answer = account.call("events", "put_targets", EventBusName=bus_name, Rule=name, Targets=list(targets))
        return {} if "HTTPStatusCode" in answer else answer

    if targets and not until(put, PATIENCE):
        account.must("events", "put_targets", EventBusName=bus_name, Rule=name, Targets=list(targets))
    return account.arn("events", f"rule/{bus_name}/{name}")


def queue(account, name, *senders):
    """A queue that EventBridge may send to, for rules; without any, for whoever the account lets."""
    arn = account.arn("sqs", name)
    statement = {
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": list(senders)}},
    }
    account.must("sqs", "create_queue", QueueName=name, Attributes={"Policy": policy(statement)} if senders else {})
    return arn


def role(account, name, *statements):
    trust = policy({"Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"})
    account.must("iam", "create_role", RoleName=name, AssumeRolePolicyDocument=trust)
    account.must("iam", "put_role_policy", RoleName=name, PolicyName="truth", PolicyDocument=policy(*statements))
    return account.role_arn(name)


def put(account, bus_arn, run):
    """Publishes an event, and returns its id."""
    entry = {"EventBusName": bus_arn, "Source": run, "DetailType": "truth", "Detail": json.dumps({"run": run})}
    return account.must("events", "put_events", Entries=[entry])["Entries"][0].get("EventId", "")


def received(account, name, seconds=5):
    """The messages of a queue, taken from it."""
    url = account.queue_url(name)
    answer = account.must(
        "sqs", "receive_message", QueueUrl=url, WaitTimeSeconds=seconds, MaxNumberOfMessages=10,
        MessageAttributeNames=["All"],
    )
    for message in answer.get("Messages", []):
        account.must("sqs", "delete_message", QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return answer.get("Messages", [])


def delivered(publish, account, *names):
    """By queue, the first message for an event. It is published again until a new rule knows it."""
    messages = {}

    def attempt():
        publish()
        for name in set(names) - set(messages):
            for message in received(account, name)[:1]:
                messages[name] = message
        return len(messages) == len(names)

    if not until(attempt, PATIENCE):
        raise NotAsked(f"no event came to {', '.join(set(names) - set(messages))} in {PATIENCE} s")
    return messages


def bodies(messages):
    return [json.loads(it["Body"]) for it in messages]


@question("the way of an event over two accounts", "docs/sandbox.md, EventBridge: Hops", {
    "account": "{other}", "its id": "kept", "its time": "kept", "a second hop": "THIRD_ACCOUNT_HOP_DETECTED",
})
def hops(a, b, run):
    first, second, third = bus(a, run, admitted=b), bus(b, run, admitted=a), bus(b, run + "-third")
    may_put = {"Action": "events:PutEvents", "Resource": [second, third]}
    at_second = {"Arn": second, "RoleArn": role(a, run, may_put), "Id": "forward"}
    own = queue(a, run, a.arn("events", f"rule/{run}/own"))
    rule(a, run, "own", {"Id": "queue", "Arn": own})
    rule(a, run, "forward", at_second)
    arrived = queue(b, run, b.arn("events", f"rule/{run}/arrived"))
    dead = queue(b, run + "-dead", b.arn("events", f"rule/{run}/again"))
    rule(b, run, "arrived", {"Id": "queue", "Arn": arrived})
    rule(b, run, "again", {
        "Id": "bus", "Arn": third, "RoleArn": role(b, run, may_put), "DeadLetterConfig": {"Arn": dead}
    })
    ids = []
    there = delivered(lambda: ids.append(put(b, first, run)), b, run, run + "-dead")
    here = {it["id"]: it for it in bodies(received(a, run, 20))}
    event = json.loads(there[run]["Body"])
    return {
        "account": event["account"],
        "its id": "kept" if event["id"] in ids else "changed",
        "its time": "kept" if here.get(event["id"], {}).get("time") == event["time"] else "changed",
        "a second hop": there[run + "-dead"]["MessageAttributes"]["ERROR_CODE"]["StringValue"],
    }


@question("what forwarding keeps of a replayed event", "docs/sandbox.md, EventBridge: Archives, Hops", {
    "replay-name": "kept", "account": "{account}", "its id": "new",
})
def replayed(a, b, run):
    first, second = bus(a, run), bus(b, run, admitted=a)
    archive = a.must("events", "create_archive", ArchiveName=run, EventSourceArn=first)["ArchiveArn"]
    may_put = {"Action": "events:PutEvents", "Resource": second}
    rule(a, run, "forward", {"Arn": second, "RoleArn": role(a, run, may_put), "Id": "forward"})
    queue(b, run, b.arn("events", f"rule/{run}/arrived"))
    rule(b, run, "arrived", {"Id": "queue", "Arn": b.arn("sqs", run)})
    ids, names, began = [], [], datetime.now(timezone.utc) - timedelta(minutes=1)
    delivered(lambda: ids.append(put(a, first, run)), b, run)

    def is_over(name):
        return a.must("events", "describe_replay", ReplayName=name)["State"] not in ("STARTING", "RUNNING")

    def replay():
        if not names or is_over(names[-1]):
            names.append(f"{run}-{len(names)}")
            a.must(
                "events", "start_replay", ReplayName=names[-1], EventSourceArn=archive, EventStartTime=began,
                EventEndTime=datetime.now(timezone.utc), Destination={"Arn": first},
            )
        return [it for it in bodies(received(b, run, 20)) if it["id"] not in ids]

    events = until(replay, ARCHIVE_PATIENCE)
    if not events:
        raise NotAsked(f"no replayed event came in {ARCHIVE_PATIENCE} s")
    return {
        "replay-name": "kept" if events[0].get("replay-name") in names else "lost",
        "account": events[0]["account"],
        "its id": "new",
    }


@question("how many rules fit beside an archive, and rules in a replay", "docs/sandbox.md, EventBridge: Archives", {
    "an archive's rule": "counts", "an archive of a full bus": "made", "FilterArns of a replay": "all",
})
def full(a, b, run):
    arn = bus(a, run)
    archive = a.must("events", "create_archive", ArchiveName=run, EventSourceArn=arn)["ArchiveArn"]
    arns, refusal = [], {}
    while not refusal and len(arns) <= MOST_RULES:
        made = a.call("events", "put_rule", EventBusName=run, Name=f"r{len(arns)}", EventPattern=EVERYTHING)
        if "HTTPStatusCode" in made:
            refusal = made
        else:
            arns.append(made["RuleArn"])
    if not refusal:
        raise NotAsked(f"this account's buses may have more than {MOST_RULES} rules")
    if len(arns) not in (MOST_RULES - 1, MOST_RULES):
        raise NotAsked(f"a bus of this account takes {len(arns)} rules, then {refusal['Code']}")
    another = a.call("events", "create_archive", ArchiveName=run + "-full", EventSourceArn=arn)
    return {
        "an archive's rule": "counts" if len(arns) < MOST_RULES else "does not count",
        "an archive of a full bus": another.get("Code", "made"),
        "FilterArns of a replay": most_filters(a, run, archive, arn, arns),
    }


def most_filters(a, run, archive, bus_arn, arns):
    """The most rules that a replay takes, by halving."""
    now = datetime.now(timezone.utc)

    def refused(number):
        name = f"{run}-{number}"
        answer = a.call(
            "events", "start_replay", ReplayName=name, EventSourceArn=archive,
            EventStartTime=now - timedelta(minutes=2), EventEndTime=now - timedelta(minutes=1),
            Destination={"Arn": bus_arn, "FilterArns": arns[:number]},
        )
        a.call("events", "cancel_replay", ReplayName=name)  # ten may be active
        return answer.get("Message")

    reason = refused(len(arns))
    if not reason:
        return "all"
    fits, fails = 0, len(arns)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        reason_there = refused(middle)
        fits, fails = (fits, middle) if reason_there else (middle, fails)
        reason = reason_there or reason
    return {"most": fits, "then": reason}


@question("a pattern of 2,049 characters", "docs/sandbox.md, EventBridge: guesses", "InvalidEventPatternException")
def long_pattern(a, b, run):
    bus(a, run)
    pattern = json.dumps({"source": ["x" * 2032]})
    pattern = pattern + " " * (2049 - len(pattern))
    return a.call("events", "put_rule", EventBusName=run, Name=run, EventPattern=pattern).get("Code", "made")


@question("the input of a target whose InputPath finds nothing", "docs/sandbox.md, EventBridge: guesses", "{}")
def no_input(a, b, run):
    arn = bus(a, run)
    target = queue(a, run, a.arn("events", f"rule/{run}/{run}"))
    rule(a, run, run, {"Id": "queue", "Arn": target, "InputPath": "$.detail.absent"})
    messages = until(lambda: put(a, arn, run) and received(a, run), PATIENCE)
    return messages[0]["Body"] if messages else "no message"


@question("an event for a bus that does not exist", "docs/sandbox.md, EventBridge", "accepted")
def no_bus(a, b, run):
    return "accepted" if put(a, run, run) else "refused"


@question("a log group outside /aws/events/ as a target", "docs/sandbox.md, CloudWatch Logs", "gets events")
def other_log_group(a, b, run):
    arn, group = bus(a, run), a.arn("logs", f"log-group:{run}")
    a.must("logs", "create_log_group", logGroupName=run)
    may_write = {
        "Principal": {"Service": ["events.amazonaws.com", "delivery.logs.amazonaws.com"]},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": f"{group}:*",
    }
    a.must("logs", "put_resource_policy", policyName=run, policyDocument=policy(may_write))
    rule(a, run, run, {"Id": "log", "Arn": group})

    def logged():
        put(a, arn, run)
        return a.must("logs", "filter_log_events", logGroupName=run)["events"]

    return "gets events" if until(logged, PATIENCE) else "gets none"


@question("cancelling a message move task that is over", "docs/sandbox.md, SQS: Guesses about move tasks",
          "AWS.SimpleQueueService.UnsupportedOperation")
def over(a, b, run):
    dead, handle = moved(a, run, "")

    def is_over():
        tasks = a.must("sqs", "list_message_move_tasks", SourceArn=dead)["Results"]
        return tasks and tasks[0]["Status"] not in ("RUNNING", "CANCELLING")

    if not until(is_over, PATIENCE):
        raise NotAsked(f"the task was not over after {PATIENCE} s")
    return a.call("sqs", "cancel_message_move_task", TaskHandle=handle).get("Code", "cancelled")


@question("moving a message back inside its deduplication interval", "docs/sandbox.md, SQS: Guesses about move tasks",
          "comes back")
def deduplicated(a, b, run):
    moved(a, run, ".fifo")
    return "comes back" if until(lambda: received(a, run + ".fifo"), 60) else "is lost"


def moved(a, run, suffix):
    """A message that its queue gave up, on its way back: the dead-letter queue, and the task."""
    fifo = {"FifoQueue": "true"} if suffix else {}
    name, dead_name = run + suffix, run + "-dead" + suffix
    dead = a.arn("sqs", dead_name)
    a.must("sqs", "create_queue", QueueName=dead_name, Attributes=fifo)
    redrive = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 1})
    a.must("sqs", "create_queue", QueueName=name, Attributes=fifo | {"RedrivePolicy": redrive})
    url = a.queue_url(name)
    group = {"MessageGroupId": "g", "MessageDeduplicationId": "d"} if suffix else {}
    a.must("sqs", "send_message", QueueUrl=url, MessageBody="truth", **group)

    def given_up():
        answer = a.must("sqs", "receive_message", QueueUrl=url, VisibilityTimeout=0, WaitTimeSeconds=1)
        return not answer.get("Messages")

    until(lambda: not given_up(), PATIENCE)
    if not until(given_up, PATIENCE):
        raise NotAsked(f"the message did not come to the dead-letter queue in {PATIENCE} s")
    return dead, a.must("sqs", "start_message_move_task", SourceArn=dead)["TaskHandle"]


@question("what a caller without a right is told", "docs/sandbox.md, EventBridge Schemas, SQS", {
    "by Schemas": "AccessDeniedException",
    "by a move task that may not send": "AccessDenied",
})
def narrowed(a, b, run):
    bus_arn = bus(a, run)
    dead, _ = moved(a, run, "")
    little = as_role(a, run, {"Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
                                         "sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks"], "Resource": dead})
    # Until IAM knows the role's policy everywhere, SQS refuses this too.
    if not until(lambda: "Results" in little.call("sqs", "list_message_move_tasks", SourceArn=dead), PATIENCE):
        raise NotAsked(f"IAM did not know a new policy after {PATIENCE} s")
    return {
        "by Schemas": little.call("schemas", "create_discoverer", SourceArn=bus_arn).get("Code", "made"),
        "by a move task that may not send": little.call(
            "sqs", "start_message_move_task", SourceArn=dead
        ).get("Code", "started"),
    }


def as_role(account, run, *statements):
    """The account, entered by a role that may do no more than this."""
    trust = policy({"Principal": {"AWS": f"arn:aws:iam::{account.number}:root"}, "Action": "sts:AssumeRole"})
    account.must("iam", "create_role", RoleName=run, AssumeRolePolicyDocument=trust)
    account.must("iam", "put_role_policy", RoleName=run, PolicyName="truth", PolicyDocument=policy(*statements))
    entry = {"RoleArn": account.role_arn(run), "RoleSessionName": run}
    answer = until(lambda: account.call("sts", "assume_role", **entry).get("Credentials"), PATIENCE)
    keys = answer or account.must("sts", "assume_role", **entry)["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], account.region)
    return Account(session, run)


LEVELS = {
    "EVENT_INGEST_SUCCESS": "INFO",
    "NO_STANDARD_RULES_MATCHED": "INFO",
    "RULE_MATCH": "INFO",
    "INVOCATION_SUCCESS": "INFO",
    "INVOCATION_ATTEMPT_PERMANENT_FAILURE": "ERROR",
    "INVOCATION_FAILURE": "ERROR",
    "INVOCATION_DLQ": "ERROR",
    "EVENT_RECEIPT": "TRACE",
    "RULE_MATCH_START": "TRACE",
    "INVOCATION_START": "TRACE",
    "INVOCATION_ATTEMPT_START": "TRACE",
    "INVOCATION_ATTEMPT_SUCCESS": "TRACE",
}


@question("the levels of the records of a bus log", "docs/sandbox.md, EventBridge: LogConfig", LEVELS)
def levels(a, b, run):
    arn, group = bus(a, run), a.arn("logs", f"log-group:{run}")
    a.must("events", "update_event_bus", Name=run, LogConfig={"Level": "TRACE"})
    a.must("logs", "create_log_group", logGroupName=run)
    may_write = {
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": f"{group}:log-stream:*",
    }
    a.must("logs", "put_resource_policy", policyName=run, policyDocument=policy(may_write))
    destination = a.must("logs", "put_delivery_destination", name=run, deliveryDestinationConfiguration={
        "destinationResourceArn": group
    })["deliveryDestination"]["arn"]
    for level in ("ERROR", "INFO", "TRACE"):
        name = f"{run}-{level}"
        a.must("logs", "put_delivery_source", name=name, resourceArn=arn, logType=f"{level}_LOGS")
        a.must("logs", "create_delivery", deliverySourceName=name, deliveryDestinationArn=destination)
    reached = queue(a, run, a.arn("events", f"rule/{run}/reached"))
    dead = queue(a, run + "-dead", a.arn("events", f"rule/{run}/missed"))
    pattern = json.dumps({"source": [run]})
    rule(a, run, "reached", {"Id": "queue", "Arn": reached}, pattern=pattern)
    rule(a, run, "missed", {
        "Id": "queue", "Arn": reached + "-absent", "DeadLetterConfig": {"Arn": dead}
    }, pattern=pattern)
    seen = {}

    def logged():
        put(a, arn, run)
        put(a, arn, run + ".unmatched")
        records = a.must("logs", "filter_log_events", logGroupName=run)["events"]
        for record in (json.loads(it["message"]) for it in records):
            seen[record["message_type"]] = record["log_level"]
        return seen.keys() >= LEVELS.keys()

    until(logged, 2 * PATIENCE)
    return seen
