package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeStatus;
import io.eventbackbone.api.v1alpha1.EventTypeStatus.Receivers;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.catalog.Catalog;
import io.eventbackbone.core.catalog.PropertyUse;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.AdmittedType;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.TypeAdmissions;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.reconcile.SchemaPublication.Published;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether an event type holds its detail type, whether its versions get along, and who
 * receives it; and publishes its schema, if the backbone asks for that.
 */
@ControllerConfiguration(name = "eventtype")
final class EventTypeReconciler extends ResourceReconciler<EventType, EventTypeStatus>
    implements Cleaner<EventType> {

  private static final int SHOWN = 100;

  private final TypeAdmissions types;
  private final Catalog catalog;
  private final Inventory inventory;
  private final Admissions admissions;
  private final SchemaPublication publication;

  EventTypeReconciler(
      Inventory inventory, Topology topology, AwsApplier applier, ReconcilerContext shared) {
    super(EventType.class, shared);
    this.types = new TypeAdmissions(inventory);
    this.catalog = new Catalog(inventory);
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.publication = new SchemaPublication(topology, applier, shared.events());
  }

  @Override
  ReconcileResult<EventTypeStatus> decide(
      EventType type, Conditions conditions, Context<EventType> context) {
    return switch (types.type(type)) {
      case Refused<AdmittedType>(Reason reason, String message) -> {
        conditions.no(Conditions.ACCEPTED, reason, message);
        yield untilChange(conditions, type.getStatus(), type);
      }
      case Admitted<AdmittedType>(AdmittedType admitted) -> accepted(admitted, conditions);
    };
  }

  @Override
  EventTypeStatus with(List<Condition> conditions, EventTypeStatus status, EventType type) {
    return new EventTypeStatus(
        type.getMetadata().getGeneration(), status.receivers(), status.schemaArn(), conditions);
  }

  private ReconcileResult<EventTypeStatus> accepted(AdmittedType type, Conditions conditions) {
    conditions.yes(
        Conditions.ACCEPTED,
        Reason.ACCEPTED,
        "the event type has the detail type %s, and its schemas are valid"
            .formatted(type.detailType()));
    List<AdmittedSubscription> receivers = catalog.receivers(type);
    Admission<EventType> compatible = Catalog.compatible(type.resource(), type.versions());
    switch (compatible) {
      case Refused<EventType>(Reason reason, String message) ->
          conditions.no(Conditions.COMPATIBLE, reason, message);
      case Admitted<EventType> admitted -> compatible(type, receivers, conditions);
    }
    Receivers told = told(receivers);
    Published published = publication.of(type, compatible, conditions);
    return new ReconcileResult<>(
        new EventTypeStatus(
            type.resource().getMetadata().getGeneration(),
            told,
            published.schemaArn().orElse(null),
            conditions.summed("%d subscriptions can get the events".formatted(told.total()))),
        published.next());
  }

  @Override
  public DeleteControl cleanup(EventType type, Context<EventType> context) {
    return cleanUp(type, context, report -> cleanedUp(type, report));
  }

  /** The schema is in the backbone's account: whether the event type is admitted does not count. */
  private DeleteControl cleanedUp(EventType type, StatusReport<EventType, EventTypeStatus> report) {
    Optional<String> known = type.getStatus().publishedSchema();
    Optional<ServiceAccountBus> bus =
        inventory.bus(type.getMetadata().getNamespace(), type.getSpec().busRef().name());
    Optional<AdmittedBackbone> backbone = bus.flatMap(it -> admissions.backboneOf(it).admitted());
    if (backbone.isEmpty() && known.isPresent()) {
      return shared
          .finalization()
          .letGo(
              type,
              Reason.REFERENCE_NOT_FOUND,
              "nothing leads to the account of the schema %s any more".formatted(known.get()));
    }
    List<ApplyOutcome> outcomes =
        backbone
            .filter(it -> SchemaPublication.mayBePublished(type, it))
            .map(it -> publication.remove(type, bus.orElseThrow(), it))
            .orElse(List.of());
    return shared.finalization().conclude(outcomes, report);
  }

  /** A lost property never makes an event type fail: a consumer has no veto for ever. */
  private static void compatible(
      AdmittedType type, List<AdmittedSubscription> receivers, Conditions conditions) {
    List<PropertyUse> uses = Catalog.lostProperties(type, receivers);
    if (uses.isEmpty()) {
      conditions.yes(
          Conditions.COMPATIBLE, Reason.COMPATIBLE, "each version gets along with those before it");
      return;
    }
    Set<String> dropped = Catalog.dropped(type.resource());
    conditions.yes(
        Conditions.COMPATIBLE,
        Reason.PROPERTY_IN_USE,
        Abbreviation.ofSentences(
            uses.stream().map(use -> described(use, dropped.contains(use.property()))).toList()));
  }

  private static String described(PropertyUse use, boolean isDropped) {
    return isDropped
        ? "%s (the annotation %s lets it go)".formatted(use, EventType.DROP_ANNOTATION)
        : use.toString();
  }

  private static Receivers told(List<AdmittedSubscription> receivers) {
    List<String> names =
        receivers.stream()
            .map(it -> it.resource())
            .filter(it -> !it.getSpec().suspend())
            .map(it -> it.getMetadata().getNamespace() + "/" + it.getMetadata().getName())
            .sorted()
            .toList();
    return new Receivers(names.size(), names.stream().limit(SHOWN).toList());
  }
}
