package io.eventbackbone.cli.aws;

import io.eventbackbone.cli.trace.AuditLog;
import io.eventbackbone.cli.trace.View;
import io.eventbackbone.cli.trace.Witness.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Reads the newest events of an audit log. CloudWatch Logs only lists the oldest first. */
public final class RecentEvents {

  private static final int ENOUGH = 20;

  /** A log that has more than these in a window is not read further back. */
  private static final int BUSY = 2_000;

  private static final List<Duration> WINDOWS =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

  private final AwsAccess access;

  public RecentEvents(AwsAccess access) {
    this.access = access;
  }

  /** At most 20 events of the last hour, the newest first; of a busy log, of the last minutes. */
  public View<List<Logged>> of(AuditLog log, Instant now) {
    return access.logGroup(log.scope(), log.group(), logs -> read(logs, log, now));
  }

  private static List<Logged> read(CloudWatchLogsClient logs, AuditLog log, Instant now) {
    Deque<Logged> newest = new ArrayDeque<>();
    for (Duration window : WINDOWS) {
      newest.clear();
      int scanned = read(logs, log, now.minus(window), newest);
      if (newest.size() == ENOUGH || scanned > BUSY) {
        break;
      }
    }
    return List.copyOf(newest);
  }

  private static int read(
      CloudWatchLogsClient logs, AuditLog log, Instant since, Deque<Logged> newest) {
    int scanned = 0;
    for (FilteredLogEvent entry :
        logs.filterLogEventsPaginator(
                it -> it.logGroupName(log.group()).startTime(since.toEpochMilli()))
            .events()) {
      scanned++;
      AwsWitness.logged(log.group(), entry).filter(log.isOfObject()).ifPresent(newest::addFirst);
      if (newest.size() > ENOUGH) {
        newest.removeLast();
      }
    }
    return scanned;
  }
}
