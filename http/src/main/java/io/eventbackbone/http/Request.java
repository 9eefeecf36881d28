package io.eventbackbone.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request that was read to its end.
 *
 * @param path without the query
 * @param query the parameters after the question mark, decoded; the first of several with one name
 * @param headers by name, in any case; the first of several with one name
 * @param body read as UTF-8
 */
public record Request(
    String path, Map<String, String> query, Map<String, String> headers, String body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A parameter of the query that has a value. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  /** The part of the path after the last slash. */
  public String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
