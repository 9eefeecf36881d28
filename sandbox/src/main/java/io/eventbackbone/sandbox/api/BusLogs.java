package io.eventbackbone.sandbox.api;

/**
 * Where event buses log what they do with events: CloudWatch Logs, which delivers it to where the
 * deliveries of the bus say, if there are any.
 */
public interface BusLogs {

  /**
   * Delivers a record, best effort: a record that can't be delivered is lost.
   *
   * @param logType as delivery sources name it, {@code ERROR_LOGS} for instance
   * @param record as JSON
   */
  void write(String busArn, String logType, String record);
}
