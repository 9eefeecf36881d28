package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.MessageTotals;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.quota.RuleBudget;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.core.topology.Publishers;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.reconcile.AwsBackedReconciler.Synced;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The status of a global bus after AWS was applied.
 *
 * @param buses that joined the backbone
 * @param leftoverDiscoverer ARN of a discoverer that is still to go
 * @param leftoverRegistry ARN of a registry of schemas that is still to go
 */
record BackboneStatus(
    AdmittedBackbone backbone,
    List<AdmittedBus> buses,
    Publishers publishers,
    RuleBudget rules,
    Synced synced,
    Optional<String> leftoverDiscoverer,
    Optional<String> leftoverRegistry) {

  EventBackboneStatus with(List<Condition> conditions) {
    SyncResult sync = synced.sync();
    ApplyOutcome outcome = synced.outcome();
    boolean isThere = sync.appliedHash().isPresent();
    Optional<PublisherTotals> totals =
        outcome.isInPlace()
            ? publishers.totals(othersCharacters())
            : Optional.ofNullable(before().publishers());
    return EventBackboneStatusBuilder.builder()
        .observedGeneration(backbone.resource().getMetadata().getGeneration())
        .busArn(isThere ? backbone.busKey().arn() : null)
        .deadLetterQueueUrl(
            sync.addresses().isEmpty()
                ? before().deadLetterQueueUrl()
                : sync.address(backbone.deadLetterQueueKey()))
        .logGroupName(isThere && backbone.spec().audit().enabled() ? backbone.logGroupName() : null)
        .busLogGroupName(
            outcome
                .logGroupOf(
                    backbone.busLog(),
                    backbone.spec().deletionPolicy(),
                    synced.intent().wanted().owner())
                .orElse(null))
        .kmsKeyIdentifier(outcome.keyOf(backbone.encryption()).orElse(null))
        .discovererArn(leftoverDiscoverer.orElseGet(this::discovererArn))
        .schemaRegistryArn(schemaRegistryArn())
        .buses(Conditions.totals(buses.stream().map(bus -> bus.resource().getStatus()).toList()))
        .rules(rules.usage())
        .wildcardRules(rules.wildcardUsage().orElse(null))
        .othersRules(rules.others() == 0 ? null : rules.others())
        .policyCharacters(new Usage(policyUsed(totals), backbone.quotas().policyCharacters()))
        .patternCharacters(new Usage(longestPattern(), backbone.quotas().patterns().characters()))
        .publishers(totals.orElse(null))
        .messages(messages())
        .undelivered(undelivered() == 0 ? null : undelivered())
        .plan(sync.plan())
        .appliedHash(sync.appliedHash().orElse(null))
        .conditions(conditions)
        .build();
  }

  private String schemaRegistryArn() {
    return leftoverRegistry.or(() -> RegistryUpkeep.arn(backbone, synced)).orElse(null);
  }

  private MessageTotals messages() {
    return buses.stream()
        .map(bus -> bus.resource().getStatus().messageTotals())
        .reduce(MessageTotals.ofBus(List.of(), undelivered()), MessageTotals::plus);
  }

  /** Events in the global bus's dead-letter queue. */
  private long undelivered() {
    return synced
        .outcome()
        .readQueues()
        .map(it -> it.of(backbone.deadLetterQueueKey()).map(QueueMessages::total).orElse(0L))
        .orElseGet(() -> before().unforwarded());
  }

  private EventBackboneStatus before() {
    return backbone.resource().getStatus();
  }

  /** A discoverer that could not be deleted keeps its place, and so is looked for again. */
  private String discovererArn() {
    return synced.outcome().isInPlace()
        ? synced.sync().address(backbone.discovererKey())
        : before().discovererArn();
  }

  /** Length of the statements of others, if the policy was read; else the length in the status. */
  private int othersCharacters() {
    return Optional.of(synced.outcome())
        .flatMap(it ->
            it instanceof ApplyOutcome.Applied applied
                ? applied.found().find(backbone.busKey().policy(), BusPolicy.class)
                : Optional.empty())
        .map(BusPolicy::othersCharacters)
        .or(() -> Optional.ofNullable(before().publishers()).map(PublisherTotals::othersCharacters))
        .orElse(0);
  }

  /** The length of the policy that AWS got now, or else last. */
  private int policyUsed(Optional<PublisherTotals> totals) {
    return synced.outcome().isInPlace() || synced.outcome() instanceof ApplyOutcome.Planned
        ? policyLength() + totals.map(PublisherTotals::othersCharacters).orElse(0)
        : Optional.ofNullable(before().policyCharacters()).map(Usage::used).orElse(0);
  }

  private int policyLength() {
    return publishers.policy().isEmpty() ? 0 : Policies.length(publishers.policy());
  }

  private int longestPattern() {
    return buses.stream()
        .flatMap(bus -> bus.resource().getStatus().ownPatternCharacters().stream())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }
}
