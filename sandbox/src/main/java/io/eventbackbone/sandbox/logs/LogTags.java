package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.util.Map;

/** The constraints of tags in CloudWatch Logs, and how answers show tags. */
final class LogTags {

  private static final int MOST = 50;

  private LogTags() {}

  static void check(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw LogsErrors.tooManyTags(MOST);
    }
    tags.forEach((key, value) -> {
      if (key.isEmpty() || key.length() > 128 || key.startsWith("aws:")) {
        throw LogsErrors.invalidParameter(
            "Tag key '" + key + "' is invalid: 1 to 128 characters, not starting with aws:");
      }
      if (value.length() > 256) {
        throw LogsErrors.invalidParameter(
            "The value of tag '" + key + "' is longer than 256 characters.");
      }
    });
  }

  /** Writes the member {@code tags}, which is absent where there are none. */
  static void write(ObjectNode json, Map<String, String> tags) {
    if (!tags.isEmpty()) {
      json.set("tags", Json.object(tags));
    }
  }
}
