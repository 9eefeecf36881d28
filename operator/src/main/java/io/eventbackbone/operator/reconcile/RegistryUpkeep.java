package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.TypeAdmissions;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import io.eventbackbone.core.wanted.WantedState.Wanted.Withdrawn;
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

  /**
   * Leaves out a registry that stays: the role may have no right to read the registry. Also leaves
   * out a registry that still has schemas of event types: the registry goes after these schemas.
   */
  WantedState in(WantedState wanted, AdmittedBackbone backbone) {
    return new WantedState(
        wanted.tags(),
        wanted.resources().stream().filter(it -> !isLeftAlone(it, backbone)).toList());
  }

  private boolean isLeftAlone(Wanted wanted, AdmittedBackbone backbone) {
    return wanted.key().equals(backbone.schemaRegistryKey())
        && switch (wanted) {
          case Present present -> false;
          case Untouched untouched -> true;
          case Absent absent -> isUsed(backbone);
          case Withdrawn withdrawn -> false;
        };
  }

  /** Event types that are not admitted keep their schemas. */
  private boolean isUsed(AdmittedBackbone backbone) {
    TypeAdmissions admissions = new TypeAdmissions(inventory);
    return inventory.busesOf(backbone.resource()).stream()
        .flatMap(bus -> inventory.typesOf(bus).stream())
        .filter(type -> type.getStatus().publishedSchema().isPresent())
        .anyMatch(type -> admissions.type(type).admitted().isPresent());
  }

  /**
   * ARN of a registry of this backbone that neither the spec nor the status names. The status then
   * names it, and the next round deletes it.
   */
  Optional<String> leftover(AdmittedBackbone backbone, AwsBackedReconciler.Synced synced) {
    SchemaRegistryKey key = backbone.schemaRegistryKey();
    WantedState wanted = synced.intent().wanted();
    boolean isUnknown =
        !wanted.keys().contains(key) && backbone.resource().getStatus().schemaRegistry().isEmpty();
    return isUnknown && applier.isListedAs(wanted.owner(), key, backbone)
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
