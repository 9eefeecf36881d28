package io.eventbackbone.cli.aws;

import io.eventbackbone.cli.trace.AuditLog;
import io.eventbackbone.cli.trace.View;
import io.eventbackbone.cli.trace.Witness.Logged;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Counts events of an audit log. */
public final class LoggedEvents {

  /** An event is logged after its time. */
  private static final Duration LATE = Duration.ofMinutes(10);

  private final AwsAccess access;

  public LoggedEvents(AwsAccess access) {
    this.access = access;
  }

  /** The events of the log's object whose time is in the window. */
  public View<Long> count(AuditLog log, Instant from, Instant to) {
    return access.logGroup(
        log.scope(),
        log.group(),
        logs ->
            logs
                .filterLogEventsPaginator(it ->
                    it.logGroupName(log.group())
                        .startTime(from.toEpochMilli())
                        .endTime(to.plus(LATE).toEpochMilli()))
                .events()
                .stream()
                .flatMap(it -> AwsWitness.logged(log.group(), it).stream())
                .filter(log.isOfObject())
                .filter(it -> isBetween(it, from, to))
                .count());
  }

  private static boolean isBetween(Logged logged, Instant from, Instant to) {
    try {
      Instant time = Instant.parse(logged.event().path("time").asText());
      return !time.isBefore(from) && time.isBefore(to);
    } catch (DateTimeParseException e) {
      return false; // No event: the bus's own log may share the group.
    }
  }
}
