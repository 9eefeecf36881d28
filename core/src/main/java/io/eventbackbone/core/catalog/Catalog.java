package io.eventbackbone.core.catalog;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions.ValidationAction;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec.Compatibility;
import io.eventbackbone.core.catalog.FilterFields.DataField;
import io.eventbackbone.core.contract.Evolution;
import io.eventbackbone.core.contract.Evolution.Break;
import io.eventbackbone.core.contract.Evolution.Version;
import io.eventbackbone.core.contract.SchemaProperties;
import io.eventbackbone.core.contract.Spelling;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.AdmittedType;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.TypeAdmissions;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.routing.TypeReceivers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The event types of the cluster: who receives them, and whether filters fit their schemas. */
public final class Catalog {

  private static final int SHOWN = 5;

  private static final String UNKNOWN_TYPES_PLACE = "EventBackbone's spec.conventions.unknownTypes";

  private final Inventory inventory;
  private final TypeAdmissions types;
  private final TypeReceivers receivers;

  public Catalog(Inventory inventory) {
    this.inventory = inventory;
    this.types = new TypeAdmissions(inventory);
    this.receivers = new TypeReceivers(inventory);
  }

  /** The accepted subscriptions that can get the events, suspended ones as well. */
  public List<AdmittedSubscription> receivers(AdmittedType type) {
    return receivers.of(type.bus(), type.detailType());
  }

  /** The contracts of what the bus's services publish: of the accepted EventTypes of the bus. */
  public PublishedContracts published(AdmittedBus bus) {
    List<EventType> accepted =
        inventory.typesOf(bus.resource()).stream()
            .filter(type -> types.type(type).admitted().isPresent())
            .toList();
    return PublishedContracts.of(accepted, bus.backbone().spec().conventions().unknownTypes());
  }

  /**
   * Whether the versions keep the promise of the spec.
   *
   * @param versions of the event type
   */
  public static Admission<EventType> compatible(EventType type, List<Version> versions) {
    Compatibility compatibility = type.getSpec().compatibility();
    List<Break> breaks = Evolution.breaks(compatibility, versions);
    return breaks.isEmpty()
        ? new Admitted<>(type)
        : new Refused<>(
            Reason.INCOMPATIBLE,
            "spec.compatibility is %s: %s: change the new version, or choose another compatibility"
                .formatted(
                    keyword(compatibility),
                    Abbreviation.ofSentences(breaks.stream().map(Break::toString).toList())));
  }

  /** A constant of one word as specs write it: {@code Full}. */
  public static String keyword(Enum<?> constant) {
    String name = constant.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /**
   * Whether an event type may take the place of what it was: a property that filters of accepted
   * subscriptions name stays and keeps its type, unless the annotation {@link
   * EventType#DROP_ANNOTATION} names it.
   *
   * @param after with the earlier version of the object in the inventory
   */
  public Admission<AdmittedType> replacement(AdmittedType after) {
    Set<String> dropped = dropped(after.resource());
    String name = after.resource().getMetadata().getName();
    List<String> uses =
        inventory.typesOf(after.bus().resource()).stream()
            .filter(it -> it.getMetadata().getName().equals(name))
            .flatMap(it -> TypeAdmissions.versions(it).admitted().stream())
            .flatMap(before ->
                uses(before.subList(before.size() - 1, before.size()), after, receivers(after))
                    .stream())
            .filter(use -> !dropped.contains(use.property()))
            .map(PropertyUse::toString)
            .toList();
    return uses.isEmpty()
        ? new Admitted<>(after)
        : new Refused<>(
            Reason.PROPERTY_IN_USE,
            "%s: keep the property, or agree with its users and name it in the annotation %s"
                .formatted(Abbreviation.ofSentences(uses), EventType.DROP_ANNOTATION));
  }

  /**
   * The filters that name a property which the latest version lost.
   *
   * @param receivers of the event type
   */
  public static List<PropertyUse> lostProperties(
      AdmittedType type, List<AdmittedSubscription> receivers) {
    return uses(type.earlier(), type, receivers);
  }

  /** The properties that the annotation lets go. */
  public static Set<String> dropped(EventType type) {
    String written =
        Optional.ofNullable(type.getMetadata().getAnnotations())
            .map(it -> it.get(EventType.DROP_ANNOTATION))
            .orElse("");
    return Arrays.stream(written.split(",", -1))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<PropertyUse> uses(
      List<Version> earlier, AdmittedType type, List<AdmittedSubscription> receivers) {
    List<PropertyUse> uses = new ArrayList<>();
    for (AdmittedSubscription receiver : receivers) {
      for (DataField field : FilterFields.of(receiver.resource().getSpec().filter())) {
        change(field.path(), earlier, type.latest())
            .map(it -> new PropertyUse(field.name(), Admissions.describe(receiver.resource()), it))
            .ifPresent(uses::add);
      }
    }
    return uses.stream().distinct().toList();
  }

  private static Optional<String> change(List<String> path, List<Version> earlier, Version latest) {
    Set<String> before = new TreeSet<>();
    earlier.forEach(it -> before.addAll(SchemaProperties.types(it.schema(), path)));
    Set<String> after = SchemaProperties.types(latest.schema(), path);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    if (after.isEmpty()) {
      return Optional.of("version %s does not have".formatted(latest.name()));
    }
    before.remove("null");
    return after.containsAll(before)
        ? Optional.empty()
        : Optional.of(
            "was of type %s and is of type %s in version %s"
                .formatted(String.join(", ", before), String.join(", ", after), latest.name()));
  }

  /**
   * Decides whether the backbone's conventions let a subscription name its detail types, and
   * returns the likely mistakes of its filter. Other functions accept a filter that this one
   * refuses: the deletion of an EventType must not cut off its subscriptions.
   */
  public Admission<List<String>> filter(AdmittedSubscription subscription) {
    EventFilter filter = subscription.resource().getSpec().filter();
    AdmittedBackbone backbone = subscription.bus().backbone();
    ValidationAction convention = backbone.spec().conventions().unknownTypes();
    Map<String, String> unknown = new LinkedHashMap<>();
    List<EventType> known = new ArrayList<>();
    Filters.literalDetailTypes(filter)
        .forEach((place, detailType) ->
            types
                .holderOf(detailType, backbone.resource())
                .ifPresentOrElse(known::add, () -> unknown.put(place, detailType)));
    if (convention == ValidationAction.REFUSE && !unknown.isEmpty()) {
      return new Refused<>(
          Reason.UNKNOWN_DETAIL_TYPE, "spec.filter: " + described(unknown, backbone));
    }
    List<String> warnings = new ArrayList<>();
    if (convention == ValidationAction.WARN && !unknown.isEmpty()) {
      warnings.add(described(unknown, backbone));
    }
    known.stream()
        .filter(it -> it.getSpec().deprecated())
        .map(it ->
            "detail type %s is deprecated by %s"
                .formatted(it.getSpec().detailType(), Admissions.describe(it)))
        .forEach(warnings::add);
    if (unknown.isEmpty() && namesAllItsTypes(filter)) {
      warnings.addAll(unknownProperties(filter, known));
    }
    return new Admitted<>(warnings);
  }

  /** The first of them, each with the nearest detail type: to look for it takes time. */
  private String described(Map<String, String> unknown, AdmittedBackbone backbone) {
    Set<String> detailTypes = detailTypesOf(backbone);
    List<String> first =
        unknown.entrySet().stream()
            .limit(SHOWN)
            .map(it ->
                "%s: no EventType of the backbone has detail type %s%s"
                    .formatted(
                        it.getKey(), it.getValue(), suggestion(it.getValue(), detailTypes, "")))
            .toList();
    return "%s%s (%s)"
        .formatted(String.join("; ", first), others(unknown.size()), UNKNOWN_TYPES_PLACE);
  }

  private static String others(int total) {
    return total <= SHOWN ? "" : "; and %d more".formatted(total - SHOWN);
  }

  private static String suggestion(String name, Collection<String> names, String prefix) {
    return Spelling.nearest(name, names)
        .map(it -> ": did you mean " + prefix + it + "?")
        .orElse("");
  }

  private Set<String> detailTypesOf(AdmittedBackbone backbone) {
    return inventory.busesOf(backbone.resource()).stream()
        .flatMap(bus -> inventory.typesOf(bus).stream())
        .map(it -> it.getSpec().detailType())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether an event of another detail type than the named ones can't pass. */
  private static boolean namesAllItsTypes(EventFilter filter) {
    return !filter.detailTypes().isEmpty()
        || filter
            .pattern()
            .path(Filters.DETAIL_TYPE)
            .valueStream()
            .collect(
                Collectors.teeing(
                    Collectors.counting(),
                    Collectors.filtering(it -> it.isTextual(), Collectors.counting()),
                    (all, texts) -> all > 0 && all.equals(texts)));
  }

  private static List<String> unknownProperties(EventFilter filter, List<EventType> known) {
    List<Version> versions = new ArrayList<>();
    for (EventType type : known) {
      if (!(TypeAdmissions.versions(type) instanceof Admitted<List<Version>>(List<Version> read))) {
        return List.of();
      }
      versions.addAll(read);
    }
    Set<String> paths = new TreeSet<>();
    versions.forEach(it -> paths.addAll(SchemaProperties.paths(it.schema())));
    return FilterFields.of(filter).stream()
        .filter(field ->
            versions.stream()
                .allMatch(it -> SchemaProperties.types(it.schema(), field.path()).isEmpty()))
        .limit(SHOWN)
        .map(field ->
            "%s: no version of %s has %s%s"
                .formatted(
                    field.place(),
                    Abbreviation.of(
                        known.stream().map(it -> it.getSpec().detailType()).distinct().toList()),
                    field.name(),
                    suggestion(String.join(".", field.path()), paths, "data.")))
        .map(Abbreviation::cut)
        .toList();
  }
}
