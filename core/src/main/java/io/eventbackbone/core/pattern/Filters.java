package io.eventbackbone.core.pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Checks the filters of routes and subscriptions, and turns them into patterns. */
public final class Filters {

  public static final String DETAIL_TYPE = "detail-type";
  static final String PATTERN = "pattern";

  private Filters() {}

  /**
   * Whether a subscription may have the filter.
   *
   * @param quota of its bus's account
   */
  public static FilterVerdict check(
      EventFilter filter, Conventions conventions, PatternQuota quota) {
    return verdict(filter, List::of, () -> ConventionCheck.of(filter, conventions), quota);
  }

  /**
   * Whether a route may have the filter, which must leave the sender to {@code senderMatch}.
   *
   * @param quota of the global bus's account
   */
  public static FilterVerdict checkRoute(
      EventFilter filter, SenderMatch senderMatch, Conventions conventions, PatternQuota quota) {
    return verdict(
        filter,
        () -> senderProblems(filter, senderMatch),
        () -> ConventionCheck.of(filter, conventions),
        quota);
  }

  /** Checks a subscription's filter without the conventions and quotas of its backbone. */
  public static FilterVerdict checkForm(EventFilter filter) {
    return verdict(filter, List::of, () -> ConventionCheck.NONE, PatternQuota.HIGHEST);
  }

  /** Checks a route's filter without the conventions and quotas of its backbone. */
  public static FilterVerdict checkRouteForm(EventFilter filter, SenderMatch senderMatch) {
    return verdict(
        filter,
        () -> senderProblems(filter, senderMatch),
        () -> ConventionCheck.NONE,
        PatternQuota.HIGHEST);
  }

  /**
   * Whether a rule with the pattern counts against the quota of rules with wildcards. A pattern
   * that is too deep to read never becomes a rule.
   */
  public static boolean hasWildcards(ObjectNode pattern) {
    return PatternLimits.unwalkable(pattern).isEmpty()
        && PatternFields.of(pattern).all().stream().anyMatch(PatternFields.Field::hasWildcard);
  }

  /** The mistakes in a pattern; places are relative to its parent. */
  public static List<PatternProblem> problems(ObjectNode pattern, PatternQuota quota) {
    List<PatternProblem> unwalkable = unwalkable(pattern);
    if (!unwalkable.isEmpty()) {
      return unwalkable;
    }
    List<PatternProblem> problems = formCheck(new EventFilter(List.of(), pattern)).problems();
    return problems.isEmpty()
        ? tooLong(pattern, quota).map(message -> new PatternProblem(PATTERN, message)).stream()
            .toList()
        : problems;
  }

  /** Why the detail type breaks the conventions. */
  public static Optional<PatternProblem> problem(String detailType, Conventions conventions) {
    return ConventionCheck.ofDetailType(detailType, conventions);
  }

  /**
   * Every detail type that the filter names as a whole text, by its place. A pattern that is too
   * deep to read names none.
   */
  public static Map<String, String> literalDetailTypes(EventFilter filter) {
    return unwalkable(filter.pattern()).isEmpty()
        ? ConventionCheck.literalDetailTypes(filter)
        : Map.of();
  }

  /** The mistake in the conventions themselves. */
  public static Optional<PatternProblem> problem(Conventions conventions) {
    return ConventionCheck.unreadable(conventions.detailTypeFormat());
  }

  /** Why the filter can't be part of a forwarding rule, regardless of the conventions. */
  public static List<PatternProblem> problems(EventFilter filter, SenderMatch senderMatch) {
    List<PatternProblem> unwalkable = unwalkable(filter.pattern());
    if (!unwalkable.isEmpty()) {
      return unwalkable;
    }
    List<PatternProblem> problems = new ArrayList<>(formCheck(filter).problems());
    problems.addAll(senderProblems(filter, senderMatch));
    return problems;
  }

  /**
   * The filter as one pattern. A pattern without fields passes every event.
   *
   * @param filter without detail types in its pattern, if it lists any
   */
  public static ObjectNode conditions(EventFilter filter) {
    ObjectNode conditions = filter.pattern().deepCopy();
    if (!filter.detailTypes().isEmpty()) {
      ArrayNode detailTypes = conditions.putArray(DETAIL_TYPE);
      new TreeSet<>(filter.detailTypes()).forEach(detailTypes::add);
    }
    return conditions;
  }

  private static FilterVerdict verdict(
      EventFilter filter,
      Supplier<List<PatternProblem>> senderProblems,
      Supplier<ConventionCheck> conventionCheck,
      PatternQuota quota) {
    List<PatternProblem> unwalkable = unwalkable(filter.pattern());
    if (!unwalkable.isEmpty()) {
      return new FilterVerdict.Refused(unwalkable);
    }
    ConventionCheck conventions = conventionCheck.get();
    PatternCheck form = formCheck(filter);
    List<PatternProblem> problems = new ArrayList<>(form.problems());
    problems.addAll(senderProblems.get());
    problems.addAll(conventions.problems());
    if (!problems.isEmpty()) {
      return new FilterVerdict.Refused(problems);
    }
    List<String> warnings = new ArrayList<>(form.warnings());
    warnings.addAll(conventions.warnings());
    ObjectNode conditions = conditions(filter);
    return tooLong(conditions, quota)
        .<FilterVerdict>map(FilterVerdict.TooLong::new)
        .orElseGet(() ->
            new FilterVerdict.Accepted(
                conditions.isEmpty() ? EventPattern.EVERYTHING : EventPattern.of(conditions),
                warnings));
  }

  private static List<PatternProblem> unwalkable(ObjectNode pattern) {
    return PatternLimits.unwalkable(pattern)
        .map(PatternCheck::overLimit)
        .map(problem -> problem.under(PATTERN))
        .stream()
        .toList();
  }

  private static Optional<String> tooLong(ObjectNode pattern, PatternQuota quota) {
    return PatternLimits.tooLong(pattern, quota)
        .map(exceeded ->
            "the pattern has %s: %s%s"
                .formatted(exceeded.figure(), exceeded.limit().remedy(), quota.orMore()));
  }

  private static PatternCheck formCheck(EventFilter filter) {
    List<PatternProblem> twice = detailTypesTwice(filter);
    ObjectNode checked = twice.isEmpty() ? conditions(filter) : filter.pattern();
    if (checked.isEmpty()) {
      return new PatternCheck(List.of(), List.of());
    }
    PatternCheck check = PatternCheck.of(checked);
    List<PatternProblem> problems = new ArrayList<>(twice);
    check.problems().forEach(problem -> problems.add(problem.under(PATTERN)));
    return new PatternCheck(
        problems, check.warnings().stream().map(warning -> PATTERN + "." + warning).toList());
  }

  private static List<PatternProblem> detailTypesTwice(EventFilter filter) {
    return filter.detailTypes().isEmpty()
        ? List.of()
        : fields(filter, DETAIL_TYPE).stream()
            .map(field ->
                new PatternProblem(
                    PATTERN + "." + field.place(),
                    "detailTypes has detail types already: list them all there, or all here"))
            .toList();
  }

  private static List<PatternProblem> senderProblems(EventFilter filter, SenderMatch senderMatch) {
    String senderField = senderField(senderMatch);
    return fields(filter, senderField).stream()
        .map(field ->
            new PatternProblem(
                PATTERN + "." + field.place(),
                "the route's rule matches on %s to tell the sender: select producers by"
                        .formatted(senderField)
                    + " spec.from instead"))
        .toList();
  }

  static List<PatternFields.Field> fields(EventFilter filter, String name) {
    return PatternFields.of(filter.pattern()).within(name);
  }

  /** The field of an event that identifies its sender. */
  public static String senderField(SenderMatch match) {
    return switch (match) {
      case ACCOUNT -> "account";
      case SOURCE -> "source";
    };
  }
}
