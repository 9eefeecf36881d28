package io.eventbackbone.core.plan;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.AdoptionPolicy;
import io.eventbackbone.core.plan.Change.Adopt;
import io.eventbackbone.core.plan.Change.Create;
import io.eventbackbone.core.plan.Change.Delete;
import io.eventbackbone.core.plan.Change.Difference;
import io.eventbackbone.core.plan.Change.Release;
import io.eventbackbone.core.plan.Change.Retag;
import io.eventbackbone.core.plan.Change.TakeBack;
import io.eventbackbone.core.plan.Change.Update;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.LogGroup;
import io.eventbackbone.core.resource.AwsResource.Rule;
import io.eventbackbone.core.resource.AwsResource.Target;
import io.eventbackbone.core.resource.OwnerMark;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.Tags;
import io.eventbackbone.core.resource.WantedState;
import io.eventbackbone.core.resource.WantedState.Wanted;
import io.eventbackbone.core.resource.WantedState.Wanted.Absent;
import io.eventbackbone.core.resource.WantedState.Wanted.Left;
import io.eventbackbone.core.resource.WantedState.Wanted.Present;
import io.eventbackbone.core.resource.WantedState.Wanted.Withdrawn;
import java.time.Instant;
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
   * @param problem whose it is, and what to do: what is said of the resource, without its name, so
   *     that the same is said once of several
   */
  public record Conflict(ResourceKey key, String problem) {}

  public Plan {
    changes = List.copyOf(changes);
    conflicts = List.copyOf(conflicts);
  }

  public boolean isEmpty() {
    return changes.isEmpty() && conflicts.isEmpty();
  }

  /** Those of the changes that take back what was released. */
  public List<TakeBack> takenBack() {
    return changes.stream()
        .flatMap(change -> change instanceof TakeBack it ? Stream.of(it) : Stream.empty())
        .toList();
  }

  /** All other changes. */
  public Plan withoutTakenBack() {
    return new Plan(
        changes.stream().filter(change -> !(change instanceof TakeBack)).toList(), conflicts);
  }

  /** The way from the observed state to the wanted one. */
  public static Plan of(WantedState wanted, ObservedState observed, AdoptionPolicy adoption) {
    Planner planner = new Planner(wanted, observed, adoption);
    wanted.resources().stream()
        .sorted(Comparator.comparing(Wanted::key).reversed())
        .forEach(resource -> {
          if (resource instanceof Absent) {
            observed.find(resource.key()).ifPresent(planner::remove);
          } else if (resource instanceof Withdrawn) {
            observed.find(resource.key()).ifPresent(planner::delete);
          }
        });
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
   * The way out: what the owner has is deleted, or kept and marked as released. What must not be
   * there is never kept: it may be a right that ended while somebody was about to take it back.
   *
   * @param at when the owner's resources are released
   */
  public static Plan forDeletion(
      WantedState wanted, ObservedState observed, DeletionPolicy policy, Instant at) {
    Planner planner = new Planner(wanted, observed, AdoptionPolicy.FAIL);
    wanted.resources().stream()
        .sorted(Comparator.comparing(Wanted::key).reversed())
        .forEach(resource ->
            observed
                .find(resource.key())
                .ifPresent(it -> {
                  if (resource instanceof Absent || policy == DeletionPolicy.DELETE) {
                    planner.delete(it);
                  } else {
                    planner.release(it, at);
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
        conflict(wanted.key(), Conflicts.belongsTo(others));
      } else if (ownership instanceof Ownership.Ours) {
        changes.addAll(updates(finished(wanted, observed.get()), observed.get()));
        retag(wanted.key(), observed.get().tags());
      } else if (ownership instanceof Ownership.Released released) {
        takeBack(wanted, observed.get(), released);
      } else if (adoption == AdoptionPolicy.ADOPT) {
        adopt(wanted, observed.get());
      } else {
        conflict(wanted.key(), Conflicts.notOurs((Ownership.Nobodys) ownership));
      }
    }

    /**
     * Taking back destroys nothing: what would shorten a retention needs the platform's word, and
     * what would remove targets of others needs theirs.
     */
    private void takeBack(AwsResource wanted, Observed observed, Ownership.Released released) {
      Optional<Difference> shortened =
          isBegun(wanted, observed)
              ? Optional.empty()
              : Differences.shortened(wanted, observed.resource());
      if (shortened.isPresent() && adoption == AdoptionPolicy.FAIL) {
        conflict(wanted.key(), Conflicts.wouldShorten(shortened.get()));
        return;
      }
      bringOver(
          finished(wanted, observed),
          observed,
          new TakeBack(
              wanted.key(), tags, released.at(), Differences.ofMark(wanted, observed, tags)));
    }

    private void adopt(AwsResource wanted, Observed observed) {
      bringOver(wanted, observed, new Adopt(wanted.key(), tags));
    }

    /**
     * A log group is taken over last: as soon as it is the owner's, what writes to it is there, by
     * which it is told from one that the owner began to make.
     *
     * @param marking what makes it the owner's; policies follow their bus instead
     */
    private void bringOver(AwsResource wanted, Observed observed, Change marking) {
      ResourceKey key = wanted.key();
      List<String> foreign = targetsOfOthers(wanted, observed.resource());
      if (!foreign.isEmpty()) {
        conflict(key, Conflicts.hasTargetsOfOthers(foreign));
        return;
      }
      List<Change> steps = wanted instanceof LogGroup ? lastChanges : changes;
      Set<String> surplus = tags.surplusOf(observed.tags());
      if (!surplus.isEmpty()) {
        steps.add(
            new Retag(
                key, Map.of(), surplus, Differences.ofTags(observed.tags(), Map.of(), surplus)));
      }
      if (key.type().isMarked()) {
        steps.add(marking);
      }
      steps.addAll(updates(wanted, observed.markedAs(wanted)));
    }

    private void conflict(ResourceKey key, String problem) {
      conflicts.add(new Conflict(key, problem));
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
      return isBegun(wanted, observed) ? ((LogGroup) wanted).whenNew() : wanted;
    }

    private boolean isBegun(AwsResource wanted, Observed observed) {
      return wanted instanceof LogGroup logGroup
          && ((LogGroup) observed.resource()).isUntouched()
          && isYetToBeWrittenTo(logGroup);
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

    /**
     * Takes away what must not be there. Of what an object of the owner's name released, data
     * stays, rules and rights end, and targets of others stay with their rule.
     */
    void remove(Observed observed) {
      AwsResource found = observed.resource();
      if (!(Ownership.of(observed, tags.owner(), state) instanceof Ownership.Released)) {
        delete(observed);
      } else if (found instanceof Rule rule && rule.hasTargetsOfOthers()) {
        changes.addAll(updates(rule.withTargetsOfOthers(), observed));
      } else if (!found.key().type().holdsData()) {
        retag(found.key(), observed.tags());
        changes.add(new Delete(found));
      }
    }

    void delete(Observed observed) {
      if (isOurs(observed)) {
        changes.add(new Delete(observed.resource()));
      }
    }

    void release(Observed observed, Instant at) {
      if (isOurs(observed)) {
        changes.add(
            new Release(
                observed.resource().key(),
                new OwnerMark.Released(tags.owner().tagValue(), Optional.of(at)).tags()));
      }
    }

    private boolean isOurs(Observed observed) {
      return Ownership.of(observed, tags.owner(), state) instanceof Ownership.Ours;
    }
  }
}
