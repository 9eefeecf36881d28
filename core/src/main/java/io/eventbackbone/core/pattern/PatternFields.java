package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields in a pattern, at any depth, and the mistakes in its form. */
public final class PatternFields {

  /**
   * A field with its allowed values.
   *
   * @param path in events, {@code detail.data.total}: without {@code $or}, and EventBridge reads
   *     {@code a.b} as b in a
   * @param place in the pattern, {@code $or[1].detail.data.total}
   * @param values a list of at least one value
   */
  public record Field(String path, String place, JsonNode values) {

    boolean hasWildcard() {
      return values.findValue("wildcard") != null;
    }

    boolean isWithin(String topLevelField) {
      return topLevelField().equals(topLevelField);
    }

    String topLevelField() {
      return path.split("\\.", 2)[0];
    }

    String placeOf(int index) {
      return place + "[" + index + "]";
    }
  }

  /** Where the walk is: path of the event, place in the pattern, and whether a $or is around it. */
  private record Position(String path, String place, boolean isInOr) {

    static final Position TOP = new Position("", "", false);

    Position field(String name) {
      String quoted = name.matches("[\\w$-]+") ? name : "\"" + name + "\"";
      return new Position(joined(path, name), joined(place, quoted), isInOr);
    }

    Position alternative(int index) {
      String or = joined(place, EventPattern.OR);
      return new Position(path, or + "[" + index + "]", true);
    }

    private static String joined(String parent, String child) {
      return parent.isEmpty() ? child : parent + "." + child;
    }
  }

  private final List<Field> fields = new ArrayList<>();
  private final List<PatternProblem> problems = new ArrayList<>();

  private PatternFields() {}

  public static PatternFields of(ObjectNode pattern) {
    PatternFields fields = new PatternFields();
    fields.object(pattern, Position.TOP);
    return fields;
  }

  public List<Field> all() {
    return List.copyOf(fields);
  }

  /** The field of this name at the top level of an event, and the fields below it. */
  public List<Field> within(String topLevelField) {
    return fields.stream().filter(field -> field.isWithin(topLevelField)).toList();
  }

  List<PatternProblem> problems() {
    return List.copyOf(problems);
  }

  /** Returns the places of the object's fields by their paths. */
  private Map<String, String> object(JsonNode object, Position at) {
    if (object.isEmpty()) {
      problem(at, "an empty object is no pattern: name a field in it, or leave it out");
    }
    Map<String, String> places = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      Map<String, String> more =
          member.getKey().equals(EventPattern.OR)
              ? alternatives(member.getValue(), at)
              : field(member.getKey(), member.getValue(), at);
      more.forEach((path, place) -> addOnce(places, path, place));
    }
    return places;
  }

  private Map<String, String> alternatives(JsonNode list, Position at) {
    boolean areObjects = list.isArray() && list.size() >= 2;
    for (JsonNode alternative : list) {
      areObjects &= alternative.isObject();
    }
    if (!areObjects) {
      problem(
          at.field(EventPattern.OR),
          "$or takes a list of two patterns or more: write {\"$or\":[{...},{...}]}");
      return Map.of();
    }
    Map<String, String> places = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      places.putAll(object(list.get(i), at.alternative(i)));
    }
    return places;
  }

  private Map<String, String> field(String name, JsonNode value, Position parent) {
    Position at = parent.field(name);
    if (at.isInOr() && EventRuler.isReservedInOr(name)) {
      problem(
          at,
          "within $or, %s is kept for operators: match on the field outside of $or"
              .formatted(name));
      return Map.of();
    }
    if (value.isObject()) {
      return object(value, at);
    }
    if (!value.isArray()) {
      problem(at, "values stand in a list: write [%s]".formatted(value));
      return Map.of();
    }
    if (value.isEmpty()) {
      problem(at, "an empty list matches nothing: list a value, or leave the field out");
      return Map.of();
    }
    fields.add(new Field(at.path(), at.place(), value));
    return Map.of(at.path(), at.place());
  }

  /**
   * Refuses a field that occurs twice: it is not a conjunction. EventBridge uses the last
   * occurrence, and Kubernetes does not keep the order of fields.
   */
  private void addOnce(Map<String, String> places, String path, String place) {
    String earlier = places.put(path, place);
    if (earlier != null) {
      problems.add(
          new PatternProblem(
              place,
              "%s is matched at %s as well, and EventBridge would heed only one of the two: name a"
                      .formatted(path, earlier)
                  + " field once, with all values that it may have"));
    }
  }

  private void problem(Position at, String message) {
    problems.add(new PatternProblem(at.place(), message));
  }
}
