/**
 * Publishes events to the backbone and receives events from the subscription's queue. The
 * environment variables are the keys of an EventSubscription's binding Secret; the AWS SDK reads
 * AWS_REGION by itself. Copy this file into your service.
 */
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const BATCH = 10;
const ATTEMPTS = 5;
// PutEvents API Reference, "ErrorCode": these errors pass.
const PASSING = new Set(["InternalException", "InternalFailure", "ThrottlingException"]);
const REMEMBERED = 10_000;

function variable(name) {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is missing: see the binding Secret`);
  return value;
}

/** Metadata of an event that no other event led to. */
export function firstMetadata(correlationId) {
  return {
    id: randomUUID(),
    correlationId,
    schemaVersion: "1",
    time: new Date().toISOString(),
  };
}

/**
 * Metadata of an event that another event leads to. The id depends on the first event's id alone:
 * if the first event is handled twice, consumers recognize the second publication.
 */
export function metadataAfter(event, detailType) {
  const cause = event.detail.metadata;
  const hash = createHash("sha256").update(`${cause.id}/${detailType}`).digest("hex");
  return {
    ...cause,
    id: hash.slice(0, 32),
    causationId: cause.id,
    schemaVersion: "1",
    time: new Date().toISOString(),
  };
}

/** Without the reason of JSON.parse, which quotes the payload. */
function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error("the message is no JSON");
  }
}

export class Publisher {
  #events = new EventBridgeClient();
  #bus = variable("EVENT_BUS_ARN");
  #source = variable("EVENT_SOURCE");

  /** Resolves when the bus has accepted all events, given as {detailType, metadata, data}. */
  async publish(...events) {
    const entries = events.map(({ detailType, metadata, data }) => ({
      EventBusName: this.#bus,
      Source: this.#source,
      DetailType: detailType,
      Detail: JSON.stringify({ metadata, data }),
    }));
    for (let start = 0; start < entries.length; start += BATCH) {
      await this.#put(entries.slice(start, start + BATCH));
    }
  }

  /** An answer of 200 may contain failures. The results have the order of the entries. */
  async #put(entries) {
    for (let attempt = 1; entries.length > 0; attempt++) {
      const answer = await this.#events.send(new PutEventsCommand({ Entries: entries }));
      if (answer.FailedEntryCount === 0) return;
      const failed = entries
        .map((entry, i) => ({ entry, result: answer.Entries[i] }))
        .filter(({ result }) => result.ErrorCode);
      if (attempt === ATTEMPTS || failed.some(({ result }) => !PASSING.has(result.ErrorCode))) {
        const reasons = failed.map(
          ({ entry, result }) => `${entry.DetailType}: ${result.ErrorCode}: ${result.ErrorMessage}`,
        );
        throw new Error(`not accepted by the bus: ${reasons.join("; ")}`);
      }
      entries = failed.map(({ entry }) => entry);
      await sleep(100 * 2 ** attempt);
    }
  }
}

/**
 * Handles each event once, as far as this process remembers. A service with a database stores the
 * ids there, in the transaction of its work.
 */
export class Consumer {
  #sqs = new SQSClient();
  #queue = variable("EVENT_QUEUE_URL");
  #handled = new Set();
  #handle;
  #stopping = false;

  constructor(handle) {
    this.#handle = handle;
  }

  /** Receives until SIGTERM. Finishes the poll first: SQS hides what a cut poll received. */
  async run() {
    for (const name of ["SIGTERM", "SIGINT"]) process.once(name, () => (this.#stopping = true));
    while (!this.#stopping) {
      for (const message of await this.#receive()) await this.#process(message);
    }
  }

  async #receive() {
    try {
      const answer = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#queue,
          MaxNumberOfMessages: 1,
          WaitTimeSeconds: 10,
        }),
      );
      return answer.Messages ?? [];
    } catch (error) {
      console.warn(`could not receive from ${this.#queue}: ${error.message}`);
      await sleep(1000);
      return [];
    }
  }

  /** A message that fails stays in the queue. It comes again, and ends as a dead letter. */
  async #process(message) {
    try {
      await this.#handleOnce(parse(message.Body));
      await this.#sqs.send(
        new DeleteMessageCommand({ QueueUrl: this.#queue, ReceiptHandle: message.ReceiptHandle }),
      );
    } catch (error) {
      console.error(`message ${message.MessageId} was not handled, and comes again:`, error);
    }
  }

  /** SQS and EventBridge may deliver an event more than once. A replay is wanted once more. */
  async #handleOnce(event) {
    const key = JSON.stringify([event.detail.metadata.id, event["replay-name"]]);
    if (this.#handled.has(key)) {
      console.log(`${event["detail-type"]} ${event.detail.metadata.id} was handled before`);
      return;
    }
    await this.#handle(event);
    this.#handled.add(key);
    if (this.#handled.size > REMEMBERED) {
      this.#handled.delete(this.#handled.values().next().value);
    }
  }
}
