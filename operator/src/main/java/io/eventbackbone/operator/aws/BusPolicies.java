package io.eventbackbone.operator.aws;

import io.eventbackbone.operator.aws.AwsFailure.Conflicting;
import io.eventbackbone.operator.plan.ObservedState.Observed;
import io.eventbackbone.operator.topology.AwsResource;
import io.eventbackbone.operator.topology.AwsResource.BusPolicy;
import io.eventbackbone.operator.topology.PolicyStatement;
import io.eventbackbone.operator.topology.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/**
 * The operator's statements in the policies of buses. PutPermission with a policy replaces all of
 * it, and two at once lose one's work; so the statements of others are read and kept, and what was
 * written is read back.
 */
final class BusPolicies implements ResourceApi {

  private final EventBridgeClient events;

  BusPolicies(EventBridgeClient events) {
    this.events = events;
  }

  @Override
  public ResourceKey.Type type() {
    return ResourceKey.Type.BUS_POLICY;
  }

  /** A policy without a statement of the operator is no policy of the operator. */
  @Override
  public Optional<Observed> observe(ResourceKey key) {
    try {
      String policy = policy(key.name());
      Set<PolicyStatement> ours = StatementJson.ours(policy);
      return ours.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Observed(
                  new BusPolicy(
                      key.scope(), key.name(), ours, StatementJson.othersCharacters(policy)),
                  Map.of()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    put((BusPolicy) wanted);
  }

  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    put((BusPolicy) wanted);
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    // Statements are told by their Sids.
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    // Statements are told by their Sids.
  }

  @Override
  public void delete(AwsResource observed) {
    BusPolicy policy = (BusPolicy) observed;
    for (PolicyStatement statement : policy.statements()) {
      try {
        events.removePermission(it -> it.eventBusName(policy.bus()).statementId(statement.sid()));
      } catch (ResourceNotFoundException alreadyGone) {
        // Deleting is done.
      }
    }
  }

  private void put(BusPolicy wanted) {
    String merged = StatementJson.merged(policy(wanted.bus()), wanted.statements());
    events.putPermission(it -> it.eventBusName(wanted.bus()).policy(merged));
    if (!StatementJson.ours(policy(wanted.bus())).equals(wanted.statements())) {
      throw new AwsFailureException(
          new Conflicting(
              "the policy of bus %s is not what was written: somebody else writes it, too"
                  .formatted(wanted.bus())));
    }
  }

  private String policy(String bus) {
    return events.describeEventBus(it -> it.name(bus)).policy();
  }
}
