package io.eventbackbone.core.pattern;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions.ValidationAction;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.core.pattern.PatternFields.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks a filter against its backbone's {@code spec.conventions}. */
record ConventionCheck(List<PatternProblem> problems, List<String> warnings) {

  /** The check for an unknown backbone, which has no conventions. */
  static final ConventionCheck NONE = new ConventionCheck(List.of(), List.of());

  private static final String FORMAT_PLACE = "EventBackbone's spec.conventions.detailTypeFormat";
  private static final String SOURCE_PLACE = "EventBackbone's spec.conventions.matchOnSource";

  static ConventionCheck of(EventFilter filter, Conventions conventions) {
    List<PatternProblem> problems =
        new ArrayList<>(detailTypes(literalDetailTypes(filter), conventions.detailTypeFormat()));
    List<PatternProblem> onSource = onSource(filter);
    if (conventions.matchOnSource() == ValidationAction.REFUSE) {
      problems.addAll(onSource);
    }
    return new ConventionCheck(
        problems,
        conventions.matchOnSource() == ValidationAction.WARN
            ? onSource.stream().map(PatternProblem::toString).toList()
            : List.of());
  }

  /** Every detail type in the filter, by its place. */
  static Map<String, String> literalDetailTypes(EventFilter filter) {
    Map<String, String> byPlace = new LinkedHashMap<>();
    for (int i = 0; i < filter.detailTypes().size(); i++) {
      byPlace.put("detailTypes[" + i + "]", filter.detailTypes().get(i));
    }
    for (Field field : Filters.fields(filter, Filters.DETAIL_TYPE)) {
      for (int i = 0; i < field.values().size(); i++) {
        if (field.values().get(i).isTextual()) {
          byPlace.put(Filters.PATTERN + "." + field.placeOf(i), field.values().get(i).textValue());
        }
      }
    }
    return byPlace;
  }

  /** The mistake in the detail type of an EventType. */
  static Optional<PatternProblem> ofDetailType(String detailType, Conventions conventions) {
    return detailTypes(Map.of("spec.detailType", detailType), conventions.detailTypeFormat())
        .stream()
        .findFirst();
  }

  private static List<PatternProblem> detailTypes(Map<String, String> byPlace, String format) {
    if (byPlace.isEmpty()) {
      return List.of();
    }
    Optional<PatternProblem> unreadable = unreadable(format);
    if (unreadable.isPresent()) {
      return List.of(unreadable.get());
    }
    Pattern expression = Pattern.compile(format);
    return byPlace.entrySet().stream()
        .filter(detailType -> !expression.matcher(detailType.getValue()).matches())
        .map(detailType ->
            new PatternProblem(
                detailType.getKey(),
                "\"%s\" is not a detail type of this backbone: write one that matches %s (%s)"
                    .formatted(detailType.getValue(), format, FORMAT_PLACE)))
        .toList();
  }

  /** The mistake in a {@code detailTypeFormat} itself. */
  static Optional<PatternProblem> unreadable(String format) {
    try {
      Pattern.compile(format);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          new PatternProblem(
              FORMAT_PLACE,
              "\"%s\" is no regular expression, at character %d: %s"
                  .formatted(format, e.getIndex() + 1, e.getDescription())));
    }
  }

  private static List<PatternProblem> onSource(EventFilter filter) {
    return Filters.fields(filter, "source").stream()
        .map(field ->
            new PatternProblem(
                Filters.PATTERN + "." + field.place(),
                "matching on source binds consumers to one producer: match on detail type and"
                    + " data instead (%s)".formatted(SOURCE_PLACE)))
        .toList();
  }
}
