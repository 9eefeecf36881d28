package io.eventbackbone.events;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Publishes events to the global bus; returns when the bus has accepted all of them. */
public final class EventPublisher {

  /** Entries that PutEvents takes at once. */
  private static final int BATCH = 10;

  /** PutEvents takes 1 MiB; what EventBridge itself adds to an event must fit, too. */
  private static final int BATCH_BYTES = 1_000_000;

  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Set<String> PASSING = Set.of("InternalFailure", "ThrottlingException");

  private final EventBridgeClient events;
  private final String busArn;
  private final String source;
  private final MeterRegistry metrics;

  public EventPublisher(
      EventBridgeClient events, BindingEnvironment binding, MeterRegistry metrics) {
    this.events = events;
    this.busArn = binding.busArn();
    this.source = binding.source();
    this.metrics = metrics;
  }

  /**
   * Publishes in the given order.
   *
   * @throws PublishException when an event is too large, or was refused after all attempts; of the
   *     others some may have been accepted
   */
  public void publish(List<OutgoingEvent> outgoing) {
    List<PutEventsRequestEntry> entries =
        outgoing.stream().map(event -> event.entry(busArn, source)).toList();
    for (List<PutEventsRequestEntry> batch : batches(entries)) {
      put(batch);
    }
  }

  private static List<List<PutEventsRequestEntry>> batches(List<PutEventsRequestEntry> entries) {
    List<List<PutEventsRequestEntry>> batches = new ArrayList<>();
    List<PutEventsRequestEntry> batch = new ArrayList<>();
    int bytes = 0;
    for (PutEventsRequestEntry entry : entries) {
      int size = OutgoingEvent.size(entry);
      if (size > BATCH_BYTES) {
        throw new PublishException(
            "a %s of %d bytes is too large: EventBridge takes %d"
                .formatted(entry.detailType(), size, BATCH_BYTES));
      }
      if (batch.size() == BATCH || bytes + size > BATCH_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(entry);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** A call may succeed in part: what failed in a way that passes is sent again, alone. */
  private void put(List<PutEventsRequestEntry> batch) {
    List<PutEventsRequestEntry> left = batch;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      List<PutEventsResultEntry> results = results(left);
      List<PutEventsRequestEntry> failed = new ArrayList<>();
      List<String> reasons = new ArrayList<>();
      boolean isPassing = true;
      for (int i = 0; i < results.size(); i++) {
        String code = results.get(i).errorCode();
        count(left.get(i).detailType(), code == null ? "accepted" : code);
        if (code != null) {
          failed.add(left.get(i));
          reasons.add(
              left.get(i).detailType() + ": " + code + ": " + results.get(i).errorMessage());
          isPassing &= PASSING.contains(code);
        }
      }
      if (!failed.isEmpty() && (!isPassing || attempt == ATTEMPTS)) {
        throw new PublishException("not accepted by the bus: " + String.join("; ", reasons));
      }
      left = failed;
      if (!left.isEmpty()) {
        pause(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
      }
    }
  }

  private List<PutEventsResultEntry> results(List<PutEventsRequestEntry> entries) {
    try {
      return events.putEvents(it -> it.entries(entries)).entries();
    } catch (SdkException e) {
      entries.forEach(entry -> count(entry.detailType(), "failed"));
      throw new PublishException("PutEvents failed: " + e.getMessage(), e);
    }
  }

  private void count(String detailType, String outcome) {
    metrics.counter("events.published", "detail_type", detailType, "outcome", outcome).increment();
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishException("interrupted before the bus had accepted all events", e);
    }
  }
}
