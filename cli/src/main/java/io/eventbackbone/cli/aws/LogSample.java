package io.eventbackbone.cli.aws;

import io.eventbackbone.cli.answer.Observation.Extent;
import io.eventbackbone.cli.trace.AuditLog;
import io.eventbackbone.cli.trace.View;
import io.eventbackbone.cli.trace.Witness.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Reads an audit log, or the beginning of each part of its time if it has more events than are
 * wanted. CloudWatch Logs only lists the oldest first.
 */
public final class LogSample {

  private static final int PARTS = 10;

  /** Events, the oldest first. */
  public record Sample(List<Logged> events, Extent extent) {
    public Sample {
      events = List.copyOf(events);
    }
  }

  private final AwsAccess access;

  public LogSample(AwsAccess access) {
    this.access = access;
  }

  /**
   * Events of a time.
   *
   * @param most how many are wanted
   */
  public View<Sample> of(AuditLog log, Instant since, Instant until, int most) {
    return access.logGroup(log.scope(), log.group(), logs -> read(logs, log, since, until, most));
  }

  private static Sample read(
      CloudWatchLogsClient logs, AuditLog log, Instant since, Instant until, int most) {
    List<Logged> events = new ArrayList<>();
    Extent extent = Extent.ALL;
    for (int part = 0; part < PARTS; part++) {
      Instant from = at(since, until, part);
      Optional<Instant> to =
          part < PARTS - 1
              ? Optional.of(at(since, until, part + 1).minusMillis(1))
              : Optional.empty();
      long room = (long) most * (part + 1) / PARTS - events.size();
      for (FilteredLogEvent entry :
          logs.filterLogEventsPaginator(it ->
                  it.logGroupName(log.group())
                      .startTime(from.toEpochMilli())
                      .endTime(to.map(Instant::toEpochMilli).orElse(null)))
              .events()) {
        if (room == 0) {
          extent = Extent.SAMPLE;
          break;
        }
        room--;
        AwsWitness.logged(log.group(), entry).filter(log.isOfObject()).ifPresent(events::add);
      }
    }
    return new Sample(events, extent);
  }

  private static Instant at(Instant since, Instant until, int part) {
    return since.plus(Duration.between(since, until).multipliedBy(part).dividedBy(PARTS));
  }
}
