package io.eventbackbone.operator.cluster;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The parts of an object that its dependents may read: what it asks for, and what became of it. */
record Digest(Object asked, Object became) {

  static Digest of(HasMetadata object) {
    record Asked(Object generation, Object labels, boolean isLeaving) {}
    Asked asked =
        new Asked(
            object instanceof Namespace ? null : object.getMetadata().getGeneration(),
            object.getMetadata().getLabels(),
            object.getMetadata().getDeletionTimestamp() != null);
    return new Digest(asked, became(object));
  }

  private static Set<Object> became(HasMetadata object) {
    return switch (object) {
      case AwsAccount account when account.getStatus() != null -> became(account);
      case EventBackbone backbone when backbone.getStatus() != null -> became(backbone);
      case ServiceAccountBus bus when bus.getStatus() != null -> became(bus);
      case EventSubscription subscription when subscription.getStatus() != null ->
          Set.of(
              "rule " + subscription.getStatus().ruleArn(),
              Conditions.isTrue(subscription.getStatus(), Conditions.READY));
      case EventType type when type.getStatus() != null ->
          Set.of("schema " + type.getStatus().publishedSchema());
      default -> Set.of();
    };
  }

  private static Set<Object> became(AwsAccount account) {
    Set<Object> became = new HashSet<>();
    became.add(Objects.toString(account.getStatus().callerArn()));
    became.add(account.getStatus().quotas());
    // With its message, which those that wait for the account repeat.
    became.add(
        account
            .getStatus()
            .condition(Conditions.READY)
            .map(ready -> ready.getStatus() + ready.getMessage()));
    return became;
  }

  private static Set<Object> became(EventBackbone backbone) {
    EventBackboneStatus status = backbone.getStatus();
    Set<Object> became = new HashSet<>();
    became.add(Objects.toString(status.busArn()));
    became.add(
        Optional.ofNullable(status.publishers()).map(PublisherTotals::leftOut).orElse(List.of()));
    became.add(Optional.ofNullable(status.rules()).map(rules -> rules.used() < rules.limit()));
    became.add(
        "room for wildcards "
            + Optional.ofNullable(status.wildcardRules())
                .map(rules -> rules.used() < rules.limit())
                .orElse(true));
    became.add("registry " + status.schemaRegistry());
    if (backbone.getSpec().publishedSchemas().isPresent()) {
      became.add(
          status
              .condition(Conditions.IN_SYNC)
              .map(it -> it.getStatus() + it.getObservedGeneration()));
    }
    return became;
  }

  private static Set<Object> became(ServiceAccountBus bus) {
    Set<Object> became = new HashSet<>();
    became.add(Objects.toString(bus.getStatus().busArn()));
    became.add("archive " + bus.getStatus().archiveArn());
    became.add("rule " + bus.getStatus().forwardingRuleArn());
    became.add(bus.getStatus().routes());
    became.add("wildcards " + bus.getStatus().wildcardRoutes());
    became.add("undelivered " + (bus.getStatus().messageTotals().undelivered() > 0));
    became.add(Conditions.isTrue(bus.getStatus(), Conditions.READY));
    return became;
  }
}
