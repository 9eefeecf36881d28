package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.time.Instant;

/**
 * CloudWatch in the Query protocol: lists are parameters numbered from one, {@code
 * MetricDataQueries.member.1.Id=…}, and times are ISO 8601.
 */
final class CloudWatchQueryMembers implements QueryMembers {

  /** The one member of an answer that holds times. */
  static final String TIMESTAMPS = "Timestamps";

  private static final String LIST = "member";

  private final QueryMembers plain = new Plain();

  @Override
  public ObjectNode input(String operation, ObjectNode parameters) {
    return withLists(NumberedParameters.nested(parameters));
  }

  private static ObjectNode withLists(ObjectNode nested) {
    ObjectNode members = Json.object();
    nested
        .properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          members.set(member.getKey(), value instanceof ObjectNode object ? member(object) : value);
        });
    return members;
  }

  private static JsonNode member(ObjectNode object) {
    if (!object.has(LIST)) {
      return withLists(object);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    NumberedParameters.inOrder(object.get(LIST))
        .forEach(item -> list.add(item instanceof ObjectNode nested ? withLists(nested) : item));
    return list;
  }

  @Override
  public ObjectNode output(String operation, ObjectNode members) {
    ObjectNode elements = Json.object();
    members
        .properties()
        .forEach(it -> elements.set(it.getKey(), element(it.getKey(), it.getValue())));
    return plain.output(operation, elements);
  }

  private JsonNode element(String name, JsonNode value) {
    if (!value.isArray()) {
      return value;
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : value) {
      if (name.equals(TIMESTAMPS)) {
        items.add(Instant.ofEpochSecond(item.asLong()).toString());
      } else if (item instanceof ObjectNode object) {
        items.add(output("", object));
      } else {
        items.add(item);
      }
    }
    return items;
  }
}
