package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource.BusPolicy;
import io.eventbackbone.core.resource.PolicyStatement;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.operator.aws.failure.AwsFailure.Conflicting;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/**
 * The operator's statements in the policies of buses. PutPermission with a policy replaces all of
 * it, and two at once lose one's work; so it is read right before, for the statements of others,
 * and what was written is read back.
 */
final class BusPolicies {

  private final EventBridgeClient events;

  /**
   * Buses that were made and not looked at since: there is nothing to read before their policy.
   * Every plan looks at its bus first, so it holds within the plan that makes the bus, and no
   * longer: others may have written a policy by the next one.
   */
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();

  BusPolicies(EventBridgeClient events) {
    this.events = events;
  }

  /** A policy without a statement of the operator is no policy of the operator. */
  Optional<Observed> observed(ResourceKey key, DescribeEventBusResponse bus) {
    String policy = text(bus);
    Set<PolicyStatement> ours = StatementJson.ours(policy);
    return ours.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Observed(
                new BusPolicy(
                    key.scope(), key.name(), ours, StatementJson.othersCharacters(policy)),
                Map.of()));
  }

  void begin(String bus) {
    fresh.add(bus);
  }

  void lookedAt(String bus) {
    fresh.remove(bus);
  }

  void put(BusPolicy wanted) {
    String before = fresh.remove(wanted.bus()) ? "" : policy(wanted.bus());
    String merged = StatementJson.merged(before, wanted.statements());
    events.putPermission(it -> it.eventBusName(wanted.bus()).policy(merged));
    if (!StatementJson.ours(policy(wanted.bus())).equals(wanted.statements())) {
      throw new AwsFailureException(
          new Conflicting(
              "the policy of bus %s is not what was written: somebody else writes it, too"
                  .formatted(wanted.bus())));
    }
  }

  void delete(BusPolicy policy) {
    for (PolicyStatement statement : policy.statements()) {
      try {
        events.removePermission(it -> it.eventBusName(policy.bus()).statementId(statement.sid()));
      } catch (ResourceNotFoundException alreadyGone) {
        // Deleting is done.
      }
    }
  }

  private String policy(String bus) {
    return text(events.describeEventBus(it -> it.name(bus)));
  }

  private static String text(DescribeEventBusResponse bus) {
    return Optional.ofNullable(bus.policy()).orElse("");
  }
}
