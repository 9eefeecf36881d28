package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import java.util.Optional;

/** When the registry of a backbone's schemas comes, and when it goes. */
record RegistryUpkeep(Inventory inventory, AwsApplier applier) {

  /**
   * The status that names the registry that is about to be made. Only the status tells a later
   * process that there may be one, once the spec asks for none.
   */
  static Optional<EventBackboneStatus> announced(AdmittedBackbone backbone) {
    EventBackboneStatus status = backbone.resource().getStatus();
    boolean isToBeMade =
        backbone.spec().publishedSchemas().isPresent()
            && backbone.spec().managementPolicy() == ManagementPolicy.MANAGE;
    return isToBeMade && status.schemaRegistry().isEmpty()
        ? Optional.of(
            status.toBuilder().schemaRegistryArn(backbone.schemaRegistryKey().arn()).build())
        : Optional.empty();
  }

  /** A registry goes after the schemas that event types have in it. */
  WantedState in(WantedState wanted, AdmittedBackbone backbone) {
    Absent gone = new Absent(backbone.schemaRegistryKey());
    return wanted.resources().contains(gone) && isUsed(backbone)
        ? new WantedState(
            wanted.tags(), wanted.resources().stream().map(it -> kept(it, gone)).toList())
        : wanted;
  }

  private static Wanted kept(Wanted wanted, Absent gone) {
    return wanted.equals(gone) ? new Untouched(gone.key(), Optional.empty()) : wanted;
  }

  private boolean isUsed(AdmittedBackbone backbone) {
    return inventory.busesOf(backbone.resource()).stream()
        .flatMap(bus -> inventory.typesOf(bus).stream())
        .anyMatch(type -> type.getStatus().publishedSchema().isPresent());
  }

  /**
   * ARN of a registry of this backbone that neither the spec nor the status names. The status then
   * names it, and the next round deletes it.
   */
  Optional<String> leftover(AdmittedBackbone backbone, AwsBackedReconciler.Synced synced) {
    SchemaRegistryKey key = backbone.schemaRegistryKey();
    WantedState wanted = synced.intent().wanted();
    return !wanted.keys().contains(key) && applier.isListedAs(wanted.owner(), key, backbone)
        ? Optional.of(key.arn())
        : Optional.empty();
  }

  /** The registry for the status, as long as AWS may have one. */
  static Optional<String> arn(AdmittedBackbone backbone, AwsBackedReconciler.Synced synced) {
    boolean isGone =
        synced.outcome().isInPlace()
            && synced
                .intent()
                .wanted()
                .resources()
                .contains(new Absent(backbone.schemaRegistryKey()));
    return isGone ? Optional.empty() : backbone.resource().getStatus().schemaRegistry();
  }
}
