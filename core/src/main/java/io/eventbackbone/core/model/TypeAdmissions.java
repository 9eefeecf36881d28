package io.eventbackbone.core.model;

import static io.eventbackbone.core.model.Admissions.describe;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.contract.Evolution.Version;
import io.eventbackbone.core.contract.SchemaProblem;
import io.eventbackbone.core.contract.SchemaReading;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.pattern.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which event types are admitted, from the inventory alone. */
public final class TypeAdmissions {

  private final Inventory inventory;
  private final Admissions admissions;

  public TypeAdmissions(Inventory inventory) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
  }

  /** Admits the oldest event type of a detail type in a backbone, if its schemas can be read. */
  public Admission<AdmittedType> type(EventType type) {
    return holder(type)
        .then(bus ->
            versions(type).then(versions -> new Admitted<>(new AdmittedType(type, bus, versions))));
  }

  /** The event type that holds the detail type in the backbone, whatever its schemas are. */
  public Optional<EventType> holderOf(String detailType, EventBackbone backbone) {
    return inventory.typesNamed(detailType).stream()
        .filter(it -> isOf(backbone, it))
        .min(Admissions.BY_AGE);
  }

  private boolean isOf(EventBackbone backbone, EventType type) {
    return busOf(type)
        .admitted()
        .filter(bus -> Admissions.isSame(bus.backbone().resource(), backbone))
        .isPresent();
  }

  /** The bus of an event type that holds its detail type. */
  private Admission<AdmittedBus> holder(EventType type) {
    return Admissions.readable(type)
        .then(this::busOf)
        .then(bus -> conventional(type, bus))
        .then(bus -> holder(type, bus));
  }

  private Admission<AdmittedBus> busOf(EventType type) {
    String namespace = type.getMetadata().getNamespace();
    String name = type.getSpec().busRef().name();
    Optional<ServiceAccountBus> bus = inventory.bus(namespace, name);
    return bus.isPresent()
        ? admissions.acceptedBus(bus.get())
        : Admissions.notFound("ServiceAccountBus " + namespace + "/" + name, "spec.busRef");
  }

  private static Admission<AdmittedBus> conventional(EventType type, AdmittedBus bus) {
    return Filters.problem(type.getSpec().detailType(), bus.backbone().spec().conventions())
        .<Admission<AdmittedBus>>map(
            problem -> new Refused<>(Reason.INVALID_DETAIL_TYPE, problem.toString()))
        .orElseGet(() -> new Admitted<>(bus));
  }

  private Admission<AdmittedBus> holder(EventType type, AdmittedBus bus) {
    String detailType = type.getSpec().detailType();
    return holderOf(detailType, bus.backbone().resource())
        .filter(holder -> !Admissions.isSame(holder, type))
        .<Admission<AdmittedBus>>map(holder ->
            new Refused<>(
                Reason.DETAIL_TYPE_CONFLICT,
                "detail type %s is already that of %s: list the schema there, or name another detail type"
                    .formatted(detailType, describe(holder))))
        .orElseGet(() -> new Admitted<>(bus));
  }

  /** The versions of an event type, if all their schemas can be read. */
  public static Admission<List<Version>> versions(EventType type) {
    List<Version> read = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<EventTypeSpec.Version> written = type.getSpec().versions();
    for (int i = 0; i < written.size(); i++) {
      switch (SchemaReading.of(written.get(i).schema())) {
        case SchemaReading.Read(var schema) ->
            read.add(new Version(written.get(i).version(), schema));
        case SchemaReading.Refused(List<SchemaProblem> found) -> {
          for (SchemaProblem problem : found) {
            problems.add(
                Abbreviation.cut(
                    "spec.versions[%d].schema%s: %s"
                        .formatted(i, problem.pointer(), problem.message())));
          }
        }
      }
    }
    if (written.isEmpty()) {
      problems.add("spec.versions is empty: list a version with its schema");
    }
    return problems.isEmpty()
        ? new Admitted<>(read)
        : new Refused<>(Reason.INVALID_SCHEMA, Abbreviation.ofSentences(problems));
  }
}
