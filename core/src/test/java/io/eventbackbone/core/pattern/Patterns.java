package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** Patterns and events as tests write them: JSON with single quotes. */
public final class Patterns {

  /** As AWS has it at first. */
  public static final PatternQuota QUOTA = new PatternQuota(2_048, "have it raised");

  private static final JsonMapper JSON = new JsonMapper();

  private Patterns() {}

  public static ObjectNode json(String singleQuoted) {
    try {
      return (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(singleQuoted, e);
    }
  }

  public static EventFilter detailTypes(String... detailTypes) {
    return new EventFilter(List.of(detailTypes), null);
  }

  public static EventFilter pattern(String singleQuoted) {
    return new EventFilter(List.of(), json(singleQuoted));
  }

  public static Machine machine(EventPattern pattern) {
    Machine machine = Machine.builder().build();
    try {
      machine.addRule("rule", pattern.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return machine;
  }

  public static boolean matches(EventPattern pattern, ObjectNode event) {
    return matches(machine(pattern), event);
  }

  public static boolean matches(Machine machine, ObjectNode event) {
    return !machine.rulesForJSONEvent(event).isEmpty();
  }
}
