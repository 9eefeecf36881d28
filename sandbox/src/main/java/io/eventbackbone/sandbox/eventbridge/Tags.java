package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tags of a rule or a bus: 50 at most. */
record Tags(Map<String, String> values) {

  static final Tags NONE = new Tags(Map.of());

  private static final int MOST = 50;

  Tags {
    if (values.size() > MOST) {
      throw Refusal.validation("A resource can have at most " + MOST + " tags.");
    }
    values = Map.copyOf(values);
  }

  /** The member {@code Tags}; none when it is left out. */
  static Tags read(Members input) {
    Map<String, String> values = new TreeMap<>();
    for (Members tag : input.structures("Tags")) {
      String key = tag.requiredText("Key", StringShape.TAG_KEY);
      if (key.startsWith("aws:")) {
        throw Refusal.validation("Tag key " + key + " is not valid: aws: is reserved.");
      }
      if (values.put(key, tag.requiredText("Value", StringShape.TAG_VALUE)) != null) {
        throw Refusal.validation("Duplicate tag key " + key + ".");
      }
    }
    return new Tags(values);
  }

  Tags with(Tags others) {
    Map<String, String> merged = new TreeMap<>(values);
    merged.putAll(others.values);
    return new Tags(merged);
  }

  Tags without(List<String> keys) {
    Map<String, String> rest = new TreeMap<>(values);
    rest.keySet().removeAll(keys);
    return new Tags(rest);
  }

  void write(ObjectNode output) {
    ArrayNode list = output.putArray("Tags");
    new TreeMap<>(values)
        .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
  }
}
