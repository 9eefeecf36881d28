package io.eventbackbone.http;

import java.util.Map;

/**
 * The answer to a request.
 *
 * @param status the HTTP status
 * @param contentType the header Content-Type, which says that the body is UTF-8
 * @param headers the other headers
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

  /** This answer with other headers. */
  public Answer with(Map<String, String> others) {
    return new Answer(status, contentType, body, others);
  }
}
