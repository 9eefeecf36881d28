package io.eventbackbone.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request that was read to its end.
 *
 * @param path without the query
 * @param headers by name, in any case; of several of one name the first
 * @param body read as UTF-8
 */
public record Request(String path, Map<String, String> headers, String body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** What comes after the last slash of the path. */
  public String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
