package io.eventbackbone.core.plan;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.AdoptionPolicy;
import io.eventbackbone.core.plan.Change.TakeBack;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import io.eventbackbone.core.wanted.WantedState.Wanted.Withdrawn;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The changes that bring AWS from the observed state to the wanted one, in order, and the resources
 * that the operator must not change.
 *
 * @param changes a resource is created before those that refer to it, and deleted after them
 * @param conflicts resources of wanted names that belong to others
 */
public record Plan(List<Change> changes, List<Conflict> conflicts) {

  /**
   * A resource that the plan leaves alone.
   *
   * @param problem the owner, and what to do; without the name of the resource, so that one
   *     sentence can tell it of several resources
   */
  public record Conflict(ResourceKey key, String problem) {}

  public Plan {
    changes = List.copyOf(changes);
    conflicts = List.copyOf(conflicts);
  }

  public boolean isEmpty() {
    return changes.isEmpty() && conflicts.isEmpty();
  }

  /** The changes that take back released resources. */
  public List<TakeBack> takenBack() {
    return changes.stream()
        .flatMap(change -> change instanceof TakeBack it ? Stream.of(it) : Stream.empty())
        .toList();
  }

  /** This plan without the changes that take back released resources. */
  public Plan withoutTakenBack() {
    return new Plan(
        changes.stream().filter(change -> !(change instanceof TakeBack)).toList(), conflicts);
  }

  public static Plan of(WantedState wanted, ObservedState observed, AdoptionPolicy adoption) {
    Planner planner = new Planner(wanted, observed, adoption);
    inOrderOfDeletion(wanted)
        .forEach(resource -> {
          switch (resource) {
            case Absent absent -> observed.find(absent.key()).ifPresent(planner::remove);
            case Withdrawn withdrawn -> observed.find(withdrawn.key()).ifPresent(planner::delete);
            case Present present -> {}
            case Untouched untouched -> {}
          }
        });
    inOrderOfCreation(wanted)
        .forEach(resource -> {
          if (resource.key().type().compareTo(ResourceKey.Type.LOG_RESOURCE_POLICY) > 0) {
            planner.raiseLogLevels();
          }
          switch (resource) {
            case Present present -> planner.bring(present.resource(), observed.find(present.key()));
            case Untouched untouched -> {
              if (observed.find(untouched.key()).isEmpty()) {
                untouched.ifMissing().ifPresent(planner::create);
              }
            }
            case Absent absent -> {}
            case Withdrawn withdrawn -> {}
          }
        });
    return planner.plan();
  }

  /**
   * The plan for an owner that is deleted: its resources are deleted, or kept and marked as
   * released. A resource that must be absent is never kept: it may be a right that just ended.
   *
   * @param at the time of the release
   */
  public static Plan forDeletion(
      WantedState wanted, ObservedState observed, DeletionPolicy policy, Instant at) {
    Planner planner = new Planner(wanted, observed, AdoptionPolicy.FAIL);
    inOrderOfDeletion(wanted)
        .forEach(resource ->
            observed
                .find(resource.key())
                .ifPresent((Observed it) -> {
                  if (resource instanceof Absent || policy == DeletionPolicy.DELETE) {
                    planner.delete(it);
                  } else {
                    planner.release(it, at);
                  }
                }));
    return planner.plan();
  }

  private static Stream<Wanted> inOrderOfDeletion(WantedState wanted) {
    return wanted.resources().stream().sorted(Comparator.comparing(Wanted::key).reversed());
  }

  /** A queue comes after the dead-letter queue that it names. */
  private static Stream<Wanted> inOrderOfCreation(WantedState wanted) {
    return wanted.resources().stream()
        .sorted(
            Comparator.comparing((Wanted resource) -> resource.key().type())
                .thenComparing(Plan::hasRedrive));
  }

  private static boolean hasRedrive(Wanted resource) {
    return resource instanceof Present(Queue queue) && queue.redrive().isPresent();
  }
}
