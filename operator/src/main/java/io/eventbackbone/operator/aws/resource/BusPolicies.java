package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.PolicyStatement;
import io.eventbackbone.core.resource.ResourceKey.BusPolicyKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
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
 * The operator's statements in the policies of buses. PutPermission replaces the whole policy, and
 * of two calls at once one is lost. So the operator reads the policy before it writes, to keep the
 * statements of others, and compares it afterwards.
 */
final class BusPolicies {

  private final EventBridgeClient events;

  /**
   * Buses that this plan created, which have no policy to read. The next plan describes its bus
   * first and so removes it here: others may have written a policy by then.
   */
  private final Set<EventBusKey> created = ConcurrentHashMap.newKeySet();

  BusPolicies(EventBridgeClient events) {
    this.events = events;
  }

  /** Empty: the policy has no statement of the operator. */
  Optional<Observed> observed(BusPolicyKey key, DescribeEventBusResponse bus) {
    String policy = text(bus);
    Set<PolicyStatement> ours = StatementJson.ours(policy);
    return ours.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Observed(
                new BusPolicy(key, ours, StatementJson.othersCharacters(policy)), Map.of()));
  }

  void created(EventBusKey bus) {
    created.add(bus);
  }

  void described(EventBusKey bus) {
    created.remove(bus);
  }

  void put(BusPolicy wanted) {
    EventBusKey bus = wanted.key().bus();
    String before = created.remove(bus) ? "" : policy(bus);
    String merged = StatementJson.merged(before, wanted.statements());
    events.putPermission(it -> it.eventBusName(bus.name()).policy(merged));
    if (!StatementJson.ours(policy(bus)).equals(wanted.statements())) {
      throw new AwsFailureException(
          new Conflicting(
              "somebody else changed the policy of bus %s at the same time; the operator writes it again"
                  .formatted(bus.name())));
    }
  }

  void delete(BusPolicy policy) {
    for (PolicyStatement statement : policy.statements()) {
      try {
        events.removePermission(
            it -> it.eventBusName(policy.key().name()).statementId(statement.sid()));
      } catch (ResourceNotFoundException alreadyGone) {
        // Deleting is done.
      }
    }
  }

  private String policy(EventBusKey bus) {
    return text(events.describeEventBus(it -> it.name(bus.name())));
  }

  private static String text(DescribeEventBusResponse bus) {
    return Optional.ofNullable(bus.policy()).orElse("");
  }
}
