"""Asks the questions on the Custom Event Bus of a stand-in, and prints the answers: so their calls are ones that AWS's
API model allows, and their answers are read. The stand-in says nothing of AWS.

    custom_event_bus.py PROFILE PROFILE
"""

import json
import secrets
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).parent
sys.path[0] = str(HERE.parents[2] / "truth")
sys.path.append(str(HERE))

import boto3
from botocore.exceptions import ClientError
from botocore.validate import validate_parameters

import account
import custom_event_bus
import questions

questions.PATIENCE = custom_event_bus.PATIENCE = 5
NOW = datetime.now(timezone.utc)
SUFFIX = "a" * 25
BUSES, SUBSCRIBERS = {}, {}


class StandIn:
    """A client of eventbridgev2 that checks requests and answers by the model, and delivers to queues at once."""

    def __init__(self, of):
        self.of = of
        self.real = of.session.client("eventbridgev2")

    def __getattr__(self, operation):
        model = self.real.meta.service_model.operation_model(self.real.meta.method_to_api_mapping[operation])

        def call(**parameters):
            validate_parameters(parameters, model.input_shape)
            answer = globals()[operation](self.of, **parameters)
            if model.output_shape:
                validate_parameters(answer, model.output_shape)
            return answer

        return call


def refusal(code):
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "call")


def list_event_buses(of, **query):
    return {"EventBuses": [it for it in BUSES.values() if it["Name"].startswith(query.get("NamePrefix", ""))]}


def create_event_bus(of, Name):
    arn = of.arn("events", f"event-busv2/{Name}/{SUFFIX}")
    BUSES[arn] = {"EventBusArn": arn, "Name": Name, "State": "CREATING", "CreationTime": NOW}
    return BUSES[arn]


def describe_event_bus(of, EventBusArn):
    before = dict(BUSES[EventBusArn])
    BUSES[EventBusArn]["State"] = "ACTIVE"
    return before


def delete_event_bus(of, EventBusArn):
    if any(it["EventBusArn"] == EventBusArn for it in SUBSCRIBERS.values()):
        raise refusal("ResourceInUseException")
    del BUSES[EventBusArn]
    return {}


def put_resource_policy(of, ResourceArn, PolicyDocument):
    return {"ResourceArn": ResourceArn, "PolicyName": "default", "RevisionId": "1"}


def create_subscriber(of, Name, EventBusArn, InvokeConfiguration, **more):
    arn = of.arn("events", f"subscriber/{Name}/{SUFFIX}")
    if arn in SUBSCRIBERS:
        raise refusal("ResourceAlreadyExistsException")
    if len(SUBSCRIBERS) == 3:
        raise refusal("LimitExceededException")
    SUBSCRIBERS[arn] = {"of": of, "EventBusArn": EventBusArn, "State": more.get("State", "RUNNING"), "backlog": []}
    return {"SubscriberArn": arn, "Name": Name, "EventBusArn": EventBusArn}


def list_subscribers(of, **query):
    return {"Subscribers": [
        {"SubscriberArn": arn, "Name": arn.split("/")[1], "EventBusArn": it["EventBusArn"], "State": it["State"],
         "CreationTime": NOW}
        for arn, it in SUBSCRIBERS.items() if it["of"] is of
    ]}


def update_subscriber(of, SubscriberArn, State):
    SUBSCRIBERS[SubscriberArn]["State"] = State
    deliver(SUBSCRIBERS[SubscriberArn])
    return {"SubscriberArn": SubscriberArn}


def delete_subscriber(of, SubscriberArn):
    del SUBSCRIBERS[SubscriberArn]
    return {}


def put_events(of, EventBusArn, Entries):
    event = {"id": str(uuid.uuid4()), "account": of.number, "detail": json.loads(Entries[0]["Detail"])}
    for it in SUBSCRIBERS.values():
        if it["EventBusArn"] == EventBusArn:
            it["backlog"].append(event)
            deliver(it)
    return {"FailedEntryCount": 0, "Entries": [{"EventId": event["id"]}]}


def deliver(subscriber):
    of = subscriber["of"]
    while subscriber["State"] == "RUNNING" and subscriber["backlog"]:
        body = json.dumps(subscriber["backlog"].pop(0))
        of.client("sqs").send_message(QueueUrl=of.queue_url(NAME), MessageBody=body)


if __name__ == "__main__":
    NAME = "aws-truth-" + secrets.token_hex(3)
    both = [account.Account(boto3.Session(profile_name=it), NAME) for it in sys.argv[1:]]
    for it in both:
        it.clients["eventbridgev2"] = StandIn(it)
    answers = {}
    for question in custom_event_bus.QUESTIONS:
        try:
            answers[question["probe"]] = question["ask"](*both, NAME)
        except account.NotAsked as reason:
            answers[question["probe"]] = str(reason)
        for it in reversed(both):
            it.clean()
    json.dump({"answers": answers, "left": [it.left for it in both], "buses": list(BUSES)}, sys.stdout, indent=2)
