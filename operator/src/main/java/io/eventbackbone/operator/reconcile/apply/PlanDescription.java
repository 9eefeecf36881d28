package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.api.v1alpha1.PlannedChange;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.Change.TakeBack;
import io.eventbackbone.core.plan.Plan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes plans for people: in statuses, Events and messages. */
public final class PlanDescription {

  private PlanDescription() {}

  /** One entry for each change; if attributes differ, one for each attribute. */
  public static List<PlannedChange> lines(Plan plan) {
    return plan.changes().stream().flatMap(PlanDescription::lines).toList();
  }

  /** The first few changes in one sentence. */
  public static String summary(Plan plan) {
    return Abbreviation.ofSentences(
        plan.changes().stream()
            .map(change -> verb(change) + " " + change.key().describe() + attributes(change))
            .toList());
  }

  /** How many resources were taken back, and when they had been released. */
  public static Optional<String> takenBack(Plan plan) {
    List<TakeBack> takenBack = plan.takenBack();
    String times =
        takenBack.stream()
            .flatMap(it -> it.releasedAt().stream())
            .distinct()
            .sorted()
            .map(Instant::toString)
            .collect(Collectors.joining(" and "));
    return takenBack.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "took back %d %s, released %s"
                .formatted(
                    takenBack.size(),
                    takenBack.size() == 1 ? "resource" : "resources",
                    times.isEmpty() ? "earlier" : "at " + times));
  }

  /** States a problem once, with all resources that have the problem. */
  public static String conflicts(Plan plan) {
    Map<String, List<String>> resources =
        plan.conflicts().stream()
            .collect(
                Collectors.groupingBy(
                    Plan.Conflict::problem,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        conflict -> conflict.key().describe(), Collectors.toList())));
    return resources.entrySet().stream()
        .map(same -> conflict(same.getValue(), same.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static String conflict(List<String> resources, String problem) {
    return "%s%s %s"
        .formatted(Abbreviation.of(resources), resources.size() == 1 ? "" : ": each", problem);
  }

  private static Stream<PlannedChange> lines(Change change) {
    String resource = change.key().describe();
    return change.differences().isEmpty()
        ? Stream.of(new PlannedChange(verb(change), resource, null, null, null))
        : change.differences().stream()
            .map(it ->
                new PlannedChange(verb(change), resource, it.attribute(), it.from(), it.to()));
  }

  private static String verb(Change change) {
    return switch (change) {
      case Change.Create create -> "Create";
      case Change.Update update -> "Update";
      case Change.Retag retag -> "Retag";
      case Change.Adopt adopt -> "Adopt";
      case Change.Release release -> "Release";
      case Change.TakeBack takeBack -> "TakeBack";
      case Change.Delete delete -> "Delete";
    };
  }

  private static String attributes(Change change) {
    return change.differences().isEmpty()
        ? ""
        : change.differences().stream()
            .map(it -> "%s %s → %s".formatted(it.attribute(), it.from(), it.to()))
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
