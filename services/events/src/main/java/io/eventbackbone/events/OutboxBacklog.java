package io.eventbackbone.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * How many events wait in the outbox, and for how long the oldest has. They are counted from time
 * to time and not when they are asked for, as a database that does not answer would hold up all
 * metrics.
 */
final class OutboxBacklog {

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

  /** Not in the past, so of no age. */
  private static final Instant UNKNOWN = Instant.MAX;

  private record Counted(long events, Instant oldest) {}

  private final Clock clock;
  private Instant lastCount = Instant.EPOCH;
  private volatile Counted counted = new Counted(0, UNKNOWN);

  OutboxBacklog(MeterRegistry metrics, Clock clock) {
    this.clock = clock;
    Gauge.builder("events.outbox.waiting", () -> counted.events()).register(metrics);
    Gauge.builder("events.outbox.oldest.age", this::secondsOfOldest)
        .baseUnit("seconds")
        .register(metrics);
  }

  private double secondsOfOldest() {
    Instant now = clock.instant();
    Instant oldest = counted.oldest();
    return oldest.isBefore(now) ? Duration.between(oldest, now).toSeconds() : 0;
  }

  /** Counts again, unless it did so a moment ago. */
  void count(Database database) {
    Instant now = clock.instant();
    if (now.isBefore(lastCount.plus(BETWEEN_COUNTS))) {
      return;
    }
    lastCount = now;
    counted = database.transaction(transaction -> counted(transaction.connection()));
  }

  private static Counted counted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Instant oldest = UNKNOWN;
      try (ResultSet first =
          statement.executeQuery("SELECT envelope FROM event_outbox ORDER BY entry_id LIMIT 1")) {
        if (first.next()) {
          oldest = time(first.getString(1));
        }
      }
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM event_outbox")) {
        count.next();
        return new Counted(count.getLong(1), oldest);
      }
    }
  }

  /** Of an event that does not tell the age is unknown; that is no reason not to publish it. */
  private static Instant time(String envelope) {
    try {
      return Instant.parse(EventJson.MAPPER.readTree(envelope).at("/metadata/time").asText());
    } catch (JsonProcessingException | DateTimeParseException e) {
      return UNKNOWN;
    }
  }
}
