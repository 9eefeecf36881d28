package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in an event, in the JSON path notation that targets' inputs take: {@code $}, {@code
 * $.detail.order}, {@code $.resources[0]}. No wildcards and no filters (EventBridge User Guide,
 * "Input transformation").
 */
public record EventPath(String text) {

  private static final Pattern NOTATION = Pattern.compile("\\$(\\.[^.\\[\\]]+|\\[\\d+])*");

  public static Optional<EventPath> parse(String text) {
    return NOTATION.matcher(text).matches() ? Optional.of(new EventPath(text)) : Optional.empty();
  }

  /** The value at the path, if there is one. */
  Optional<JsonNode> in(JsonNode event) {
    JsonNode found = event.at(pointer());
    return found.isMissingNode() ? Optional.empty() : Optional.of(found);
  }

  private JsonPointer pointer() {
    return JsonPointer.compile(
        text.substring(1)
            .replace("~", "~0")
            .replace("/", "~1")
            .replace("[", "/")
            .replace("]", "")
            .replace(".", "/"));
  }
}
