"""An AWS account that questions are asked in: calls to it, and how to take each creation back."""

import time

from botocore.config import Config
from botocore.exceptions import ClientError

from witness import pages, settings

RETRIES = Config(retries={"mode": "standard", "total_max_attempts": 5})
DENIED = {
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "ForbiddenException",
    "UnauthorizedOperation",
}
GONE = {
    "AWS.SimpleQueueService.NonExistentQueue",
    "IllegalStatusException",  # of a replay that has ended
    "NoSuchEntity",
    "NotFoundException",
    "ResourceNotFoundException",
}


class NotAsked(Exception):
    """A question that can't be asked here; the message says why."""


def until(ask, patience):
    """The first answer that is not empty, asked again and again for so many seconds; or the last one."""
    deadline, pause = time.monotonic() + patience, 0.5
    while not (answer := ask()) and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(2 * pause, 60)
    return answer


def is_denied(answer):
    return answer.get("Code") in DENIED


def named(service, operation, *members):
    """Takes a creation back by one call, which names the resource by members of the creation."""
    return lambda account, made: [(service, operation, {it: made[it] for it in members if it in made})]


def listed(service, operation, member, given, deletion, identity, **renamed):
    """Takes a creation back whose answer may not have come: what is deleted is looked up first."""

    def calls(account, made):
        query = {name: made[it] for name, it in renamed.items()}
        found = account.must(service, operation, **query).get(member, [])
        return [(service, deletion, {given: it[identity]}) for it in found if account.run in str(it)]

    return calls


TAKEN_BACK = {
    ("events", "create_event_bus"): named("events", "delete_event_bus", "Name"),
    ("events", "put_rule"): named("events", "delete_rule", "EventBusName", "Name"),
    ("events", "put_targets"): lambda account, made: [
        ("events", "remove_targets", {
            "EventBusName": made["EventBusName"],
            "Rule": made["Rule"],
            "Ids": [it["Id"] for it in made["Targets"]],
        })
    ],
    ("events", "create_archive"): named("events", "delete_archive", "ArchiveName"),
    ("events", "start_replay"): named("events", "cancel_replay", "ReplayName"),
    ("sqs", "create_queue"): lambda account, made: [
        ("sqs", "delete_queue", {"QueueUrl": account.queue_url(made["QueueName"])})
    ],
    ("logs", "create_log_group"): named("logs", "delete_log_group", "logGroupName"),
    ("logs", "put_resource_policy"): named("logs", "delete_resource_policy", "policyName"),
    ("logs", "put_delivery_source"): named("logs", "delete_delivery_source", "name"),
    ("logs", "put_delivery_destination"): named("logs", "delete_delivery_destination", "name"),
    ("logs", "create_delivery"): lambda account, made: [
        ("logs", "delete_delivery", {"id": it["id"]})
        for it in pages(account.client("logs").describe_deliveries, "deliveries", "nextToken")
        if it["deliverySourceName"] == made["deliverySourceName"]
    ],
    ("iam", "create_role"): named("iam", "delete_role", "RoleName"),
    ("iam", "put_role_policy"): named("iam", "delete_role_policy", "RoleName", "PolicyName"),
    ("schemas", "create_registry"): named("schemas", "delete_registry", "RegistryName"),
    ("schemas", "create_schema"): named("schemas", "delete_schema", "RegistryName", "SchemaName"),
    ("schemas", "create_discoverer"): listed(
        "schemas", "list_discoverers", "Discoverers", "DiscovererId", "delete_discoverer", "DiscovererId",
        SourceArnPrefix="SourceArn",
    ),
    ("eventbridgev2", "create_event_bus"): listed(
        "eventbridgev2", "list_event_buses", "EventBuses", "EventBusArn", "delete_event_bus", "EventBusArn",
        NamePrefix="Name",
    ),
    ("eventbridgev2", "create_subscriber"): listed(
        "eventbridgev2", "list_subscribers", "Subscribers", "SubscriberArn", "delete_subscriber", "SubscriberArn",
        NamePrefix="Name",
    ),
}
"""By service and operation, the calls that delete what it made. Other operations make nothing that stays."""

NAMELESS = {
    ("events", "test_event_pattern"),
    ("logs", "delete_delivery"),
    ("schemas", "delete_discoverer"),
    ("sqs", "cancel_message_move_task"),
}
"""Operations that touch nothing, or what an answer to this run identified."""


class Account:
    """One of the two accounts, by its profile. It touches nothing whose name is not the run's."""

    def __init__(self, session, run):
        self.session = session
        self.run = run
        self.region = session.region_name
        self.made = []
        self.left = []
        self.clients = {}
        identity = self.client("sts").get_caller_identity()
        self.number, self.caller = identity["Account"], identity["Arn"]

    def client(self, service):
        if service not in self.clients:
            self.clients[service] = self.session.client(service, config=RETRIES)
        return self.clients[service]

    def call(self, service, operation, **parameters):
        """The answer without what is volatile; of a refusal Code, Message and HTTPStatusCode."""
        if self.run not in str(parameters) and (service, operation) not in NAMELESS:
            raise ValueError(f"{service} {operation} would touch what is not of this run: {parameters}")
        if (service, operation) in TAKEN_BACK:
            self.made.append((service, operation, parameters))
        try:
            return settings(getattr(self.client(service), operation)(**parameters))
        except ClientError as refusal:
            error = refusal.response["Error"]
            return {
                "Code": error["Code"],
                "Message": error.get("Message", ""),
                "HTTPStatusCode": refusal.response["ResponseMetadata"]["HTTPStatusCode"],
            }

    def must(self, service, operation, **parameters):
        """The same for a call that prepares a question."""
        answer = self.call(service, operation, **parameters)
        if "HTTPStatusCode" in answer:
            raise NotAsked(f"{operation} was refused: {answer['Code']}: {answer['Message']}")
        return answer

    def clean(self):
        """Deletes what was made, the latest first, and keeps in `left` what could not be deleted."""
        for pause in (0, 2, 5, 10, 20, 40):
            time.sleep(pause)
            refused = [(it, why) for it in reversed(self.made) if (why := self.refusal(*it))]
            self.made = [it for it, _ in reversed(refused)]
            if all(is_denied(why) for _, why in refused):
                break
        self.made = []
        self.left += refused

    def clean_again(self):
        self.made, self.left = [it for it, _ in reversed(self.left)] + self.made, []
        self.clean()

    def refusal(self, service, operation, parameters):
        """Why a creation could not be taken back; empty if it was."""
        try:
            for service, deletion, resource in TAKEN_BACK[service, operation](self, parameters):
                answer = self.deleted(service, deletion, resource)
                if "HTTPStatusCode" in answer and answer["Code"] not in GONE:
                    return answer
        except Exception as error:  # the next one must be deleted all the same
            return {"Code": type(error).__name__, "Message": str(error)}
        return {}

    def deleted(self, service, deletion, resource):
        """The answer to a deletion, once no other change is in its way."""
        answers = []

        def is_answer():
            answers.append(self.call(service, deletion, **resource))
            return answers[-1].get("Code") != "ConcurrentModificationException"

        until(is_answer, 60)
        return answers[-1]

    def arn(self, service, resource):
        return f"arn:aws:{service}:{self.region}:{self.number}:{resource}"

    def role_arn(self, name):
        return f"arn:aws:iam::{self.number}:role/{name}"

    def queue_url(self, name):
        return f"{self.client('sqs').meta.endpoint_url}/{self.number}/{name}"
