package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.SchemaRegistry.SchemaType;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedType;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaKey;
import io.eventbackbone.core.resource.SchemaRegistry;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.reconcile.apply.Accounts;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.FailureReasons;
import io.eventbackbone.operator.reconcile.apply.Hindrance;
import io.eventbackbone.operator.reconcile.apply.Intent;
import io.eventbackbone.operator.reconcile.apply.PlanDescription;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Brings the schema of an event type into the backbone's registry, and takes the schema away when
 * the backbone publishes no longer. The status names a schema before AWS has it. So if the process
 * ends in between, a status still names the schema.
 */
final class SchemaPublication {

  private final Topology topology;
  private final AwsApplier applier;
  private final EventRecorder events;

  SchemaPublication(Topology topology, AwsApplier applier, EventRecorder events) {
    this.topology = topology;
    this.applier = applier;
    this.events = events;
  }

  /**
   * How a publication ended.
   *
   * @param schemaArn of the schema that AWS may have
   */
  record Published(Optional<String> schemaArn, Reschedule next) {}

  /** Decides the condition Published, if the backbone publishes or published before. */
  Published of(AdmittedType type, Admission<EventType> compatible, Conditions conditions) {
    AdmittedBackbone backbone = type.bus().backbone();
    Optional<String> known = type.resource().getStatus().publishedSchema();
    Optional<SchemaType> format = backbone.spec().publishedSchemas();
    boolean stays = format.isEmpty() && backbone.spec().deletionPolicy() == DeletionPolicy.RETAIN;
    if (stays || !mayBePublished(type.resource(), backbone)) {
      return new Published(known, new Reschedule.OnChange());
    }
    Optional<Hindrance> shut =
        Accounts.unready(backbone.account())
            .map(Hindrance::ofAccount)
            .or(() -> format.flatMap(it -> hindrance(type, it, compatible)));
    if (shut.isPresent()) {
      conditions.no(Conditions.PUBLISHED, shut.get().reason(), shut.get().message());
      return new Published(known, new Reschedule.OnChange());
    }
    boolean isManaged = backbone.spec().managementPolicy() == ManagementPolicy.MANAGE;
    if (known.isEmpty() && format.isPresent() && isManaged) {
      SchemaKey key = backbone.schemaKey(type.resource(), type.bus().resource());
      return new Published(Optional.of(key.arn()), new Reschedule.Again());
    }
    return apply(type, Intent.ofGlobalBus(topology.of(type), backbone), conditions);
  }

  /** Where nothing was ever published AWS is not asked: roles from before may not ask. */
  static boolean mayBePublished(EventType type, AdmittedBackbone backbone) {
    return backbone.spec().publishedSchemas().isPresent()
        || type.getStatus().publishedSchema().isPresent()
        || backbone.resource().getStatus().schemaRegistry().isPresent();
  }

  private static Optional<Hindrance> hindrance(
      AdmittedType type, SchemaType format, Admission<EventType> compatible) {
    if (compatible instanceof Refused<EventType>(Reason reason, String message)) {
      String effect =
          type.resource().getStatus().publishedSchema().isPresent()
              ? "the published schema stays as it was: "
              : "nothing is published: ";
      return Optional.of(new Hindrance(reason, effect + message));
    }
    int length = type.publishedIn(format).content().length();
    if (length > SchemaRegistry.Schema.LONGEST_CONTENT) {
      return Optional.of(
          new Hindrance(
              Reason.QUOTA_EXCEEDED,
              "as %s the schema has %,d characters, and EventBridge Schemas takes %,d: split the event type"
                  .formatted(
                      AdmittedType.name(format), length, SchemaRegistry.Schema.LONGEST_CONTENT)));
    }
    return Conditions.isTrue(type.resource().getStatus(), Conditions.PUBLISHED)
        ? Optional.empty()
        : missingRegistry(type.bus().backbone().resource());
  }

  /**
   * A status that names the registry is older than the registry; see {@link RegistryUpkeep}. AWS
   * has the registry once the operator has found all of the present spec there.
   */
  private static Optional<Hindrance> missingRegistry(EventBackbone backbone) {
    boolean isMade =
        backbone.getSpec().managementPolicy() == ManagementPolicy.OBSERVE
            || (backbone.getStatus().schemaRegistry().isPresent()
                && backbone
                    .getStatus()
                    .condition(Conditions.IN_SYNC)
                    .filter(it -> it.getStatus().equals("True"))
                    .map(Condition::getObservedGeneration)
                    .filter(backbone.getMetadata().getGeneration()::equals)
                    .isPresent());
    return isMade
        ? Optional.empty()
        : Optional.of(
            new Hindrance(
                Reason.BACKBONE_NOT_READY,
                "waits for the registry of EventBackbone %s/%s"
                    .formatted(
                        backbone.getMetadata().getNamespace(), backbone.getMetadata().getName())));
  }

  private Published apply(AdmittedType type, Intent intent, Conditions conditions) {
    EventType resource = type.resource();
    Optional<String> known = resource.getStatus().publishedSchema();
    Duration recheck = intent.backbone().driftCheckPeriod();
    return switch (applier.apply(resource, intent, Optional.empty())) {
      case ApplyOutcome.Applied applied -> {
        if (!applied.plan().isEmpty()) {
          record(resource, EventRecorder.EventType.NORMAL, Reason.PUBLISHED, applied.plan());
        }
        Optional<String> found =
            intent.wanted().keys().stream()
                .filter(key -> applied.found().isOrWasOwned(key, intent.wanted().owner()))
                .map(ResourceKey::arn)
                .findFirst();
        yield inPlace(type, intent, known.or(() -> found), applied.nextCheckIn(), conditions);
      }
      case ApplyOutcome.Remembered remembered ->
          inPlace(type, intent, known, remembered.nextCheckIn(), conditions);
      case ApplyOutcome.Planned(Plan plan) -> {
        conditions.unknown(
            Conditions.PUBLISHED,
            Reason.OBSERVING,
            "managementPolicy is Observe, and nothing is changed: "
                + (plan.isEmpty() ? "nothing differs" : PlanDescription.summary(plan)));
        yield new Published(known, new Reschedule.Recheck(recheck));
      }
      case ApplyOutcome.Conflicting(Plan plan) -> {
        no(resource, Reason.RESOURCE_CONFLICT, PlanDescription.conflicts(plan), conditions);
        yield new Published(known, new Reschedule.Recheck(recheck));
      }
      case ApplyOutcome.Failed failed -> {
        Reason reason = FailureReasons.of(failed.failure());
        no(resource, reason, failed.failure().message(), conditions);
        yield new Published(known, Reschedule.after(failed.failure(), recheck));
      }
    };
  }

  private void record(EventType type, EventRecorder.EventType eventType, Reason reason, Plan plan) {
    events.record(type, eventType, reason, PlanDescription.summary(plan));
  }

  private void no(EventType type, Reason reason, String message, Conditions conditions) {
    if (conditions.isNews(Conditions.PUBLISHED, message)) {
      events.record(type, EventRecorder.EventType.WARNING, reason, message);
    }
    conditions.no(Conditions.PUBLISHED, reason, message);
  }

  private static Published inPlace(
      AdmittedType type,
      Intent intent,
      Optional<String> known,
      Duration nextCheckIn,
      Conditions conditions) {
    if (intent.backbone().publishedSchemas().isEmpty()) {
      return new Published(Optional.empty(), new Reschedule.OnChange());
    }
    AdmittedBackbone backbone = type.bus().backbone();
    conditions.yes(
        Conditions.PUBLISHED,
        Reason.PUBLISHED,
        "registry %s has version %s as the schema %s"
            .formatted(
                backbone.schemaRegistryKey().name(),
                type.latest().name(),
                backbone.schemaKey(type.resource(), type.bus().resource()).name()));
    return new Published(known, new Reschedule.Recheck(nextCheckIn));
  }

  /**
   * Deletes or releases the schema of an event type that goes. If the status names none, AWS has
   * one only where a status was lost: an account that keeps the operator out then holds up nothing.
   */
  List<ApplyOutcome> remove(EventType type, ServiceAccountBus bus, AdmittedBackbone backbone) {
    boolean isKnown = type.getStatus().publishedSchema().isPresent();
    Intent intent =
        Intent.ofGlobalBus(topology.left(type, backbone.schemaKey(type, bus)), backbone);
    return applier.remove(type, intent).stream()
        .filter(outcome -> isKnown || !isKeptOut(outcome))
        .toList();
  }

  private static boolean isKeptOut(ApplyOutcome outcome) {
    return outcome instanceof ApplyOutcome.Failed failed
        && Finalization.isKeptOut(failed.failure());
  }
}
