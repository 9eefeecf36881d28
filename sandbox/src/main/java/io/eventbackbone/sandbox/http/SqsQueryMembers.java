package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * SQS before it had a JSON protocol: lists and maps are parameters numbered from one, {@code
 * Attribute.1.Name=Policy&Attribute.1.Value=…}, and repeated elements (SQS API Reference of version
 * 2012-11-05).
 */
final class SqsQueryMembers implements QueryMembers {

  private static final Map<String, String> LISTS =
      Map.of(
          "ActionName", "Actions",
          "AttributeName", "AttributeNames",
          "AWSAccountId", "AWSAccountIds",
          "MessageAttributeName", "MessageAttributeNames",
          "MessageSystemAttributeName", "MessageSystemAttributeNames",
          "TagKey", "TagKeys",
          "SendMessageBatchRequestEntry", "Entries",
          "DeleteMessageBatchRequestEntry", "Entries",
          "ChangeMessageVisibilityBatchRequestEntry", "Entries");

  /** The name of a map in forms and answers, and the name of the key in its entries. */
  private record Entries(String element, String key) {}

  private static final Map<String, Entries> MAPS =
      Map.of(
          "Attributes", new Entries("Attribute", "Name"),
          "MessageAttributes", new Entries("MessageAttribute", "Name"),
          "MessageSystemAttributes", new Entries("MessageSystemAttribute", "Name"),
          "Tags", new Entries("Tag", "Key"));

  @Override
  public ObjectNode input(String operation, ObjectNode parameters) {
    ObjectNode members = members(NumberedParameters.nested(parameters));
    if (operation.equals("CreateQueue") && members.has("Tags")) {
      members.set("tags", members.remove("Tags")); // so spelled in the model, for this one only
    }
    return members;
  }

  private static ObjectNode members(JsonNode nested) {
    ObjectNode members = Json.object();
    for (Map.Entry<String, JsonNode> member : nested.properties()) {
      String name = member.getKey();
      MAPS.entrySet().stream()
          .filter(map -> map.getValue().element().equals(name))
          .findFirst()
          .ifPresentOrElse(
              map -> members.set(map.getKey(), map(member.getValue(), map.getValue().key())),
              () ->
                  members.set(
                      LISTS.getOrDefault(name, name),
                      LISTS.containsKey(name) ? list(member.getValue()) : member.getValue()));
    }
    return members;
  }

  private static ArrayNode list(JsonNode numbered) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    NumberedParameters.inOrder(numbered)
        .forEach(item -> list.add(item.isObject() ? members(item) : item));
    return list;
  }

  private static ObjectNode map(JsonNode numbered, String key) {
    ObjectNode map = Json.object();
    numbered.forEach(entry -> map.set(entry.path(key).asText(), entry.path("Value")));
    return map;
  }

  @Override
  public ObjectNode output(String operation, ObjectNode members) {
    ObjectNode elements = Json.object();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (MAPS.containsKey(name)) {
        elements.set(MAPS.get(name).element(), entries(value, MAPS.get(name).key()));
      } else if (value.isArray()) {
        elements.set(item(operation, name), items(operation, value));
      } else {
        elements.set(name, value);
      }
    }
    return elements;
  }

  private ArrayNode items(String operation, JsonNode list) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    StreamSupport.stream(list.spliterator(), false)
        .map(item -> item instanceof ObjectNode object ? output(operation, object) : item)
        .forEach(items::add);
    return items;
  }

  private static String item(String operation, String list) {
    return switch (list) {
      case "Messages" -> "Message";
      case "QueueUrls", "queueUrls" -> "QueueUrl";
      case "Successful" -> operation + "ResultEntry";
      case "Failed" -> "BatchResultErrorEntry";
      case "Results" -> "ListMessageMoveTasksResultEntry";
      default -> list;
    };
  }

  private static ArrayNode entries(JsonNode map, String key) {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    map.properties()
        .forEach(entry ->
            entries.add(Json.object().put(key, entry.getKey()).set("Value", entry.getValue())));
    return entries;
  }
}
