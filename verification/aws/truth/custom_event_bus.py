"""Open questions on AWS's new Custom Event Bus, which the operator does not make yet (docs/custom-event-bus.md).

The sandbox doesn't have it, so there is nothing to compare with: the answers are told as they are.
"""

import json
import time
from functools import cache

from botocore.exceptions import BotoCoreError, ClientError

from account import NotAsked, until
from questions import PATIENCE, bus, bodies, delivered, policy, put, queue, received, role, rule

QUESTIONS = []
DOCUMENT = "docs/custom-event-bus.md"
SERVICE = "eventbridgev2"
MOST_REPLAYS = 20


def question(text):
    def add(ask):
        def where_it_is(a, b, run):
            for account in (a, b):
                if reason := missing(account):
                    raise NotAsked(reason)
            return ask(a, b, run)

        QUESTIONS.append({"probe": f"Custom Event Bus: {text}", "document": DOCUMENT, "ask": where_it_is})
        return ask

    return add


@cache
def missing(account):
    """Why the account has no Custom Event Bus; empty if it has."""
    if SERVICE not in account.session.get_available_services():
        return "the installed boto3 has no eventbridgev2"
    try:
        account.client(SERVICE).list_event_buses(MaxResults=1)
        return ""
    except (BotoCoreError, ClientError) as error:
        return f"{account.region} or the endpoint has no Custom Event Bus: {error}"


def shared_bus(a, b, name):
    """A bus of the first account that the second may publish to and subscribe to."""
    began = time.monotonic()
    arn = a.must(SERVICE, "create_event_bus", Name=name)["EventBusArn"]
    state = until(lambda: active(a, arn), PATIENCE)
    if state != "ACTIVE":
        raise NotAsked(f"the bus is {state or 'still being created'} after {PATIENCE} s")
    seconds = round(time.monotonic() - began, 1)
    statement = {
        "Sid": "truth",
        "Principal": {"AWS": f"arn:aws:iam::{b.number}:root"},
        "Action": ["events:PutEvents", "events:CreateSubscriber", "events:UpdateSubscriber"],
        "Resource": arn,
    }
    a.must(SERVICE, "put_resource_policy", ResourceArn=arn, PolicyDocument=policy(statement))
    return arn, seconds


def active(account, arn):
    state = account.must(SERVICE, "describe_event_bus", EventBusArn=arn)["State"]
    return "" if state == "CREATING" else state


def delivery_role(account, run):
    """A queue of the account, and what an invocation of it needs."""
    target = queue(account, run)
    arn = role(account, run, {"Action": "sqs:SendMessage", "Resource": target})
    return {"TargetArn": target, "RoleArn": arn}


def subscribe(account, arn, name, invocation, **more):
    """A subscriber's answer, or a refusal. AWS makes one at a time for a bus, and waits for new roles."""

    def create():
        answer = account.call(
            SERVICE, "create_subscriber", Name=name, EventBusArn=arn, InvokeConfiguration=invocation, **more
        )
        return None if answer.get("Code") in ("ConcurrentModificationException", "InvalidInputException") else answer

    return until(create, PATIENCE) or account.must(
        SERVICE, "create_subscriber", Name=name, EventBusArn=arn, InvokeConfiguration=invocation, **more
    )


def subscribed(account, arn, name, invocation, **more):
    answer = subscribe(account, arn, name, invocation, **more)
    if "HTTPStatusCode" in answer:
        raise NotAsked(f"CreateSubscriber was refused: {answer['Code']}: {answer['Message']}")
    return answer["SubscriberArn"]


def publish(account, arn, run):
    entry = {"Source": run, "DetailType": "truth", "Detail": json.dumps({"from": account.number})}
    return account.must(SERVICE, "put_events", EventBusArn=arn, Entries=[entry])["Entries"][0]["EventId"]


@question("whose account an event on a shared bus names")
def account_of_event(a, b, run):
    arn, _ = shared_bus(a, b, run)
    subscribed(b, arn, run, delivery_role(b, run))
    named = {}

    def attempt():
        publish(a, arn, run)
        publish(b, arn, run)
        named.update({it["detail"]["from"]: it["account"] for it in bodies(received(b, run))})
        return len(named) == 2

    until(attempt, PATIENCE)
    return [{"published by": publisher, "account": account} for publisher, account in sorted(named.items())]


@question("whether an event keeps its id from a Classic bus")
def bridged_id(a, b, run):
    arn, _ = shared_bus(a, b, run)
    subscribed(b, arn, run, delivery_role(b, run))
    classic, ids = bus(a, run), []
    may_put = {"Action": ["events:PutEvents", "events:PutRawEvents"], "Resource": arn}
    rule(a, run, run, {"Id": "bridge", "Arn": arn, "RoleArn": role(a, run, may_put)})
    event = json.loads(delivered(lambda: ids.append(put(a, classic, run)), b, run)[run]["Body"])
    return {"its id": "kept" if event.get("id") in ids else "changed", "account": event.get("account")}


@question("where a subscriber begins that is created STOPPED")
def stopped(a, b, run):
    arn, _ = shared_bus(a, b, run)
    before = publish(b, arn, run)
    subscriber = subscribed(b, arn, run, delivery_role(b, run), State="STOPPED")
    while_stopped = publish(b, arn, run)
    b.must(SERVICE, "update_subscriber", SubscriberArn=subscriber, State="RUNNING")
    came = set()
    until(lambda: came.update(it["id"] for it in bodies(received(b, run))) or while_stopped in came, PATIENCE)
    came.update(it["id"] for it in bodies(received(b, run)))
    return {
        "an event from before": "delivered" if before in came else "not delivered",
        "an event while it was stopped": "delivered" if while_stopped in came else "not delivered",
    }


@question("how long creations take, and how long until a new subscriber gets events")
def durations(a, b, run):
    arn, bus_seconds = shared_bus(a, b, run)
    invocation = delivery_role(b, run)
    began = time.monotonic()
    subscribed(b, arn, run, invocation)
    created = time.monotonic()
    delivered(lambda: publish(b, arn, run), b, run)
    return {
        "seconds until a bus is ACTIVE": bus_seconds,
        "seconds of CreateSubscriber, with its new role": round(created - began, 1),
        "seconds from there to the first event": round(time.monotonic() - created, 1),
    }


@question("how many subscribers may read a bus from its beginning at once")
def replays(a, b, run):
    arn, _ = shared_bus(a, b, run)
    publish(b, arn, run)
    invocation = delivery_role(b, run)
    from_beginning = {"StartingPosition": "POINT_IN_TIME", "PointInTimeConfiguration": {"PointType": "HORIZON"}}
    for number in range(MOST_REPLAYS):
        answer = subscribe(b, arn, f"{run}-{number}", invocation, **from_beginning)
        if "HTTPStatusCode" in answer:
            return {"made": number, "then": answer["Code"]}
    return {"made": MOST_REPLAYS, "then": "not asked"}


@question("whether two buses may have subscribers of one name")
def names(a, b, run):
    first, _ = shared_bus(a, b, run)
    second, _ = shared_bus(a, b, run + "-second")
    invocation = delivery_role(b, run)
    subscribed(b, first, run, invocation)
    return subscribe(b, second, run, invocation).get("Code", "made")
