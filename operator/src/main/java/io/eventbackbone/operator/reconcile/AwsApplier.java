package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.plan.PartFingerprints;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.wanted.BusEncryption;
import io.eventbackbone.core.wanted.BusLog;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.operator.aws.AwsSession;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes what AWS has, plans, and applies the plan: the only way by which AWS is changed. */
public final class AwsApplier {

  /** How it ended. */
  sealed interface Outcome {

    /**
     * Whether what was granted is gone now, and the status has yet to say so. It may be gone since
     * an earlier round, whose status was not written.
     *
     * @param known ARN of what the status tells of, or null
     */
    default boolean hasWithdrawn(String known) {
      return (isInPlace() && known != null)
          || (this instanceof Applied applied && !applied.plan().isEmpty());
    }

    /** Whether AWS has what is wanted. */
    default boolean isInPlace() {
      return this instanceof Applied || this instanceof Remembered;
    }

    /** Whether AWS has the one of all that is wanted; empty: it is not known. */
    default Optional<Boolean> hasBrought(ResourceKey key) {
      if (this instanceof Failed failed) {
        return failed.undone().map(undone -> !undone.contains(key));
      }
      return isInPlace() ? Optional.of(true) : Optional.empty();
    }

    /**
     * The log group of a bus's log, as long as there may be one, as the status tells it. One that
     * is the owner's and that no status told of shows that the operator had switched the log on.
     */
    default Optional<String> logGroupOf(BusLog log, DeletionPolicy deletion, Owner owner) {
      if (!isInPlace()) {
        return log.lastLogGroupName();
      }
      if (log.isOn()) {
        return log.toldFirst();
      }
      if (log.lastLogGroupName().isEmpty()) {
        return found(log.logGroupThatNothingTellsOf(), owner);
      }
      return switch (deletion) {
        case RETAIN -> log.lastLogGroupName();
        case DELETE -> Optional.empty();
      };
    }

    private Optional<String> found(ResourceKey key, Owner owner) {
      return this instanceof Applied applied && applied.found().isOrWasOwned(key, owner)
          ? Optional.of(key.name())
          : Optional.empty();
    }

    /** Whether a rule that the owner released, now or before, goes on to match events. */
    default boolean hasLeftEnabled(ResourceKey rule, Owner owner) {
      return this instanceof Applied applied
          && applied.found().isOrWasOwned(rule, owner)
          && applied
              .found()
              .find(rule, Rule.class)
              .filter(it -> it.state() == Rule.State.ENABLED)
              .isPresent();
    }

    /** The customer's key that a bus has by the operator, or may have, as the status tells it. */
    default Optional<String> keyOf(BusEncryption encryption) {
      return isInPlace() ? encryption.customerKey() : encryption.lastCustomerKey();
    }

    /**
     * AWS has what is wanted.
     *
     * @param plan what had to be done for it
     * @param found what there was before, as far as it was looked at
     * @param addresses of wanted resources whose names don't tell them
     * @param nextLookIn when all of it is to be asked for again
     */
    record Applied(
        Plan plan, ObservedState found, Map<ResourceKey, String> addresses, Duration nextLookIn)
        implements Outcome {

      /** The same, if a part alone was looked at now, and the rest before. */
      Applied withNextLookIn(Duration nextLookIn) {
        return new Applied(plan, found, addresses, nextLookIn);
      }
    }

    /**
     * AWS had what is wanted when it was asked last, which is not long ago.
     *
     * @param nextLookIn when it is to be asked again
     */
    record Remembered(Map<ResourceKey, String> addresses, Duration nextLookIn) implements Outcome {}

    /** Nothing was changed: the status is to tell first what AWS is about to be given. */
    record Untold() implements Outcome {}

    /** Nothing was changed, as was asked for. */
    record Planned(Plan plan) implements Outcome {}

    /** Nothing was changed, since something wanted is somebody else's. */
    record Conflicting(Plan plan) implements Outcome {}

    /**
     * AWS refused or failed; what was done before stays, and is found at the next try.
     *
     * @param undone what may still not be as it is wanted; empty: AWS could not be looked at
     */
    record Failed(AwsFailure failure, Optional<Set<ResourceKey>> undone) implements Outcome {}
  }

  /**
   * The custom resource that AWS is brought to.
   *
   * @param uid since nothing is known of another one of its name
   */
  public record Subject(String uid) {

    public static Subject of(HasMetadata object) {
      return new Subject(object.getMetadata().getUid());
    }
  }

  /**
   * What AWS was brought to.
   *
   * @param at when all of it was seen to be there
   */
  private record Look(
      String fingerprint, PartFingerprints parts, Instant at, Map<ResourceKey, String> addresses) {

    Duration nextIn(Duration interval, Instant now) {
      return Duration.between(now, at.plus(interval));
    }

    /** Checks for drift come up to a tenth of their interval early. */
    boolean isRecent(Duration interval, Instant now) {
      return nextIn(interval, now).compareTo(interval.dividedBy(10)) > 0;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(AwsApplier.class);

  private final AwsSessions sessions;
  private final InstantSource clock;
  private final Map<Subject, Look> lastLooks = new ConcurrentHashMap<>();

  AwsApplier(AwsSessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Brings AWS to the wanted state. Where this process brought it there already, AWS is not asked
   * again before the next check for drift: most wakes are about another object's status. Where
   * something else is wanted since, that alone is looked at. The check is a glance at first, if AWS
   * had it before, and a closer look where the glance shows a difference.
   *
   * @param appliedHash fingerprint of what this or an earlier process brought AWS to
   */
  Outcome bring(
      Subject subject,
      WantedState wanted,
      Accounts accounts,
      EventBackboneSpec backbone,
      Optional<String> appliedHash) {
    return bring(subject, wanted, accounts, backbone, appliedHash, Set.of());
  }

  /**
   * The same, if the status tells of what changes.
   *
   * @param untold what must not change before
   */
  Outcome bring(
      Subject subject,
      WantedState wanted,
      Accounts accounts,
      EventBackboneSpec backbone,
      Optional<String> appliedHash,
      Set<ResourceKey> untold) {
    String fingerprint = Fingerprint.of(wanted);
    Duration interval = backbone.driftCheckPeriod();
    Instant now = clock.instant();
    Optional<Look> last = Optional.ofNullable(lastLooks.get(subject));
    Optional<Look> recent =
        backbone.managementPolicy() == ManagementPolicy.MANAGE
            ? last.filter(look -> look.isRecent(interval, now))
            : Optional.empty();
    if (recent.isPresent() && recent.get().fingerprint().equals(fingerprint)) {
      return new Outcome.Remembered(recent.get().addresses(), recent.get().nextIn(interval, now));
    }
    lastLooks.remove(subject);
    boolean wasBrought =
        Fingerprint.match(last.map(Look::fingerprint).or(() -> appliedHash), fingerprint)
            == Fingerprint.Match.SAME;
    WantedState sought = recent.map(look -> look.parts().changedIn(wanted)).orElse(wanted);
    Function<ObservedState, Plan> planner =
        found -> Plan.of(sought, found, backbone.adoptionPolicy());
    Outcome outcome =
        run(
            accounts,
            backbone.managementPolicy(),
            addressed(wanted),
            untold,
            () ->
                Optional.of(sought)
                    .filter(it -> wasBrought)
                    .map(it -> glance(it, accounts, interval))
                    .filter(found -> planner.apply(found).isEmpty())
                    .orElseGet(() ->
                        observeInOrder(
                            sought, accounts, AwsSession::observe, ObservedState::worthReading)),
            planner);
    if (outcome instanceof Outcome.Applied applied) {
      Instant seen = recent.map(Look::at).orElseGet(clock::instant);
      Look look = new Look(fingerprint, PartFingerprints.of(wanted), seen, applied.addresses());
      lastLooks.put(subject, look);
      return applied.withNextLookIn(look.nextIn(interval, clock.instant()));
    }
    return outcome;
  }

  /**
   * The rules on a bus, by a list that the checks of its rules share. A failure is no news of them.
   */
  Optional<ListedRules> rulesOn(AdmittedBackbone backbone) {
    try {
      return session(backbone.scope(), Accounts.of(backbone.account()))
          .rules(backbone.busKey(), ageOfLists(backbone.spec().driftCheckPeriod()));
    } catch (AwsFailureException e) {
      LOG.debug("the rules of a bus were not listed: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** What AWS has of some resources of a backbone. A failure is no news of them. */
  ObservedState look(AdmittedBackbone backbone, List<? extends ResourceKey> keys) {
    try {
      return observe(keys, Accounts.of(backbone.account()), AwsSession::observe);
    } catch (AwsFailureException e) {
      LOG.debug("rules of a bus were not looked at: {}", e.getMessage());
      return new ObservedState(Map.of());
    }
  }

  /**
   * Deletes the owner's resources in AWS, or releases them: account by account, so that one that is
   * lost holds up none of the others.
   *
   * @return how it ended in each
   */
  List<Outcome> remove(
      Subject subject,
      WantedState wanted,
      Accounts accounts,
      ManagementPolicy management,
      DeletionPolicy deletion) {
    forget(subject);
    return wanted.byAccount().stream()
        .map(part ->
            run(
                accounts,
                management,
                List.of(),
                Set.of(),
                () ->
                    observeInOrder(
                        part, accounts, AwsSession::observe, ObservedState::worthTakingAway),
                found -> Plan.forDeletion(part, found, deletion, clock.instant())))
        .toList();
  }

  /** Nothing is remembered of the custom resource any more. */
  public void forget(Subject subject) {
    lastLooks.remove(subject);
  }

  private Outcome run(
      Accounts accounts,
      ManagementPolicy management,
      List<ResourceKey> addressed,
      Set<ResourceKey> untold,
      Supplier<ObservedState> observation,
      Function<ObservedState, Plan> planner) {
    try {
      ObservedState found = observation.get();
      Plan plan = planner.apply(found);
      if (management == ManagementPolicy.OBSERVE) {
        return new Outcome.Planned(plan);
      }
      if (!plan.conflicts().isEmpty()) {
        return new Outcome.Conflicting(plan);
      }
      if (plan.changes().stream().map(Change::key).anyMatch(untold::contains)) {
        return new Outcome.Untold();
      }
      return apply(plan, found, addressed, accounts);
    } catch (AwsFailureException e) {
      return new Outcome.Failed(e.failure(), Optional.empty());
    }
  }

  private Outcome apply(
      Plan plan, ObservedState found, List<ResourceKey> addressed, Accounts accounts) {
    Deque<Change> undone = new ArrayDeque<>(plan.changes());
    try {
      while (!undone.isEmpty()) {
        Change change = undone.element();
        session(change.key().scope(), accounts).apply(change);
        undone.remove();
      }
      return new Outcome.Applied(plan, found, addresses(addressed, accounts), Duration.ZERO);
    } catch (AwsFailureException e) {
      return new Outcome.Failed(
          e.failure(),
          Optional.of(undone.stream().map(Change::key).collect(Collectors.toUnmodifiableSet())));
    }
  }

  /** How a session is asked what there is. */
  private interface Observation {
    ObservedState of(AwsSession session, List<? extends ResourceKey> keys);
  }

  /** Lists are shared by the checks of a tenth of their interval. */
  private static Duration ageOfLists(Duration interval) {
    return interval.dividedBy(10);
  }

  private ObservedState glance(WantedState wanted, Accounts accounts, Duration interval) {
    return observeInOrder(
        wanted,
        accounts,
        (session, keys) -> session.glance(keys, ageOfLists(interval)),
        ObservedState::worthReading);
  }

  /** Buses first: they tell what else need not be asked for. */
  private ObservedState observeInOrder(
      WantedState wanted,
      Accounts accounts,
      Observation observation,
      BiFunction<ObservedState, WantedState, List<ResourceKey>> others) {
    ObservedState buses =
        observe(
            wanted.keys().stream().filter(ObservedState::isOfBus).toList(), accounts, observation);
    return buses.and(observe(others.apply(buses, wanted), accounts, observation));
  }

  private ObservedState observe(
      List<? extends ResourceKey> keys, Accounts accounts, Observation observation) {
    Map<ResourceKey, Observed> found = new HashMap<>();
    keys.stream()
        .collect(Collectors.groupingBy(ResourceKey::scope))
        .forEach((scope, scoped) ->
            found.putAll(observation.of(session(scope, accounts), scoped).resources()));
    return new ObservedState(found);
  }

  private static List<ResourceKey> addressed(WantedState wanted) {
    return wanted.resources().stream()
        .filter(Wanted.Present.class::isInstance)
        .map(Wanted::key)
        .toList();
  }

  private Map<ResourceKey, String> addresses(List<ResourceKey> keys, Accounts accounts) {
    Map<ResourceKey, String> addresses = new HashMap<>();
    keys.forEach(
        key -> session(key.scope(), accounts).address(key).ifPresent(it -> addresses.put(key, it)));
    return addresses;
  }

  private AwsSession session(AccountScope scope, Accounts accounts) {
    return sessions.session(accounts.access(scope.accountId()), scope.region());
  }
}
