package io.eventbackbone.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events that transactions left in the database. Each is deleted when the bus has
 * accepted it. If the process ends between the two, the event is published again, with the same id.
 *
 * <p>Several processes may work on one database: each takes events that no other has in hand.
 */
final class Outbox implements AutoCloseable {

  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS event_outbox (
            entry_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            detail_type VARCHAR(128) NOT NULL,
            envelope TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            next_attempt_at TIMESTAMP WITH TIME ZONE NOT NULL)
          """);

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Entries that PutEvents takes at once. */
  private static final int BATCH = 10;

  /** Longest wait for what another process left, or for an event's next attempt. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final TypeReference<EventEnvelope<JsonNode>> ENVELOPE = new TypeReference<>() {};

  private record Row(long id, int attempts, OutgoingEvent event) {}

  private final Database database;
  private final EventPublisher publisher;
  private final Clock clock;
  private final OutboxBacklog backlog;
  private final Semaphore news = new Semaphore(0);
  private final Thread relay = new Thread(this::relay, "outbox");
  private Instant cleaned = Instant.EPOCH;
  private volatile boolean isClosing;

  /** Publishes nothing before it is started. */
  Outbox(Database database, EventPublisher publisher, Clock clock, MeterRegistry metrics) {
    this.database = database;
    this.publisher = publisher;
    this.clock = clock;
    this.backlog = new OutboxBacklog(metrics, clock);
    database.afterPublishing(news::release);
  }

  /** Writes an event down. */
  static void add(Connection connection, OutgoingEvent event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO event_outbox (detail_type, envelope, attempts, next_attempt_at)"
                + " VALUES (?, ?, 0, ?)")) {
      insert.setString(1, event.detailType());
      insert.setString(2, event.detail());
      insert.setTimestamp(3, Timestamp.from(Instant.EPOCH));
      insert.executeUpdate();
    }
  }

  void start() {
    relay.setDaemon(true);
    relay.start();
  }

  /** Finishes the batch in hand. What is left, the next process publishes. */
  @Override
  public void close() {
    isClosing = true;
    news.release();
    try {
      relay.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void relay() {
    while (!isClosing) {
      if (!publishesSome()) {
        awaitNews();
      }
    }
  }

  private boolean publishesSome() {
    try {
      if (clock.instant().isAfter(cleaned.plus(BETWEEN_CLEANINGS))) {
        cleaned = clock.instant();
        forgetOld(cleaned);
      }
      boolean publishes = publishBatch();
      backlog.count(database);
      return publishes;
    } catch (DatabaseException e) {
      LOG.warn("events wait in the outbox: {}", e.getMessage());
      return false;
    }
  }

  private void forgetOld(Instant now) {
    database.transaction(transaction -> HandledEvents.forgetOld(transaction.connection(), now));
  }

  private void awaitNews() {
    try {
      if (news.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      isClosing = true;
    }
  }

  /**
   * Publishes some events. The database keeps other processes from them until they are deleted.
   *
   * @return whether there were any
   */
  private boolean publishBatch() {
    return database.transaction(transaction -> {
      Connection connection = transaction.connection();
      List<Row> rows = due(connection);
      try {
        publisher.publish(rows.stream().map(Row::event).toList());
        for (Row row : rows) {
          delete(connection, row);
        }
      } catch (PublishException e) {
        for (Row row : rows) {
          if (e.isOfTheRequest()) {
            postpone(connection, row, e);
          } else {
            publishAlone(connection, row);
          }
        }
      }
      return !rows.isEmpty();
    });
  }

  /** An event that the bus refuses holds up no others. */
  private void publishAlone(Connection connection, Row row) throws SQLException {
    try {
      publisher.publish(List.of(row.event()));
      delete(connection, row);
    } catch (PublishException e) {
      postpone(connection, row, e);
    }
  }

  private static Duration pauseAfter(int attempts) {
    Duration pause = Duration.ofSeconds(1L << Math.min(attempts, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private List<Row> due(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT entry_id, attempts, detail_type, envelope FROM event_outbox"
                + " WHERE next_attempt_at <= ? ORDER BY entry_id LIMIT "
                + BATCH
                + " FOR UPDATE SKIP LOCKED")) {
      select.setTimestamp(1, Timestamp.from(clock.instant()));
      List<Row> rows = new ArrayList<>();
      try (ResultSet results = select.executeQuery()) {
        while (results.next()) {
          rows.add(new Row(results.getLong(1), results.getInt(2), event(results)));
        }
      }
      return rows;
    }
  }

  private static OutgoingEvent event(ResultSet results) throws SQLException {
    try {
      return new OutgoingEvent(
          results.getString(3), EventJson.MAPPER.readValue(results.getString(4), ENVELOPE));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the table event_outbox has an envelope that is no JSON", e);
    }
  }

  private static void delete(Connection connection, Row row) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM event_outbox WHERE entry_id = ?")) {
      delete.setLong(1, row.id());
      delete.executeUpdate();
    }
  }

  private void postpone(Connection connection, Row row, PublishException reason)
      throws SQLException {
    Duration pause = pauseAfter(row.attempts());
    LOG.error("an event waits in the outbox for another {}: {}", pause, reason.getMessage());
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE event_outbox SET attempts = attempts + 1, next_attempt_at = ?"
                + " WHERE entry_id = ?")) {
      update.setTimestamp(1, Timestamp.from(clock.instant().plus(pause)));
      update.setLong(2, row.id());
      update.executeUpdate();
    }
  }
}
