package io.eventbackbone.core.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.pattern.EventRuler;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.PatternFields;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One alternative of a forwarding pattern: an event matches if its sender is admitted and it meets
 * the conditions.
 *
 * @param conditions a pattern without the sender's field; a pattern without fields matches all
 */
record Alternative(SenderClause sender, ObjectNode conditions) {

  /** Every event has an id, which is a UUID. */
  private static final String MARK = "id";

  /** One alternative that matches exactly the events of the two. Empty: there is none. */
  Optional<Alternative> or(Alternative other) {
    if (sender.covers(other.sender) && isNoStricterThan(other)) {
      return Optional.of(this);
    }
    if (other.sender.covers(sender) && other.isNoStricterThan(this)) {
      return Optional.of(other);
    }
    if (conditions.equals(other.conditions)) {
      return sender.or(other.sender).map(both -> new Alternative(both, conditions));
    }
    return sender.equals(other.sender) && differsInDetailTypesOnly(other)
        ? Optional.of(new Alternative(sender, withDetailTypesOf(other)))
        : Optional.empty();
  }

  /** Whether every event that meets the other's conditions meets these. */
  private boolean isNoStricterThan(Alternative other) {
    return conditions.properties().stream()
        .allMatch(mine -> {
          JsonNode others = other.conditions.path(mine.getKey());
          return mine.getValue().equals(others)
              || (mine.getKey().equals(Filters.DETAIL_TYPE)
                  && others.isArray()
                  && byText(mine.getValue()).keySet().containsAll(byText(others).keySet()));
        });
  }

  private boolean differsInDetailTypesOnly(Alternative other) {
    return conditions.has(Filters.DETAIL_TYPE)
        && other.conditions.has(Filters.DETAIL_TYPE)
        && withoutDetailTypes(conditions).equals(withoutDetailTypes(other.conditions));
  }

  private ObjectNode withDetailTypesOf(Alternative other) {
    Map<String, JsonNode> detailTypes = byText(conditions.get(Filters.DETAIL_TYPE));
    detailTypes.putAll(byText(other.conditions.get(Filters.DETAIL_TYPE)));
    ObjectNode both = conditions.deepCopy();
    both.putArray(Filters.DETAIL_TYPE).addAll(detailTypes.values());
    return both;
  }

  private static ObjectNode withoutDetailTypes(ObjectNode conditions) {
    return conditions.deepCopy().without(Filters.DETAIL_TYPE);
  }

  private static Map<String, JsonNode> byText(JsonNode values) {
    Map<String, JsonNode> byText = new TreeMap<>();
    values.forEach(value -> byText.put(value.toString(), value));
    return byText;
  }

  /** This alternative narrowed to a filter; see {@link Narrowing}. Empty: it matches no event. */
  Optional<Alternative> narrowedTo(ObjectNode filter) {
    String senderField = Filters.senderField(sender.match());
    return Narrowing.of(pattern(), filter)
        .map(narrowed ->
            new Alternative(
                sender.narrowedTo(narrowed.get(senderField)), narrowed.without(senderField)));
  }

  /**
   * This alternative in the form that {@code $or} takes. Within {@code $or} a field can't have the
   * name of an operator, so such a field is written with its parent: EventBridge reads {@code a.b}
   * as b in a.
   */
  Alternative withinOr() {
    return new Alternative(sender, withoutReserved(conditions));
  }

  private static ObjectNode withoutReserved(ObjectNode pattern) {
    ObjectNode renamed = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : pattern.properties()) {
      if (member.getValue() instanceof ObjectNode fields) {
        moveReserved(withoutReserved(fields), member.getKey(), renamed);
      } else {
        renamed.set(member.getKey(), member.getValue());
      }
    }
    return renamed;
  }

  private static void moveReserved(ObjectNode fields, String parent, ObjectNode target) {
    for (String name : fields.propertyStream().map(Map.Entry::getKey).toList()) {
      if (!name.equals(EventPattern.OR) && EventRuler.isReservedInOr(name)) {
        target.set(parent + "." + name, fields.remove(name));
      }
    }
    if (!fields.isEmpty()) {
      target.set(parent, fields);
    }
  }

  /** Adds a condition that every event meets and that no other alternative has. */
  Alternative marked(int number) {
    ObjectNode marked = conditions.deepCopy();
    marked.putArray(MARK).addObject().putArray("anything-but").add(Integer.toString(number));
    return new Alternative(sender, marked);
  }

  /** Whether the alternative has no condition that the mark would replace. */
  boolean canBeMarked() {
    return PatternFields.of(conditions).within(MARK).isEmpty();
  }

  /** The event pattern of this alternative alone. */
  ObjectNode pattern() {
    ObjectNode pattern = conditions.deepCopy();
    pattern.set(Filters.senderField(sender.match()), sender.values());
    return pattern;
  }
}
