package io.eventbackbone.http;

import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param contentType the header Content-Type, which says that the body is UTF-8
 * @param headers besides that
 */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {

  public Answer(int status, String contentType, String body) {
    this(status, contentType, body, Map.of());
  }

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** A line for people. */
  public static Answer text(int status, String line) {
    return new Answer(status, "text/plain; charset=utf-8", line + "\n");
  }

  /** JSON. */
  public static Answer json(int status, String body) {
    return new Answer(status, "application/json", body);
  }

  /** The same with other headers. */
  public Answer with(Map<String, String> others) {
    return new Answer(status, contentType, body, others);
  }
}
