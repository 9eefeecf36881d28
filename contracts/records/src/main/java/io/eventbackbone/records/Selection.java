package io.eventbackbone.records;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.core.contract.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The event types that a person chooses.
 *
 * @param types of the chosen detail types
 * @param unknown for people: which detail types no event type has
 */
public record Selection(List<EventType> types, List<String> unknown) {

  public Selection {
    types = List.copyOf(types);
    unknown = List.copyOf(unknown);
  }

  /**
   * Those of the detail types.
   *
   * @param detailTypes without any, all event types are chosen
   */
  public static Selection of(List<EventType> types, Collection<String> detailTypes) {
    if (detailTypes.isEmpty()) {
      return new Selection(types, List.of());
    }
    List<String> known = types.stream().flatMap(it -> detailType(it).stream()).distinct().toList();
    List<String> unknown = new ArrayList<>();
    for (String detailType : detailTypes) {
      if (!known.contains(detailType)) {
        unknown.add(
            "no EventType has the detail type %s%s"
                .formatted(
                    detailType,
                    Spelling.nearest(detailType, known)
                        .map("; did you mean %s?"::formatted)
                        .orElse("")));
      }
    }
    return new Selection(
        types.stream()
            .filter(it -> detailType(it).filter(detailTypes::contains).isPresent())
            .toList(),
        unknown);
  }

  private static Optional<String> detailType(EventType type) {
    return Optional.ofNullable(type.getSpec()).flatMap(it -> Optional.ofNullable(it.detailType()));
  }
}
