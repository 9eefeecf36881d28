"""Publishes events to the backbone and receives events from the subscription's queue.

The environment variables are the keys of an EventSubscription's binding Secret. boto3 reads
AWS_DEFAULT_REGION by itself. Copy this file into your service.
"""

import collections
import json
import logging
import os
import signal
import time
import uuid
from datetime import datetime, timezone

import boto3
from botocore.exceptions import BotoCoreError, ClientError

LOG = logging.getLogger("events")

BATCH = 10
ATTEMPTS = 5
# PutEvents API Reference, "ErrorCode": these errors pass.
PASSING = {"InternalException", "InternalFailure", "ThrottlingException"}
REMEMBERED = 10_000


class PublishError(Exception):
    """The bus did not accept some events. The message names them."""


def first_metadata(correlation_id):
    """Metadata of an event that no other event led to."""
    return {
        "id": str(uuid.uuid4()),
        "correlationId": correlation_id,
        "schemaVersion": "1",
        "time": _now(),
    }


def metadata_after(event, detail_type):
    """Metadata of an event that another event leads to.

    The id depends on the first event's id alone: if the first event is handled twice, consumers
    recognize the second publication.
    """
    cause = event["detail"]["metadata"]
    return {
        **cause,
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, cause["id"] + "/" + detail_type)),
        "causationId": cause["id"],
        "schemaVersion": "1",
        "time": _now(),
    }


def _now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


class Publisher:
    def __init__(self):
        self._events = boto3.client("events")
        self._bus = os.environ["EVENT_BUS_ARN"]
        self._source = os.environ["EVENT_SOURCE"]

    def publish(self, *events):
        """Returns when the bus has accepted all events, given as (detail type, metadata, data)."""
        entries = [self._entry(*event) for event in events]
        for start in range(0, len(entries), BATCH):
            self._put(entries[start : start + BATCH])

    def _entry(self, detail_type, metadata, data):
        return {
            "EventBusName": self._bus,
            "Source": self._source,
            "DetailType": detail_type,
            "Detail": json.dumps({"metadata": metadata, "data": data}),
        }

    def _put(self, entries):
        """An answer of 200 may contain failures. The results have the order of the entries."""
        for attempt in range(1, ATTEMPTS + 1):
            answer = self._events.put_events(Entries=entries)
            if answer["FailedEntryCount"] == 0:
                return
            failed = [
                (entry, result)
                for entry, result in zip(entries, answer["Entries"])
                if "ErrorCode" in result
            ]
            lasting = [f for f in failed if f[1]["ErrorCode"] not in PASSING]
            if lasting or attempt == ATTEMPTS:
                raise PublishError(
                    "not accepted by the bus: "
                    + "; ".join(
                        f"{entry['DetailType']}: {result['ErrorCode']}: {result['ErrorMessage']}"
                        for entry, result in failed
                    )
                )
            entries = [entry for entry, _ in failed]
            time.sleep(0.1 * 2**attempt)


class Consumer:
    """Handles each event once, as far as this process remembers.

    A service with a database stores the ids there, in the transaction of its work.
    """

    def __init__(self, handle):
        self._handle = handle
        self._sqs = boto3.client("sqs")
        self._queue = os.environ["EVENT_QUEUE_URL"]
        self._handled = collections.OrderedDict()
        self._stopping = False

    def run(self):
        """Receives until SIGTERM. Finishes the poll first: SQS hides what a cut poll received."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            try:
                answer = self._sqs.receive_message(
                    QueueUrl=self._queue, MaxNumberOfMessages=1, WaitTimeSeconds=10
                )
            except (BotoCoreError, ClientError) as e:
                LOG.warning("could not receive from %s: %s", self._queue, e)
                time.sleep(1)
                continue
            for message in answer.get("Messages", []):
                self._process(message)

    def _stop(self, *_):
        self._stopping = True

    def _process(self, message):
        """A message that fails stays in the queue. It comes again, and ends as a dead letter."""
        try:
            self._handle_once(json.loads(message["Body"]))
            self._sqs.delete_message(
                QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"]
            )
        except Exception:
            LOG.exception("message %s was not handled, and comes again", message["MessageId"])

    def _handle_once(self, event):
        """SQS and EventBridge may deliver an event more than once. A replay is wanted once more."""
        key = (event["detail"]["metadata"]["id"], event.get("replay-name"))
        if key in self._handled:
            LOG.info("%s %s was handled before", event["detail-type"], key[0])
            return
        self._handle(event)
        self._handled[key] = True
        if len(self._handled) > REMEMBERED:
            self._handled.popitem(last=False)
