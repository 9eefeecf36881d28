package io.eventbackbone.core.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.pattern.EventRuler;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.PatternFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Narrows a pattern to a filter. The result matches every event that pattern and filter both match,
 * and no event that the pattern does not match.
 *
 * <p>The result may match events that the filter does not. Forwarding them costs money, and the
 * filter's own rule drops them; an event that is not forwarded would be lost. So the result leaves
 * out the conditions of the filter that one pattern can't express:
 *
 * <ul>
 *   <li>conditions on a part of the event that the pattern restricts too. Different elements of a
 *       list may meet the two conditions, but EventBridge requires one element that meets both;
 *   <li>wildcards, because a bus may have only thirty rules with wildcards.
 * </ul>
 */
final class Narrowing {

  private static final String DETAIL = "detail";

  /** Fields with one text in every event: two lists match together what both of them contain. */
  private static final Set<String> SINGLE_TEXTS =
      Set.of("account", Filters.DETAIL_TYPE, "id", "region", "source");

  private final ObjectNode narrowed;
  private final Set<String> partsOfPattern;

  private Narrowing(ObjectNode pattern) {
    narrowed = pattern.deepCopy();
    partsOfPattern = parts(pattern);
  }

  /** Empty: no event can match both. */
  static Optional<ObjectNode> of(ObjectNode pattern, ObjectNode filter) {
    Narrowing narrowing = new Narrowing(pattern);
    for (Map.Entry<String, JsonNode> member : filter.properties()) {
      String name = member.getKey();
      if (name.equals(DETAIL) && member.getValue() instanceof ObjectNode detail) {
        narrowing.addDetail(detail);
      } else if (SINGLE_TEXTS.contains(name) && pattern.has(name)) {
        narrowing.intersect(name, pattern.get(name), member.getValue());
      } else if (narrowing.canTake(narrowing.narrowed, name, only(name, member.getValue()))) {
        narrowing.narrowed.set(name, member.getValue());
      }
    }
    return narrowing.narrowed.properties().stream()
            .anyMatch(
                member -> SINGLE_TEXTS.contains(member.getKey()) && member.getValue().isEmpty())
        ? Optional.empty()
        : Optional.of(narrowing.narrowed);
  }

  private void addDetail(ObjectNode detail) {
    JsonNode present = narrowed.path(DETAIL);
    if (!present.isObject() && !present.isMissingNode()) {
      return;
    }
    ObjectNode both =
        present instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : detail.properties()) {
      ObjectNode alone = only(DETAIL, only(member.getKey(), member.getValue()));
      if (canTake(both, member.getKey(), alone)) {
        both.set(member.getKey(), member.getValue());
      }
    }
    if (!both.isEmpty()) {
      narrowed.set(DETAIL, both);
    }
  }

  private boolean canTake(ObjectNode object, String name, ObjectNode condition) {
    return !object.has(name)
        && parts(condition).stream().noneMatch(partsOfPattern::contains)
        && !Filters.hasWildcards(condition);
  }

  private void intersect(String field, JsonNode one, JsonNode other) {
    if (areTexts(one)) {
      narrowed.set(field, passing(one, other));
    } else if (areTexts(other)) {
      narrowed.set(field, passing(other, one));
    }
  }

  private static ArrayNode passing(JsonNode texts, JsonNode condition) {
    List<JsonNode> passing =
        texts.valueStream().filter(text -> EventRuler.matchesText(condition, text)).toList();
    return JsonNodeFactory.instance.arrayNode().addAll(passing);
  }

  private static boolean areTexts(JsonNode values) {
    return values.valueStream().allMatch(JsonNode::isTextual);
  }

  /** The parts of an event; no list spans two of them. */
  private static Set<String> parts(ObjectNode pattern) {
    return PatternFields.of(pattern).all().stream()
        .map(Narrowing::part)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The detail of an event is an object, whose members may be lists. */
  private static String part(PatternFields.Field field) {
    String[] path = field.path().split("\\.", 3);
    return path[0].equals(DETAIL) && path.length > 1 ? path[0] + "." + path[1] : path[0];
  }

  private static ObjectNode only(String name, JsonNode value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set(name, value);
    return object;
  }
}
