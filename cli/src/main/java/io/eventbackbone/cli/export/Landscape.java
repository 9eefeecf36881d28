package io.eventbackbone.cli.export;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.catalog.Catalog;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.TypeAdmissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services of a cluster, and the events between them.
 *
 * @param refused event types that are left out, for people, with the reason
 */
public record Landscape(List<Service> services, List<Contract> contracts, List<String> refused) {

  public Landscape {
    services = List.copyOf(services);
    contracts = List.copyOf(contracts);
    refused = List.copyOf(refused);
  }

  /**
   * A service, described by its bus.
   *
   * @param id no other service has it
   * @param name what it publishes as
   * @param team its namespace
   */
  public record Service(String id, String name, String team) {}

  /**
   * An event type with its two sides.
   *
   * @param id no other event type has it
   * @param receivers services whose subscriptions can get the events
   */
  public record Contract(String id, EventType type, Service producer, List<Service> receivers) {
    public Contract {
      receivers = List.copyOf(receivers);
    }

    EventTypeSpec spec() {
      return type.getSpec();
    }

    /** Without a description there is a sentence all the same. */
    String summary() {
      return spec()
          .writtenDescription()
          .orElseGet(() -> "%s publishes %s.".formatted(producer.name(), spec().detailType()));
    }

    EventTypeSpec.Version latest() {
      return spec().versions().get(spec().versions().size() - 1);
    }
  }

  /**
   * The landscape of a snapshot.
   *
   * @param namespace whose event types are asked about; empty: all
   */
  public static Landscape of(Snapshot snapshot, Optional<String> namespace) {
    return new Drawing(snapshot).draw(namespace);
  }

  /** One drawing of a landscape. */
  private static final class Drawing {

    private final Snapshot snapshot;
    private final Catalog catalog;
    private final TypeAdmissions admissions;
    private final Slugs serviceIds = new Slugs();
    private final Slugs typeIds = new Slugs();
    private final Map<String, Service> services = new LinkedHashMap<>();

    Drawing(Snapshot snapshot) {
      this.snapshot = snapshot;
      catalog = new Catalog(snapshot);
      admissions = new TypeAdmissions(snapshot);
    }

    Landscape draw(Optional<String> namespace) {
      List<Contract> contracts = new ArrayList<>();
      List<String> refused = new ArrayList<>();
      snapshot
          .readable(EventType.class)
          .filter(it -> namespace.stream().allMatch(it.getMetadata().getNamespace()::equals))
          .sorted(Comparator.comparing((EventType it) -> it.getSpec().detailType()))
          .forEach(type -> {
            if (TypeAdmissions.versions(type) instanceof Refused<?> refusal) {
              refused.add("%s: %s".formatted(Admissions.describe(type), refusal.message()));
            } else {
              contracts.add(contract(type));
            }
          });
      return new Landscape(List.copyOf(services.values()), contracts, refused);
    }

    private Contract contract(EventType type) {
      List<Service> receivers =
          admissions.type(type).admitted().stream()
              .flatMap(it -> catalog.receivers(it).stream())
              .filter(it -> !it.resource().getSpec().suspend())
              .map(AdmittedSubscription::bus)
              .map(it -> service(it.resource()))
              .distinct()
              .toList();
      return new Contract(typeIds.of(type.getSpec().detailType()), type, producer(type), receivers);
    }

    private Service producer(EventType type) {
      String team = type.getMetadata().getNamespace();
      String bus = type.getSpec().busRef().name();
      return snapshot
          .bus(team, bus)
          .map(this::service)
          .orElseGet(() -> service(team + "/" + bus, bus, team));
    }

    private Service service(ServiceAccountBus bus) {
      return service(
          Snapshot.key(bus), AdmittedBus.identifier(bus), bus.getMetadata().getNamespace());
    }

    private Service service(String key, String name, String team) {
      return services.computeIfAbsent(key, it -> new Service(serviceIds.of(name), name, team));
    }
  }
}
