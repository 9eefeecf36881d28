package io.eventbackbone.operator.plan;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.AdoptionPolicy;
import io.eventbackbone.operator.plan.Change.Adopt;
import io.eventbackbone.operator.plan.Change.Create;
import io.eventbackbone.operator.plan.Change.Delete;
import io.eventbackbone.operator.plan.Change.Difference;
import io.eventbackbone.operator.plan.Change.Release;
import io.eventbackbone.operator.plan.Change.Retag;
import io.eventbackbone.operator.plan.Change.Update;
import io.eventbackbone.operator.plan.ObservedState.Observed;
import io.eventbackbone.operator.topology.AwsResource;
import io.eventbackbone.operator.topology.AwsResource.LogGroup;
import io.eventbackbone.operator.topology.AwsResource.Rule;
import io.eventbackbone.operator.topology.AwsResource.Target;
import io.eventbackbone.operator.topology.Owner;
import io.eventbackbone.operator.topology.ResourceKey;
import io.eventbackbone.operator.topology.Tags;
import io.eventbackbone.operator.topology.WantedState;
import io.eventbackbone.operator.topology.WantedState.Wanted;
import io.eventbackbone.operator.topology.WantedState.Wanted.Absent;
import io.eventbackbone.operator.topology.WantedState.Wanted.Left;
import io.eventbackbone.operator.topology.WantedState.Wanted.Present;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is to be done to AWS, in order, and what can't be done since it is not the owner's.
 *
 * @param changes resources are made before those that refer to them, and deleted after them
 * @param conflicts resources of wanted names that belong to somebody else
 */
public record Plan(List<Change> changes, List<Conflict> conflicts) {

  /**
   * A resource that the plan leaves alone.
   *
   * @param message whose it is, and what to do
   */
  public record Conflict(ResourceKey key, String message) {}

  public Plan {
    changes = List.copyOf(changes);
    conflicts = List.copyOf(conflicts);
  }

  public boolean isEmpty() {
    return changes.isEmpty() && conflicts.isEmpty();
  }

  /** The way from the observed state to the wanted one. */
  public static Plan of(WantedState wanted, ObservedState observed, AdoptionPolicy adoption) {
    Planner planner = new Planner(wanted, observed, adoption);
    wanted.resources().stream()
        .filter(Absent.class::isInstance)
        .sorted(Comparator.comparing(Wanted::key).reversed())
        .forEach(absent -> observed.find(absent.key()).ifPresent(planner::delete));
    for (Wanted resource : inOrderOfCreation(wanted)) {
      if (resource instanceof Present present) {
        planner.bring(present.resource(), observed.find(present.key()));
      } else if (resource instanceof Left left && observed.find(left.key()).isEmpty()) {
        left.ifMissing().ifPresent(planner::create);
      }
    }
    return planner.plan();
  }

  /**
   * The way out: what the owner has is deleted, or kept without its tags. What must not be there is
   * never kept: it may be a right that ended while somebody was about to take it back.
   */
  public static Plan forDeletion(
      WantedState wanted, ObservedState observed, DeletionPolicy policy) {
    Planner planner = new Planner(wanted, observed, AdoptionPolicy.FAIL);
    wanted.resources().stream()
        .sorted(Comparator.comparing(Wanted::key).reversed())
        .forEach(
            resource ->
                observed
                    .find(resource.key())
                    .ifPresent(
                        it -> {
                          if (resource instanceof Absent || policy == DeletionPolicy.DELETE) {
                            planner.delete(it);
                          } else {
                            planner.release(it);
                          }
                        }));
    return planner.plan();
  }

  /** Queues that others send their dead letters to come before those. */
  private static List<Wanted> inOrderOfCreation(WantedState wanted) {
    return wanted.resources().stream()
        .sorted(
            Comparator.comparing((Wanted resource) -> resource.key().type())
                .thenComparing(Plan::hasRedrive))
        .toList();
  }

  private static boolean hasRedrive(Wanted resource) {
    return resource instanceof Present present
        && present.resource() instanceof AwsResource.Queue queue
        && queue.redrive().isPresent();
  }

  private static final class Planner {

    private final Tags tags;
    private final List<AwsResource> present;
    private final ObservedState state;
    private final AdoptionPolicy adoption;
    private final List<Change> changes = new ArrayList<>();
    private final List<Change> lastChanges = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    Planner(WantedState wanted, ObservedState state, AdoptionPolicy adoption) {
      this.tags = wanted.tags();
      this.present =
          wanted.resources().stream()
              .filter(Present.class::isInstance)
              .map(it -> ((Present) it).resource())
              .toList();
      this.state = state;
      this.adoption = adoption;
    }

    Plan plan() {
      return new Plan(Stream.concat(changes.stream(), lastChanges.stream()).toList(), conflicts);
    }

    void create(AwsResource wanted) {
      changes.add(
          new Create(wanted instanceof LogGroup logGroup ? logGroup.whenNew() : wanted, tags));
    }

    void bring(AwsResource wanted, Optional<Observed> observed) {
      if (observed.isEmpty()) {
        create(wanted);
        return;
      }
      Ownership ownership = Ownership.of(observed.get(), tags.owner(), state);
      if (ownership instanceof Ownership.Others others) {
        conflicts.add(new Conflict(wanted.key(), belongsTo(wanted.key(), others)));
      } else if (ownership instanceof Ownership.Ours) {
        changes.addAll(updates(finished(wanted, observed.get()), observed.get()));
        retag(wanted.key(), observed.get().tags());
      } else if (adoption == AdoptionPolicy.ADOPT) {
        adopt(wanted, observed.get());
      } else {
        conflicts.add(new Conflict(wanted.key(), notOurs(wanted.key())));
      }
    }

    /**
     * A log group is taken over last: as soon as it is the owner's, what writes to it is there, by
     * which it is told from one that the owner began to make.
     */
    private void adopt(AwsResource wanted, Observed observed) {
      List<String> foreign = targetsOfOthers(wanted, observed.resource());
      if (!foreign.isEmpty()) {
        conflicts.add(new Conflict(wanted.key(), hasTargetsOfOthers(wanted.key(), foreign)));
        return;
      }
      List<Change> steps = wanted instanceof LogGroup ? lastChanges : changes;
      steps.add(new Adopt(wanted.key(), tags));
      steps.addAll(updates(wanted, observed));
    }

    /** ARNs; whoever put them on a rule that is not the owner's yet wants events to go there. */
    private static List<String> targetsOfOthers(AwsResource wanted, AwsResource observed) {
      return wanted instanceof Rule rule
          ? ((Rule) observed)
              .targets().stream()
                  .map(Target::arn)
                  .filter(arn -> rule.targets().stream().map(Target::arn).noneMatch(arn::equals))
                  .toList()
          : List.of();
    }

    /**
     * A process may end between the two calls that make a log group. What it left is told by three
     * signs: it never expires, it is empty, and what is to write to it is not there yet. So nothing
     * is lost by the retention of a new one.
     */
    private AwsResource finished(AwsResource wanted, Observed observed) {
      return wanted instanceof LogGroup logGroup
              && ((LogGroup) observed.resource()).isUntouched()
              && isYetToBeWrittenTo(logGroup)
          ? logGroup.whenNew()
          : wanted;
    }

    private boolean isYetToBeWrittenTo(LogGroup logGroup) {
      List<AwsResource> writers = present.stream().filter(logGroup::isWrittenBy).toList();
      return !writers.isEmpty()
          && writers.stream()
              .flatMap(writer -> state.find(writer.key()).stream())
              .map(Observed::resource)
              .noneMatch(logGroup::isWrittenBy);
    }

    private static List<Change> updates(AwsResource wanted, Observed observed) {
      List<Difference> differences = Differences.between(wanted, observed.resource());
      return differences.isEmpty()
          ? List.of()
          : List.of(new Update(wanted, observed.resource(), differences));
    }

    private void retag(ResourceKey key, Map<String, String> observed) {
      Map<String, String> missing = tags.missingFrom(observed);
      Set<String> surplus = tags.surplusOf(observed);
      if (key.type().isTaggable() && !(missing.isEmpty() && surplus.isEmpty())) {
        changes.add(
            new Retag(key, missing, surplus, Differences.ofTags(observed, missing, surplus)));
      }
    }

    void delete(Observed observed) {
      if (isOurs(observed)) {
        changes.add(new Delete(observed.resource()));
      }
    }

    void release(Observed observed) {
      if (isOurs(observed)) {
        changes.add(new Release(observed.resource().key(), Tags.operatorsKeys(observed.tags())));
      }
    }

    private boolean isOurs(Observed observed) {
      return Ownership.of(observed, tags.owner(), state) instanceof Ownership.Ours;
    }

    private static String belongsTo(ResourceKey key, Ownership.Others others) {
      return "%s belongs to %s (its tag %s): choose another name, or delete that owner first"
          .formatted(key.describe(), others.owner(), Owner.OWNER_TAG);
    }

    private static String hasTargetsOfOthers(ResourceKey key, List<String> arns) {
      return "%s exists and has targets that the backbone would remove: %s; move them to a rule of their own, or remove them, and it is taken over"
          .formatted(key.describe(), String.join(", ", arns));
    }

    private static String notOurs(ResourceKey key) {
      return "%s exists and was not made by this operator: set the backbone's adoptionPolicy to Adopt to take it over, or choose another name"
          .formatted(key.describe());
    }
  }
}
