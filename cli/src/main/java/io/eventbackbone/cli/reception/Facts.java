package io.eventbackbone.cli.reception;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.pattern.Filters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of an event.
 *
 * @param known fields of the event, as EventBridge has them
 * @param open fields at the top level that the event has, or may have, with what is not known
 */
public record Facts(ObjectNode known, Set<String> open) {

  private static final String ACCOUNT = "account";
  private static final String SOURCE = "source";
  private static final String DETAIL = "detail";
  private static final String RESOURCES = "resources";

  /** Every event has these ("Event structure" of the EventBridge User Guide). */
  private static final Set<String> ALWAYS =
      Set.of(
          "version",
          "id",
          Filters.DETAIL_TYPE,
          SOURCE,
          ACCOUNT,
          "time",
          "region",
          RESOURCES,
          DETAIL);

  /** What PutEvents calls the fields of an entry, and what they are called in the event. */
  private static final Map<String, String> OF_ENTRY =
      Map.of(
          "DetailType",
          Filters.DETAIL_TYPE,
          "Source",
          SOURCE,
          "Detail",
          DETAIL,
          "Resources",
          RESOURCES,
          "Time",
          "time");

  public Facts {
    known = known.deepCopy();
    open = Set.copyOf(open);
  }

  /** An event of which nothing is known. */
  public static Facts none() {
    return new Facts(JsonNodeFactory.instance.objectNode(), ALWAYS);
  }

  public static Facts ofType(String detailType) {
    return none().with(Filters.DETAIL_TYPE, JsonNodeFactory.instance.textNode(detailType));
  }

  /**
   * Of an event as EventBridge delivers it, or of an entry of PutEvents. What is missing of the
   * fields that EventBridge sets is open.
   *
   * @throws IllegalArgumentException if it is no event; the message is for people
   */
  public static Facts ofEvent(JsonNode event) {
    if (!(event instanceof ObjectNode written)) {
      throw new IllegalArgumentException("an event is a JSON object");
    }
    ObjectNode known = JsonNodeFactory.instance.objectNode();
    written
        .properties()
        .forEach(field ->
            known.set(OF_ENTRY.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
    known.remove("EventBusName");
    if (!known.path(Filters.DETAIL_TYPE).isTextual()) {
      throw new IllegalArgumentException(
          "the event has no detail-type: write {\"detail-type\": \"Order.Created\", \"detail\": {…}}");
    }
    if (!(detail(known.path(DETAIL)) instanceof ObjectNode detail)) {
      throw new IllegalArgumentException("the event has no detail, or one that is no JSON object");
    }
    known.set(DETAIL, detail);
    if (!known.has(RESOURCES)) {
      known.putArray(RESOURCES);
    }
    Set<String> open = new TreeSet<>(ALWAYS);
    known.fieldNames().forEachRemaining(open::remove);
    return new Facts(known, open);
  }

  /** In an entry of PutEvents the detail is a text. */
  private static JsonNode detail(JsonNode written) {
    try {
      return written.isTextual() ? Json.read(written.asText()) : written;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the event's detail is no JSON: " + e.getMessage(), e);
    }
  }

  /** The same event, sent by a service of which the bus is known. What the event says counts. */
  Facts sentBy(String accountId, String identifier) {
    return withUnlessKnown(ACCOUNT, accountId).withUnlessKnown(SOURCE, identifier);
  }

  private Facts withUnlessKnown(String field, String value) {
    return open.contains(field) ? with(field, JsonNodeFactory.instance.textNode(value)) : this;
  }

  private Facts with(String field, JsonNode value) {
    ObjectNode more = known.deepCopy();
    more.set(field, value);
    Set<String> less = new TreeSet<>(open);
    less.remove(field);
    return new Facts(more, less);
  }

  /** Why the event does not meet a pattern, a field each; empty: it does, or may. */
  public List<String> mismatches(ObjectNode pattern) {
    return PatternEvaluation.of(pattern, this) instanceof Evaluation.Unmet unmet
        ? unmet.mismatches()
        : List.of();
  }

  public Optional<String> detailType() {
    return text(Filters.DETAIL_TYPE);
  }

  /** The text of a field at the top level, if it is known. */
  Optional<String> text(String field) {
    return Optional.ofNullable(known.get(field)).map(JsonNode::textValue);
  }

  boolean isOpen(String field) {
    return open.contains(field) || (!known.has(DETAIL) && !ALWAYS.contains(field));
  }

  /** Whether every event has it, with a text. */
  static boolean isAlwaysText(String field) {
    return ALWAYS.contains(field) && !List.of(DETAIL, RESOURCES).contains(field);
  }
}
