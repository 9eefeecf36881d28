package io.eventbackbone.core.resource;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a bus logs about the events that it processes. Deliveries, not the bus, name the
 * destination.
 *
 * @param includeDetail whether the records contain the events
 */
public record LogConfig(Level level, IncludeDetail includeDetail) {

  /** Also the configuration of a bus that never had one. */
  public static final LogConfig OFF = new LogConfig(Level.OFF, IncludeDetail.NONE);

  /** How much a bus logs. */
  public enum Level {
    OFF,
    ERROR,
    INFO,
    TRACE;

    /** Each level includes the records of the levels before it; each has a type of its own. */
    public List<LogType> logTypes() {
      return Stream.of(LogType.values()).filter(type -> type.level.compareTo(this) <= 0).toList();
    }
  }

  /** Whether the records of a log contain the events. */
  public enum IncludeDetail {
    NONE,
    FULL
  }

  /** The records of one level, as delivery sources name them. */
  public enum LogType {
    ERROR_LOGS(Level.ERROR),
    INFO_LOGS(Level.INFO),
    TRACE_LOGS(Level.TRACE);

    private final Level level;

    LogType(Level level) {
      this.level = level;
    }
  }

  /** A log that is off has no details. */
  public LogConfig {
    includeDetail = level == Level.OFF ? IncludeDetail.NONE : includeDetail;
  }

  public boolean isOff() {
    return level == Level.OFF;
  }
}
