package io.eventbackbone.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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

  /**
   * PutEvents takes 1 MiB (AWS Compute Blog, 29 January 2026). EventBridge adds to an event before
   * it delivers it, and queues and log groups take no more than that either: hence the distance.
   */
  private static final int BATCH_BYTES = 1_000_000;

  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Set<String> PASSING =
      Set.of("InternalException", "InternalFailure", "ThrottlingException");

  private record Entry(OutgoingEvent event, PutEventsRequestEntry request) {

    @Override
    public String toString() {
      return event.detailType() + " " + event.envelope().metadata().id();
    }
  }

  private record Failure(Entry entry, String code, String message) {

    boolean passes() {
      return PASSING.contains(code);
    }

    @Override
    public String toString() {
      return entry + ": " + code + ": " + message;
    }
  }

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
   * @throws PublishException when an event is too large, in which case none was sent, or when the
   *     bus refused some after all attempts; those that it names were not accepted, and neither was
   *     anything after them that did not go in the same request
   */
  public void publish(List<OutgoingEvent> outgoing) {
    List<Entry> entries = outgoing.stream().map(this::entry).toList();
    for (List<Entry> batch : batches(entries)) {
      put(batch);
    }
  }

  private Entry entry(OutgoingEvent event) {
    return new Entry(event, event.entry(busArn, source));
  }

  private static List<List<Entry>> batches(List<Entry> entries) {
    List<List<Entry>> batches = new ArrayList<>();
    List<Entry> batch = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : entries) {
      int size = OutgoingEvent.size(entry.request());
      if (size > BATCH_BYTES) {
        throw new PublishException(
            "%s has %d bytes, which is too large: a request takes %d"
                .formatted(entry, size, BATCH_BYTES));
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
  private void put(List<Entry> batch) {
    List<String> refused = new ArrayList<>();
    List<Entry> left = batch;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      List<Entry> again = new ArrayList<>();
      for (Failure failure : failures(left)) {
        if (failure.passes() && attempt < ATTEMPTS) {
          again.add(failure.entry());
        } else {
          refused.add(failure.toString());
        }
      }
      if (!again.isEmpty()) {
        pause(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
      }
      left = again;
    }
    if (!refused.isEmpty()) {
      throw new PublishException("not accepted by the bus: " + String.join("; ", refused));
    }
  }

  /** Results are in the order of the request (API Reference, PutEvents). */
  private List<Failure> failures(List<Entry> entries) {
    List<PutEventsResultEntry> results = results(entries);
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String code = results.get(i).errorCode();
      count(entries.get(i), code == null ? "accepted" : code);
      if (code != null) {
        failures.add(new Failure(entries.get(i), code, results.get(i).errorMessage()));
      }
    }
    return failures;
  }

  private List<PutEventsResultEntry> results(List<Entry> entries) {
    List<PutEventsRequestEntry> requests = entries.stream().map(Entry::request).toList();
    Timer.Sample sample = Timer.start(metrics);
    try {
      return events.putEvents(it -> it.entries(requests)).entries();
    } catch (SdkException e) {
      entries.forEach(entry -> count(entry, "failed"));
      throw new PublishException("PutEvents failed: " + e.getMessage(), e);
    } finally {
      sample.stop(metrics.timer("events.publishing"));
    }
  }

  private void count(Entry entry, String outcome) {
    metrics
        .counter("events.published", "detail_type", entry.event().detailType(), "outcome", outcome)
        .increment();
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
