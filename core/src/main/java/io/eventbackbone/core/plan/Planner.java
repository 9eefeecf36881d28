package io.eventbackbone.core.plan;

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
import io.eventbackbone.core.plan.Plan.Conflict;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.EncryptionKey;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.resource.SchemaRegistry;
import io.eventbackbone.core.wanted.OwnerMark;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collects the changes of a {@link Plan}, one resource after the other. */
final class Planner {

  private final Tags tags;
  private final List<AwsResource> present;
  private final ObservedState state;
  private final AdoptionPolicy adoption;
  private final List<Change> changes = new ArrayList<>();
  private final List<Change> raisedLevels = new ArrayList<>();
  private final List<Change> lastChanges = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();

  Planner(WantedState wanted, ObservedState state, AdoptionPolicy adoption) {
    this.tags = wanted.tags();
    this.present =
        wanted.resources().stream()
            .flatMap(it ->
                it instanceof Present(AwsResource resource) ? Stream.of(resource) : Stream.empty())
            .toList();
    this.state = state;
    this.adoption = adoption;
  }

  Plan plan() {
    raiseLogLevels();
    return new Plan(Stream.concat(changes.stream(), lastChanges.stream()).toList(), conflicts);
  }

  /**
   * Raise a log level after the right to deliver the log exists, and before the deliveries do: by
   * that right AWS tells that the operator set the level.
   */
  void raiseLogLevels() {
    changes.addAll(raisedLevels);
    raisedLevels.clear();
  }

  void create(AwsResource wanted) {
    changes.add(
        new Create(wanted instanceof LogGroup logGroup ? logGroup.whenNew() : wanted, tags));
  }

  void bring(AwsResource wanted, Optional<Observed> observed) {
    observed.ifPresentOrElse(there -> bring(wanted, there), () -> create(wanted));
  }

  private void bring(AwsResource wanted, Observed observed) {
    switch (Ownership.of(observed, tags.owner(), state)) {
      case Ownership.Ours ours -> {
        update(finished(wanted, observed), observed, changes);
        retag(wanted.key(), observed.tags());
      }
      case Ownership.Released released -> takeBack(wanted, observed, released);
      case Ownership.Nobodys nobodys -> {
        switch (adoption) {
          case ADOPT -> takeOver(wanted, observed, new Adopt(wanted.key(), tags));
          case FAIL -> conflict(wanted.key(), Conflicts.notOurs(nobodys));
        }
      }
      case Ownership.Others others -> conflict(wanted.key(), Conflicts.belongsTo(others));
    }
  }

  /** Shorten a retention only if adoptionPolicy allows it: AWS would delete what is older. */
  private void takeBack(AwsResource wanted, Observed observed, Ownership.Released released) {
    Optional<Difference> shortened =
        isBegun(wanted, observed)
            ? Optional.empty()
            : Differences.shortened(wanted, observed.resource());
    if (shortened.isPresent() && adoption == AdoptionPolicy.FAIL) {
      conflict(wanted.key(), Conflicts.wouldShorten(shortened.get()));
      return;
    }
    takeOver(
        finished(wanted, observed),
        observed,
        new TakeBack(
            wanted.key(), tags, released.at(), Differences.ofMark(wanted, observed, tags)));
  }

  /**
   * Takes over a resource, a log group last: a log group of the owner without a writer is one that
   * the owner began to create, so its writer must exist before it becomes the owner's.
   *
   * @param marking makes the resource the owner's; policies follow their bus instead
   */
  private void takeOver(AwsResource wanted, Observed observed, Change marking) {
    ResourceKey key = wanted.key();
    List<String> foreign = new ArrayList<>(targetArns(observed.resource()));
    foreign.removeAll(targetArns(wanted));
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
    update(wanted, observed.markedAs(wanted), steps);
  }

  private void conflict(ResourceKey key, String problem) {
    conflicts.add(new Conflict(key, problem));
  }

  private static List<String> targetArns(AwsResource resource) {
    return resource instanceof Rule rule
        ? rule.targets().stream().map(Target::arn).toList()
        : List.of();
  }

  /**
   * The operator may end between the two calls that create a log group. Three signs tell such a log
   * group: nothing expires, it is empty, and nothing writes to it yet. So give it the retention of
   * a new one: no record is lost.
   */
  private AwsResource finished(AwsResource wanted, Observed observed) {
    if (wanted instanceof EventBus bus && observed.resource() instanceof EventBus there) {
      return reset(bus, there);
    }
    if (wanted instanceof Archive archive) {
      return reset(archive);
    }
    return wanted instanceof LogGroup logGroup && isBegun(wanted, observed)
        ? logGroup.whenNew()
        : wanted;
  }

  /** Resets what no spec names to the value of a new bus, if AWS tells that the operator set it. */
  private EventBus reset(EventBus wanted, EventBus observed) {
    return new EventBus(
        wanted.key(),
        wanted
            .encryption()
            .or(() ->
                observed
                    .encryption()
                    .filter(EncryptionKey::isSetByOperator)
                    .map(key -> EncryptionKey.OWNED_BY_AWS)),
        wanted
            .logConfig()
            .or(() -> isLogDelivered() ? Optional.of(LogConfig.OFF) : Optional.empty()));
  }

  /** The key of an archive goes with the key of its bus. */
  private Archive reset(Archive wanted) {
    boolean isOfBusToReset =
        wanted.encryption().isEmpty()
            && state
                .bus(wanted.key().scope())
                .filter(it ->
                    it.resource() instanceof EventBus bus
                        && bus.encryption().filter(EncryptionKey::isSetByOperator).isPresent())
                .isPresent();
    return isOfBusToReset ? wanted.encryptedBy(EncryptionKey.OWNED_BY_AWS) : wanted;
  }

  private boolean isLogDelivered() {
    return state.resources().values().stream()
        .map(Observed::resource)
        .anyMatch(found ->
            found instanceof LogResourcePolicy policy
                ? Policies.deliversBusLog(policy.document())
                : found.key().type().isOfBusLog() && state.isOrWasOwned(found.key(), tags.owner()));
  }

  private boolean isBegun(AwsResource wanted, Observed observed) {
    return wanted instanceof LogGroup logGroup
        && observed.resource() instanceof LogGroup there
        && there.isUntouched()
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

  private void update(AwsResource wanted, Observed observed, List<Change> steps) {
    if (wanted instanceof EventBus bus
        && observed.resource() instanceof EventBus before
        && before.logConfig().filter(LogConfig::isOff).isPresent()
        && bus.logConfig().isPresent()) {
      EventBus silent = new EventBus(bus.key(), bus.encryption(), before.logConfig());
      steps.addAll(updates(silent, observed));
      raisedLevels.addAll(updates(bus, new Observed(silent, observed.tags())));
      return;
    }
    steps.addAll(updates(wanted, observed));
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
      changes.add(new Retag(key, missing, surplus, Differences.ofTags(observed, missing, surplus)));
    }
  }

  /**
   * Removes a resource that must be absent. Of a released resource, data stays, rules and rights
   * end, and the targets of others stay with their rule. The right to deliver a log goes last: by
   * that right AWS tells that the operator set the level.
   */
  void remove(Observed observed) {
    AwsResource found = observed.resource();
    if (found instanceof LogResourcePolicy) {
      if (state.isOrWasOwned(found.key(), tags.owner())) {
        lastChanges.add(new Delete(found));
      }
    } else if (!(Ownership.of(observed, tags.owner(), state) instanceof Ownership.Released)) {
      delete(observed);
    } else if (found instanceof Rule rule && rule.hasTargetsOfOthers()) {
      changes.addAll(updates(rule.withTargetsOfOthers(), observed));
    } else if (!found.key().type().holdsData()) {
      retag(found.key(), observed.tags());
      changes.add(new Delete(found));
    }
  }

  /** Deletes a registry last: AWS keeps one with schemas of others in it. */
  void delete(Observed observed) {
    if (isOurs(observed)) {
      List<Change> steps = observed.resource() instanceof SchemaRegistry ? lastChanges : changes;
      steps.add(new Delete(observed.resource()));
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
