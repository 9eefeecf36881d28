package io.eventbackbone.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** What the buses logged of their events since a moment, each log event once. */
final class AuditTrail {

  private final Sandbox sandbox;
  private final Instant since;
  private final Set<String> known = new HashSet<>();

  AuditTrail(Sandbox sandbox, Instant since) {
    this.sandbox = sandbox;
    this.since = since;
  }

  /** What was logged since the last look, oldest first. */
  List<Sighting> news(List<Bus> buses) {
    var news = new ArrayList<Sighting>();
    for (Bus bus : buses) {
      var request =
          FilterLogEventsRequest.builder()
              .logGroupName(bus.logGroup())
              .startTime(since.toEpochMilli())
              .build();
      for (FilteredLogEvent event : sandbox.logs(bus).filterLogEventsPaginator(request).events()) {
        if (known.add(bus.name() + " " + event.logStreamName() + " " + event.eventId())) {
          news.add(Sighting.parse(bus, Instant.ofEpochMilli(event.timestamp()), event.message()));
        }
      }
    }
    news.sort(
        Comparator.comparing(Sighting::at).thenComparing(sighting -> !sighting.bus().isGlobal()));
    return news;
  }
}
