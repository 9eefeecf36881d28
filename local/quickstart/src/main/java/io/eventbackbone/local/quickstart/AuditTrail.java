package io.eventbackbone.local.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** What the buses logged of their events since a moment, each log event once. */
final class AuditTrail {

  /** How much later than its time a log event may become visible. */
  private static final Duration INGESTION = Duration.ofMinutes(1);

  private final Sandbox sandbox;
  private final Set<String> known = new HashSet<>();
  private Instant since;

  AuditTrail(Sandbox sandbox, Instant since) {
    this.sandbox = sandbox;
    this.since = since;
  }

  /** What was logged since the last look, oldest first. */
  List<Sighting> news(List<Bus> buses) {
    Instant now = Instant.now();
    var news =
        buses.stream()
            .flatMap(bus -> news(bus).stream())
            .sorted(Comparator.comparing(Sighting::at).thenComparing(AuditTrail::distance))
            .toList();
    since = Collections.max(List.of(since, now.minus(INGESTION)));
    return news;
  }

  /** The global bus comes before the local ones that it forwards to in the same millisecond. */
  private static int distance(Sighting sighting) {
    return sighting.bus().isGlobal() ? 0 : 1;
  }

  private List<Sighting> news(Bus bus) {
    var request =
        FilterLogEventsRequest.builder()
            .logGroupName(bus.logGroup())
            .startTime(since.toEpochMilli())
            .build();
    try {
      return sandbox.logs(bus).filterLogEventsPaginator(request).events().stream()
          .filter(event -> known.add(bus.name() + " " + event.eventId()))
          .map(event ->
              Sighting.parse(bus, Instant.ofEpochMilli(event.timestamp()), event.message()))
          .toList();
    } catch (ResourceNotFoundException e) {
      return List.of(); // Somebody deleted the log group to see whether it comes back.
    }
  }
}
