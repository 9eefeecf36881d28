package io.eventbackbone.core.catalog;

import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.core.pattern.PatternFields;
import java.util.Arrays;
import java.util.List;

/** The properties of {@code detail.data} that a filter names. */
final class FilterFields {

  private static final List<String> DATA = List.of("detail", "data");

  private FilterFields() {}

  /**
   * A property.
   *
   * @param place in the filter, {@code pattern.detail.data.total}
   * @param path within {@code detail.data}, at least one name
   */
  record DataField(String place, List<String> path) {

    /** With its path in {@code detail}: {@code data.total}. */
    String name() {
      return "data." + String.join(".", path);
    }
  }

  /** EventBridge reads {@code a.b} as b in a, wherever it stands. */
  static List<DataField> of(EventFilter filter) {
    return PatternFields.of(filter.pattern()).all().stream()
        .map(field -> new DataField("pattern." + field.place(), names(field.path())))
        .filter(it -> it.path().size() > DATA.size())
        .filter(it -> it.path().subList(0, DATA.size()).equals(DATA))
        .map(it -> new DataField(it.place(), it.path().subList(DATA.size(), it.path().size())))
        .toList();
  }

  private static List<String> names(String path) {
    return Arrays.asList(path.split("\\.", -1));
  }
}
