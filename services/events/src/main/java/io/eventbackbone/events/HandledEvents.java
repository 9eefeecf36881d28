package io.eventbackbone.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which events were handled. SQS and EventBridge deliver at least once; an event's id is written
 * down in the transaction that handles the event, so that it is handled once. An event of a replay
 * is handled once more, per replay.
 */
final class HandledEvents {

  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS handled_events (
            event_id VARCHAR(256) NOT NULL,
            replay_name VARCHAR(64) NOT NULL,
            handled_at TIMESTAMP WITH TIME ZONE NOT NULL,
            PRIMARY KEY (event_id, replay_name))
          """,
          "CREATE INDEX IF NOT EXISTS handled_events_by_time ON handled_events (handled_at)");

  /**
   * EventBridge tries for a day, and a queue keeps a message for 14 days at most, and so does its
   * dead-letter queue (SQS Developer Guide, "MessageRetentionPeriod").
   */
  private static final Duration LONGEST_WAY = Duration.ofDays(30);

  private static final String NO_REPLAY = "";

  private HandledEvents() {}

  /**
   * Writes the event down.
   *
   * @return whether it is new. While another transaction handles the same event, this waits for its
   *     end
   */
  static boolean add(Connection connection, IncomingEvent event, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO handled_events (event_id, replay_name, handled_at) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setString(1, event.metadata().id());
      insert.setString(2, event.replayName().orElse(NO_REPLAY));
      insert.setTimestamp(3, Timestamp.from(now));
      return insert.executeUpdate() > 0;
    }
  }

  /** Forgets events that can't come again, and returns how many. */
  static int forgetOld(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM handled_events WHERE handled_at < ?")) {
      delete.setTimestamp(1, Timestamp.from(now.minus(LONGEST_WAY)));
      return delete.executeUpdate();
    }
  }
}
