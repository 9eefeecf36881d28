package io.eventbackbone.operator.topology.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import java.util.Optional;

/**
 * What a bus's own services sent, which the rules of the bus leave out where the rule on the global
 * bus does not.
 *
 * @param match how the sender is told
 * @param receiver whose events they are
 */
public record OwnEvents(SenderMatch match, Receiver receiver) {

  /**
   * What passes the filter and is not the bus's own; empty where one pattern can't say exactly
   * that.
   *
   * @param filter that EventBridge takes
   * @param quota of the bus's account
   */
  public Optional<EventPattern> leftOutOf(EventFilter filter, PatternQuota quota) {
    ObjectNode conditions = Filters.conditions(filter);
    String field = SenderClause.fieldOf(match);
    return others(conditions, field)
        .map(
            others -> {
              conditions.set(field, others);
              return conditions;
            })
        .filter(pattern -> PatternLimits.exceeded(pattern, quota).isEmpty())
        .map(EventPattern::of);
  }

  /** What the sender's field may be, if the conditions leave that to be said in one place. */
  private Optional<ArrayNode> others(ObjectNode conditions, String field) {
    String self = receiver.sender(match);
    int mentions = PatternFields.of(conditions).within(field).size();
    if (mentions == 0) {
      return Optional.of(new SenderClause.EveryoneBut(match, self).values());
    }
    JsonNode listed = conditions.path(field);
    if (mentions > 1 || !listed.isArray() || !listed.valueStream().allMatch(JsonNode::isTextual)) {
      return Optional.empty();
    }
    ArrayNode others = conditions.arrayNode();
    listed.valueStream().filter(text -> !text.textValue().equals(self)).forEach(others::add);
    return others.isEmpty() ? Optional.empty() : Optional.of(others);
  }
}
