package io.eventbackbone.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Observation.Breach;
import io.eventbackbone.cli.answer.Observation.Observed;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.contract.Evolution.Version;
import io.eventbackbone.core.contract.Violations;
import io.eventbackbone.core.contract.Violations.Violation;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.TypeAdmissions;
import io.eventbackbone.core.pattern.Filters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Holds the events of a backbone to their contracts. */
public final class Observer {

  private static final int MOST_BREACHES = 20;

  private final Sight sight;
  private final TypeAdmissions types;
  private final EventBackbone backbone;

  public Observer(Sight sight, EventBackbone backbone) {
    this.sight = sight;
    this.types = new TypeAdmissions(sight.snapshot());
    this.backbone = backbone;
  }

  /** The events by their detail types. */
  public List<Observed> observe(Stream<ObjectNode> events) {
    Map<String, Tally> tallies = new TreeMap<>();
    events.forEach(event -> {
      String detailType = event.path(Filters.DETAIL_TYPE).asText();
      tallies.computeIfAbsent(detailType, this::tally).add(event);
    });
    return tallies.values().stream().map(Tally::observed).toList();
  }

  private Tally tally(String detailType) {
    Optional<EventType> holder = types.holderOf(detailType, backbone);
    List<Version> versions =
        holder
            .map(TypeAdmissions::versions)
            .flatMap(it ->
                it instanceof Admitted<List<Version>>(List<Version> read)
                    ? Optional.of(read)
                    : Optional.empty())
            .orElse(List.of());
    return new Tally(detailType, holder, versions, sight.sees(Kind.EVENT_TYPE));
  }

  /** What is counted of a detail type. */
  private static final class Tally {

    private record Place(String example, int events) {}

    private final String detailType;
    private final Optional<EventType> holder;
    private final List<Version> versions;
    private final boolean isWholeCatalogSeen;
    private final Map<Violation, Place> places = new LinkedHashMap<>();
    private int events;
    private int breaking;

    Tally(
        String detailType,
        Optional<EventType> holder,
        List<Version> versions,
        boolean isWholeCatalogSeen) {
      this.detailType = detailType;
      this.holder = holder;
      this.versions = versions;
      this.isWholeCatalogSeen = isWholeCatalogSeen;
    }

    void add(ObjectNode event) {
      events++;
      // A replay brings events of earlier versions.
      boolean isKept =
          versions.isEmpty()
              || versions.stream()
                  .anyMatch(it -> Violations.of(it.schema(), data(event)).isEmpty());
      if (isKept) {
        return;
      }
      breaking++;
      String id = event.path("id").asText();
      for (Violation it : Violations.of(versions.getLast().schema(), data(event))) {
        if (places.containsKey(it) || places.size() < MOST_BREACHES) {
          places.merge(
              it, new Place(id, 1), (one, more) -> new Place(one.example(), one.events() + 1));
        }
      }
    }

    private static JsonNode data(ObjectNode event) {
      return event.path("detail").path("data");
    }

    Observed observed() {
      return new Observed(
          detailType,
          holder.map(Snapshot::key),
          events,
          breaking,
          code(),
          message(),
          places.entrySet().stream()
              .map(it ->
                  new Breach(
                      "$.detail.data" + it.getKey().path().substring(1),
                      it.getKey().message(),
                      it.getValue().events(),
                      it.getValue().example()))
              .toList());
    }

    private Optional<Code> code() {
      if (holder.isEmpty()) {
        return Optional.of(isWholeCatalogSeen ? Code.UNKNOWN_TYPE : Code.NOT_VISIBLE);
      }
      if (versions.isEmpty()) {
        return Optional.of(Code.TYPE_REFUSED);
      }
      return breaking > 0 ? Optional.of(Code.CONTRACT_BROKEN) : Optional.empty();
    }

    private Optional<String> message() {
      return code()
          .map(it ->
              switch (it) {
                case UNKNOWN_TYPE -> "no EventType has this detail type";
                case NOT_VISIBLE -> "no EventType that you may see has this detail type";
                case TYPE_REFUSED -> "the EventType has a schema that can't be read";
                default ->
                    "no version of the contract accepts %d of %d events"
                        .formatted(breaking, events);
              });
    }
  }
}
