package io.eventbackbone.cli.aws;

import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.resource.AccountScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Reads an audit log from a time on, again and again; creates nothing. */
public final class LogTail {

  /** Logs is late by some seconds, and not in order of time. */
  private static final Duration OVERLAP = Duration.ofSeconds(30);

  private static final int REMEMBERED = 10_000;

  private final CloudWatchLogsClient logs;
  private final String group;
  private final String term;
  private final Set<String> seen =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });
  private final Instant first;
  private Instant last;

  /**
   * Of a log group.
   *
   * @param term that every event has in it; empty: all events
   * @param first time of the first event that is wanted
   * @throws NoAccessException if the caller does not get into the account
   */
  public LogTail(AwsAccess access, AccountScope scope, String group, String term, Instant first) {
    logs = access.services(scope).logs();
    this.group = group;
    this.term = term;
    this.first = first;
    last = first;
  }

  /** What was logged since the last look. */
  public List<Logged> next() {
    Instant from = last.minus(OVERLAP).isBefore(first) ? first : last.minus(OVERLAP);
    List<Logged> found = new ArrayList<>();
    logs.filterLogEventsPaginator(
            it -> {
              it.logGroupName(group).startTime(from.toEpochMilli());
              if (!term.isEmpty()) {
                it.filterPattern('"' + term.replace("\"", "") + '"');
              }
            })
        .events()
        .forEach(it -> add(it, found));
    return found;
  }

  private void add(FilteredLogEvent entry, List<Logged> found) {
    if (seen.add(entry.eventId())) {
      Instant logged = Instant.ofEpochMilli(entry.timestamp());
      last = logged.isAfter(last) ? logged : last;
      AwsWitness.logged(group, entry).ifPresent(found::add);
    }
  }
}
