"""What is in AWS accounts, read with boto3, and single calls to them.

    witness.py read ACCOUNT...   all of it, as JSON by account
    witness.py call              calls, from standard input as JSON by account, lists of [service,
                                 operation, parameters]; the answers as JSON in the same places, of
                                 a refused call Code, Message and HTTPStatusCode
    witness.py administer        the same, as root of each account
    witness.py operations SERVICE...
                                 of all operations that boto3 knows, the code with which a call without
                                 parameters but those of its path is refused, or none

Credentials, Region and endpoint come from the AWS_... variables. Accounts are entered by AssumeRole,
as root by an access key id that is the account's number, which emulators take. Nothing is left out of an answer but what differs from run to run.
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

NO_RETRIES = Config(retries={"total_max_attempts": 1})
ROLE = "arn:aws:iam::{}:role/witness"
VOLATILE = {
    "ResponseMetadata",
    # buses, archives
    "CreationTime",
    "LastModifiedTime",
    "UserId", # of a session
    "EventCount",
    "SizeBytes",
    # queues
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
    # log groups and their policies
    "creationTime",
    "lastUpdatedTime",
    "storedBytes",
}
POLICIES = {"Policy", "policyDocument"}
DOCUMENTS = {"EventPattern", "RedrivePolicy"}


def session(account):
    credentials = boto3.client("sts").assume_role(
        RoleArn=ROLE.format(account), RoleSessionName="witness"
    )["Credentials"]
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )


def as_list(value):
    """IAM takes one text for a list of one, and lists in any order."""
    return sorted(value if isinstance(value, list) else [value])


def lists(block):
    return {name: as_list(value) for name, value in block.items()}


def member(name, value):
    if name in {"Action", "Resource"}:
        return as_list(value)
    if name == "Principal" and value != "*":
        return lists(value)
    if name == "Condition":
        return {operator: lists(keys) for operator, keys in value.items()}
    return value


def policy(text):
    """A policy in the one form in which two that mean the same are the same."""
    document = json.loads(text)
    statements = [
        {name: member(name, value) for name, value in it.items()}
        for it in document["Statement"]
    ]
    return document | {"Statement": sorted(statements, key=lambda it: it.get("Sid", ""))}


def setting(name, value):
    if name in POLICIES:
        return policy(value)
    return json.loads(value) if name in DOCUMENTS else value


def root(account):
    return boto3.Session(aws_access_key_id=account, aws_secret_access_key="secret")


def settings(answer):
    """An answer without what is volatile, its JSON documents read."""
    return {
        name: setting(name, value)
        for name, value in answer.items()
        if name not in VOLATILE
    }


def pages(operation, member, token="NextToken", **parameters):
    """A list that AWS answers in pages, some of which boto3 has no paginator for."""
    answer = operation(**parameters)
    yield from answer.get(member, [])
    while answer.get(token):
        answer = operation(**parameters, **{token: answer[token]})
        yield from answer.get(member, [])


def event_tags(events, arn):
    tags = events.list_tags_for_resource(ResourceARN=arn)["Tags"]
    return {tag["Key"]: tag["Value"] for tag in tags}


def rule(events, bus, name):
    described = events.describe_rule(EventBusName=bus, Name=name)
    targets = pages(events.list_targets_by_rule, "Targets", EventBusName=bus, Rule=name)
    return settings(described) | {
        "targets": sorted(targets, key=lambda it: it["Id"]),
        "tags": event_tags(events, described["Arn"]),
    }


def bus(events, name):
    described = events.describe_event_bus(Name=name)
    rules = list(pages(events.list_rules, "Rules", EventBusName=name))
    return settings(described) | {
        "tags": event_tags(events, described["Arn"]),
        "rules": {it["Name"]: rule(events, name, it["Name"]) for it in rules},
    }


def queue(sqs, url):
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
    tags = sqs.list_queue_tags(QueueUrl=url)
    return settings(attributes["Attributes"]) | {"tags": tags.get("Tags", {})}


def log_group(logs, group):
    tags = logs.list_tags_for_resource(resourceArn=group["arn"].removesuffix(":*"))
    return settings(group) | {"tags": tags["tags"]}


def account(number):
    here = session(number)
    events, sqs, logs = here.client("events"), here.client("sqs"), here.client("logs")
    return {
        "buses": {
            it["Name"]: bus(events, it["Name"])
            for it in pages(events.list_event_buses, "EventBuses")
        },
        "archives": {
            it["ArchiveName"]: settings(events.describe_archive(ArchiveName=it["ArchiveName"]))
            for it in pages(events.list_archives, "Archives")
        },
        "queues": {
            url.rsplit("/", 1)[1]: queue(sqs, url)
            for url in pages(sqs.list_queues, "QueueUrls")
        },
        "logGroups": {
            it["logGroupName"]: log_group(logs, it)
            for it in pages(logs.describe_log_groups, "logGroups", "nextToken")
        },
        "logResourcePolicies": {
            it["policyName"]: settings(it)["policyDocument"]
            for it in pages(logs.describe_resource_policies, "resourcePolicies", "nextToken")
        },
    }


def call(here, service, operation, parameters):
    client = here.client(service, config=NO_RETRIES)
    try:
        return settings(getattr(client, operation)(**parameters))
    except ClientError as error:
        return {
            "Code": error.response["Error"]["Code"],
            "Message": error.response["Error"]["Message"],
            "HTTPStatusCode": error.response["ResponseMetadata"]["HTTPStatusCode"],
        }


def refusal(client, operation):
    input_shape = client.meta.service_model.operation_model(operation).input_shape
    members = input_shape.members if input_shape else {}
    in_path = {name: "x" for name, it in members.items() if it.serialization.get("location") == "uri"}
    try:
        client._make_api_call(operation, in_path)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "none"


def operations(service):
    config = NO_RETRIES.merge(Config(parameter_validation=False, inject_host_prefix=False))
    client = root("999999999999").client(service, config=config)
    return {it: refusal(client, it) for it in client.meta.service_model.operation_names}


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "read":
        said = {number: account(number) for number in arguments}
    elif command == "operations":
        said = {service: operations(service) for service in arguments}
    else:
        enter = root if command == "administer" else session
        said = {}
        for number, calls in json.load(sys.stdin).items():
            here = enter(number)
            said[number] = [call(here, *it) for it in calls]
    json.dump(said, sys.stdout, indent=2, sort_keys=True, default=str)
