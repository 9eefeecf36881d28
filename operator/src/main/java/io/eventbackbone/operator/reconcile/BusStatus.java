package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.MessageTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing.Extent;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.reconcile.AwsBackedReconciler.Synced;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/**
 * The status of a local bus after AWS was applied.
 *
 * @param subscriptions that the bus admits
 */
record BusStatus(
    AdmittedBus bus, Forwarded forwarded, Synced synced, List<EventSubscription> subscriptions) {

  ServiceAccountBusStatus with(List<Condition> conditions) {
    SyncResult sync = synced.sync();
    ApplyOutcome outcome = synced.outcome();
    boolean isThere = sync.appliedHash().isPresent();
    String rule = forwardingRuleArn();
    boolean isForwarded = rule != null && forwarded.forwarding() instanceof Forwarding.Rule;
    return ServiceAccountBusStatusBuilder.builder()
        .observedGeneration(bus.resource().getMetadata().getGeneration())
        .identifier(bus.identifier())
        .accountId(bus.scope().accountId())
        .busArn(isThere || isBusThere() ? bus.busKey().arn() : null)
        .forwardingRuleArn(rule)
        .patternCharacters(patternCharacters().orElse(null))
        .deadLetterQueueUrl(
            sync.addresses().isEmpty()
                ? before().deadLetterQueueUrl()
                : sync.address(bus.deadLetterQueueKey()))
        .archiveArn(archiveArn().orElse(null))
        .logGroupName(isThere && bus.audit().enabled() ? bus.logGroupName() : null)
        .busLogGroupName(
            outcome
                .logGroupOf(bus.busLog(), bus.deletionPolicy(), synced.intent().wanted().owner())
                .orElse(null))
        .kmsKeyIdentifier(outcome.keyOf(bus.encryption()).orElse(null))
        .routes(isForwarded ? forwarded.routes() : List.of())
        .wildcardRoutes(wildcardRoutes())
        .subscriptions(
            Conditions.totals(subscriptions.stream().map(EventSubscription::getStatus).toList()))
        .messages(
            MessageTotals.ofBus(
                subscriptions.stream().map(EventSubscription::getStatus).toList(), undelivered()))
        .plan(sync.plan())
        .appliedHash(sync.appliedHash().orElse(null))
        .conditions(conditions)
        .build();
  }

  /** ARN of the archive, as long as AWS may have one. */
  private Optional<String> archiveArn() {
    boolean isGone =
        !bus.archive().isEnabled()
            && bus.deletionPolicy() == DeletionPolicy.DELETE
            && synced.outcome().isInPlace();
    return Optional.ofNullable(before().archiveArn()).filter(arn -> !isGone);
  }

  /** Events in the bus's dead-letter queue. */
  private long undelivered() {
    return synced
        .outcome()
        .readQueues()
        .map(it -> it.of(bus.deadLetterQueueKey()).map(QueueMessages::total).orElse(0L))
        .orElseGet(() -> before().messageTotals().undelivered());
  }

  private ServiceAccountBusStatus before() {
    return bus.resource().getStatus();
  }

  /** Subscriptions wait for the bus, and not for a later step that may fail, such as its log. */
  private boolean isBusThere() {
    return synced.outcome().hasBrought(bus.busKey()).orElse(before().busArn() != null);
  }

  /** Whether AWS has the wanted rule on the global bus, even if a later step failed. */
  private boolean hasBroughtRule() {
    return synced.outcome().hasBrought(bus.forwardingRuleKey()).orElse(false);
  }

  /** ARN of the rule that surely forwards to the bus, or null. */
  private String forwardingRuleArn() {
    if (hasBroughtRule() && forwarded.forwarding() instanceof Forwarding.Rule) {
      return bus.forwardingRuleKey().arn();
    }
    return hasBroughtRule() && forwarded.isWhole() ? null : before().forwardingRuleArn();
  }

  /** Routes whose wildcards the rule has. A rule that stays as it was has its former wildcards. */
  private List<String> wildcardRoutes() {
    return hasBroughtRule() && (forwarded.isWhole() || !bus.hasOwnRule())
        ? forwarded.wildcardRoutes()
        : before().wildcardRoutes();
  }

  /** The length of the pattern in AWS. A rule that stays as it was has its former pattern. */
  private Optional<Integer> patternCharacters() {
    Optional<Wanted> rule =
        synced.intent().wanted().resources().stream()
            .filter(it -> it.key().equals(bus.forwardingRuleKey()))
            .filter(it -> hasBroughtRule() && !(it instanceof Wanted.Untouched))
            .findFirst();
    return rule.isEmpty()
        ? before().ownPatternCharacters()
        : rule.flatMap(it ->
            it instanceof Wanted.Present(Rule brought)
                ? Optional.of(brought.pattern().length())
                : Optional.empty());
  }

  String readyMessage() {
    boolean isForwarded = !(forwarded.forwarding() instanceof Forwarding.Nothing);
    String name = bus.busName();
    String routes = Abbreviation.of(forwarded.routes());
    if (forwarded.extent() instanceof Extent.AsSubscribed) {
      return isForwarded
          ? "bus %s receives what its subscriptions ask for, by %s".formatted(name, routes)
          : "bus %s is there, but no EventSubscription asks for what an EventRoute brings: it receives nothing"
              .formatted(name);
    }
    if (!isForwarded) {
      return "bus %s is there, but no EventRoute reaches it: it receives nothing".formatted(name);
    }
    String received = "bus %s receives by %s".formatted(name, routes);
    return forwarded.extent() instanceof Extent.AsRoutedAfterAll(String cause)
        ? "%s all that they let through: %s".formatted(received, cause)
        : received;
  }
}
