package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tags of a rule or a bus: 50 at most. */
public record Tags(Map<String, String> values) {

  public static final Tags NONE = new Tags(Map.of());

  private static final int MOST = 50;

  public Tags {
    if (values.size() > MOST) {
      throw EventBridgeErrors.validation("A resource can have at most " + MOST + " tags.");
    }
    values = Map.copyOf(values);
  }

  /** Reads the member {@code Tags}; an absent member means no tags. */
  public static Tags read(Members input) {
    Map<String, String> values = new TreeMap<>();
    for (Members tag : input.structures("Tags")) {
      String key = tag.requiredText("Key", Shapes.TAG_KEY);
      if (key.startsWith("aws:")) {
        throw EventBridgeErrors.validation("Tag key " + key + " is not valid: aws: is reserved.");
      }
      if (values.put(key, tag.requiredText("Value", Shapes.TAG_VALUE)) != null) {
        throw EventBridgeErrors.validation("Duplicate tag key " + key + ".");
      }
    }
    return new Tags(values);
  }

  public Tags with(Tags others) {
    Map<String, String> merged = new TreeMap<>(values);
    merged.putAll(others.values);
    return new Tags(merged);
  }

  public Tags without(List<String> keys) {
    Map<String, String> rest = new TreeMap<>(values);
    rest.keySet().removeAll(keys);
    return new Tags(rest);
  }

  public void write(ObjectNode output) {
    ArrayNode list = output.putArray("Tags");
    new TreeMap<>(values)
        .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
  }
}
