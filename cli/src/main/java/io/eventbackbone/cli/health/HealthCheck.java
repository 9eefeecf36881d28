package io.eventbackbone.cli.health;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplayStatus.Phase;
import io.eventbackbone.api.v1alpha1.Unreadable;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Health;
import io.eventbackbone.cli.answer.Health.Problem;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.core.model.Admissions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares the status of each custom resource with the status of a healthy one. */
public final class HealthCheck {

  private static final String READY = "Ready";
  private static final String DELIVERING = "Delivering";
  private static final String PUBLISHED = "Published";

  private HealthCheck() {}

  /**
   * Of all that the caller may see.
   *
   * @param namespace whose objects are asked about; empty: all
   */
  public static Health of(Sight sight, Optional<String> namespace) {
    List<BackboneResource<?, ?>> objects =
        sight.snapshot().customResources().stream()
            .filter(it ->
                namespace.isEmpty() || namespace.get().equals(it.getMetadata().getNamespace()))
            .filter(HealthCheck::isStored)
            .toList();
    List<Problem> problems =
        objects.stream()
            .flatMap(it -> problem(it).stream())
            .sorted(Comparator.comparing(Problem::code).thenComparing(Problem::object))
            .toList();
    return new Health(sight.unseen(), objects.size(), objects.size() - problems.size(), problems);
  }

  /** What stands in for an AwsAccount that can't be seen was never stored. */
  private static boolean isStored(BackboneResource<?, ?> object) {
    return object.getMetadata().getUid() != null;
  }

  private static Optional<Problem> problem(BackboneResource<?, ?> object) {
    Optional<Unreadable> unreadable = object.unreadable();
    if (unreadable.isPresent()) {
      return plain(object, Code.UNREADABLE, unreadable.get().toString());
    }
    Optional<Condition> ready = object.getStatus().condition(READY);
    if (ready.isEmpty()) {
      return plain(
          object,
          Code.NOT_RECONCILED,
          "the operator has not reconciled the object yet: see whether the operator runs");
    }
    if (isOutdated(object)) {
      return plain(
          object,
          Code.NOT_RECONCILED,
          "the operator has not reconciled the latest change yet: see whether the operator runs");
    }
    return ready
        .filter(it -> !it.getStatus().equals("True"))
        .filter(it -> !isRunning(object))
        .map(it -> problem(object, unready(object), it))
        .or(() -> besideReady(object, DELIVERING, Code.NOT_DELIVERING))
        .or(() -> besideReady(object, PUBLISHED, Code.NOT_PUBLISHED));
  }

  /** A condition that is no part of Ready. */
  private static Optional<Problem> besideReady(
      BackboneResource<?, ?> object, String condition, Code code) {
    return object
        .getStatus()
        .condition(condition)
        .filter(it -> it.getStatus().equals("False"))
        .map(it -> problem(object, code, it));
  }

  private static boolean isOutdated(BackboneResource<?, ?> object) {
    Long observed = object.getStatus().observedGeneration();
    Long generation = object.getMetadata().getGeneration();
    return observed != null && generation != null && observed < generation;
  }

  /** A replay becomes Ready at its end. */
  private static boolean isRunning(BackboneResource<?, ?> object) {
    return object instanceof EventReplay replay && replay.getStatus().phase() == Phase.RUNNING;
  }

  private static Code unready(BackboneResource<?, ?> object) {
    return object instanceof EventReplay replay
        ? EventReplayProgress.of(replay).code().orElse(Code.NOT_READY)
        : Code.NOT_READY;
  }

  private static Optional<Problem> plain(BackboneResource<?, ?> object, Code code, String message) {
    return Optional.of(
        new Problem(
            Admissions.describe(object), code, Optional.empty(), message, Optional.empty()));
  }

  private static Problem problem(BackboneResource<?, ?> object, Code code, Condition condition) {
    return new Problem(
        Admissions.describe(object),
        code,
        Optional.of(condition.getReason()),
        condition.getMessage(),
        Optional.ofNullable(condition.getLastTransitionTime()));
  }
}
