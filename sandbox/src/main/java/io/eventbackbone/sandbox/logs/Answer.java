package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers and their parts. */
final class Answer {

  private Answer() {}

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode of(Map<String, String> members) {
    ObjectNode object = empty();
    members.forEach(object::put);
    return object;
  }

  /** With the member tags, which is not there when there are none. */
  static ObjectNode withTags(ObjectNode json, Map<String, String> tags) {
    if (!tags.isEmpty()) {
      json.set("tags", of(tags));
    }
    return json;
  }

  /** One page of the items. Its token is the number of items on the pages before the next one. */
  static <T> ObjectNode page(
      String member, List<T> items, Input input, int maxLimit, Function<T, ObjectNode> toJson) {
    int from = input.text("nextToken").map(Answer::offset).orElse(0);
    int to = Math.min(items.size(), from + input.limit(maxLimit));
    ObjectNode output = empty();
    ArrayNode shown = output.putArray(member);
    items.subList(Math.min(from, to), to).forEach(item -> shown.add(toJson.apply(item)));
    if (to < items.size()) {
      output.put("nextToken", Integer.toString(to));
    }
    return output;
  }

  private static int offset(String token) {
    if (!token.matches("\\d{1,9}")) {
      throw LogsErrors.invalidParameter("The specified nextToken is invalid.");
    }
    return Integer.parseInt(token);
  }
}
