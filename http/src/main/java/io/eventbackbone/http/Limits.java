package io.eventbackbone.http;

import java.time.Duration;

/**
 * The limits of the callers of an {@link HttpListener}. The listener closes a connection that takes
 * more, and answers a request that is too large with the status that says so.
 *
 * @param head time from the connection's start until the head of its first request is there, the
 *     TLS handshake included
 * @param request time from a head until the last byte of the answer is sent
 * @param idle time from an answer until the next head on the same connection
 * @param connections open at a time; one more closes the connection that has waited longest
 * @param headBytes of all header fields of a request
 * @param bodyBytes of one body
 * @param heldBytes of all bodies and answers at a time; more closes those that have waited longest
 */
public record Limits(
    Duration head,
    Duration request,
    Duration idle,
    int connections,
    int headBytes,
    int bodyBytes,
    int heldBytes) {

  /**
   * Longer than an API server keeps a connection to a webhook that it does not use (90 s: Go's
   * default), so that the API server closes it and never sends into one that is being closed.
   */
  private static final Duration IDLE = Duration.ofMinutes(2);

  /** The usual limits, for bodies of that size. */
  public static Limits ofBodies(int bodyBytes) {
    return new Limits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        IDLE,
        256,
        16 * 1024,
        bodyBytes,
        32 * 1024 * 1024);
  }
}
