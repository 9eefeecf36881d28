package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.util.List;
import java.util.Optional;

/**
 * The rule and the queue that stay when a subscription is deleted with deletionPolicy Retain. The
 * rule stays enabled and fills the queue, because the deletion may be an accident or a move.
 *
 * @param retentionDays how long the queue keeps a message
 */
public record Backlog(RuleKey rule, QueueKey queue, int retentionDays) {

  /** Empty: the rule goes or is disabled. */
  public static Optional<Backlog> of(EventSubscription subscription, AdmittedBus bus) {
    AdmittedSubscription leaving = AdmittedSubscription.leaving(subscription, bus);
    return bus.deletionPolicy() == DeletionPolicy.RETAIN && !subscription.getSpec().suspend()
        ? Optional.of(
            new Backlog(
                leaving.ruleKey(),
                leaving.queueKey(),
                subscription.getSpec().queue().retentionDays()))
        : Optional.empty();
  }

  /** The consequence and the remedy, each short enough for a warning of the API server. */
  public List<String> warnings() {
    return List.of(
        "%s stays enabled and fills queue %s, which keeps each message for %d days"
            .formatted(rule.describe(), queue.name(), retentionDays),
        "to stop the rule, run in account %s: aws events disable-rule --name %s --event-bus-name %s --region %s; next time set spec.suspend to true before you delete a subscription"
            .formatted(
                rule.scope().accountId(), rule.name(), rule.bus().name(), rule.scope().region()));
  }
}
