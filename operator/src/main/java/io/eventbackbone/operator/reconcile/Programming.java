package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.operator.aws.AwsFailure;
import io.eventbackbone.operator.aws.AwsFailureException;
import io.eventbackbone.operator.aws.AwsSession;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.plan.Change;
import io.eventbackbone.operator.plan.Fingerprint;
import io.eventbackbone.operator.plan.ObservedState;
import io.eventbackbone.operator.plan.ObservedState.Observed;
import io.eventbackbone.operator.plan.Plan;
import io.eventbackbone.operator.topology.AccountScope;
import io.eventbackbone.operator.topology.Owner;
import io.eventbackbone.operator.topology.ResourceKey;
import io.eventbackbone.operator.topology.WantedState;
import io.eventbackbone.operator.topology.WantedState.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Observes what AWS has, plans, and applies the plan: the only way by which AWS is changed. */
final class Programming {

  /** What AWS gives a name of its own, which statuses tell. */
  private static final Set<ResourceKey.Type> ADDRESSED =
      EnumSet.of(ResourceKey.Type.QUEUE, ResourceKey.Type.DISCOVERER);

  /** How it ended. */
  sealed interface Outcome {

    /**
     * Whether what was granted is gone now.
     *
     * @param known ARN of what the status tells of, or null
     */
    default boolean hasWithdrawn(String known) {
      return this instanceof Applied applied && (known != null || !applied.plan().isEmpty());
    }

    /** Whether AWS has what is wanted. */
    default boolean isInPlace() {
      return this instanceof Applied || this instanceof Remembered;
    }

    /**
     * AWS has what is wanted.
     *
     * @param plan what had to be done for it
     * @param found what there was before
     * @param addresses of wanted resources whose names don't tell them
     */
    record Applied(Plan plan, ObservedState found, Map<ResourceKey, String> addresses)
        implements Outcome {}

    /**
     * AWS had what is wanted when it was asked last, which is not long ago.
     *
     * @param nextLookIn when it is to be asked again
     */
    record Remembered(Map<ResourceKey, String> addresses, Duration nextLookIn) implements Outcome {}

    /** Nothing was changed, as was asked for. */
    record Planned(Plan plan) implements Outcome {}

    /** Nothing was changed, since something wanted is somebody else's. */
    record Conflicting(Plan plan) implements Outcome {}

    /** AWS refused or failed; what was done before stays, and is found at the next try. */
    record Failed(AwsFailure failure) implements Outcome {}
  }

  /** When AWS was seen to have what was wanted, told by its fingerprint. */
  private record Look(String fingerprint, Instant at, Map<ResourceKey, String> addresses) {}

  private final AwsSessions sessions;
  private final InstantSource clock;
  private final Map<Owner, Look> lastLooks = new ConcurrentHashMap<>();

  Programming(AwsSessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Brings AWS to the wanted state. Where this process brought it there already, AWS is not asked
   * again before the next check for drift: most wakes are about another object's status. The check
   * is a glance at first, if AWS had it before, and a closer look where the glance shows a
   * difference.
   *
   * @param appliedHash fingerprint of what this or an earlier process brought AWS to
   */
  Outcome bring(
      WantedState wanted,
      Accounts accounts,
      EventBackboneSpec backbone,
      Optional<String> appliedHash) {
    String fingerprint = Fingerprint.of(wanted);
    if (backbone.managementPolicy() == ManagementPolicy.MANAGE) {
      Optional<Outcome> remembered =
          remembered(wanted.owner(), fingerprint, backbone.driftCheckPeriod());
      if (remembered.isPresent()) {
        return remembered.get();
      }
    }
    Optional<String> brought =
        Optional.ofNullable(lastLooks.remove(wanted.owner()))
            .map(Look::fingerprint)
            .or(() -> appliedHash)
            .filter(fingerprint::equals);
    Function<ObservedState, Plan> planner =
        found -> Plan.of(wanted, found, backbone.adoptionPolicy());
    Outcome outcome =
        run(
            accounts,
            backbone.managementPolicy(),
            addressed(wanted),
            () ->
                brought
                    .map(it -> glance(wanted, accounts, backbone.driftCheckPeriod()))
                    .filter(found -> planner.apply(found).isEmpty())
                    .orElseGet(() -> observeWhatCanBe(wanted, accounts, AwsSession::observe)),
            planner);
    if (outcome instanceof Outcome.Applied applied) {
      lastLooks.put(wanted.owner(), new Look(fingerprint, clock.instant(), applied.addresses()));
    }
    return outcome;
  }

  /** Checks for drift come up to a tenth of their interval early. */
  private Optional<Outcome> remembered(Owner owner, String fingerprint, Duration interval) {
    return Optional.ofNullable(lastLooks.get(owner))
        .filter(look -> look.fingerprint().equals(fingerprint))
        .map(
            look ->
                new Outcome.Remembered(
                    look.addresses(), Duration.between(clock.instant(), look.at().plus(interval))))
        .filter(it -> it.nextLookIn().compareTo(interval.dividedBy(10)) > 0)
        .map(Outcome.class::cast);
  }

  /** Takes the owner's resources, or the tags on them, out of AWS. */
  Outcome remove(
      WantedState wanted, Accounts accounts, ManagementPolicy management, DeletionPolicy deletion) {
    lastLooks.remove(wanted.owner());
    return run(
        accounts,
        management,
        List.of(),
        () -> observe(wanted.keys(), accounts, AwsSession::observe),
        found -> Plan.forDeletion(wanted, found, deletion));
  }

  private Outcome run(
      Accounts accounts,
      ManagementPolicy management,
      List<ResourceKey> addressed,
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
      for (Change change : plan.changes()) {
        session(change.key().scope(), accounts).apply(change);
      }
      return new Outcome.Applied(plan, found, addresses(addressed, accounts));
    } catch (AwsFailureException e) {
      return new Outcome.Failed(e.failure());
    }
  }

  /** How a session is asked what there is. */
  private interface Observation {
    ObservedState of(AwsSession session, List<ResourceKey> keys);
  }

  /** Lists are shared by the checks of a tenth of their interval. */
  private ObservedState glance(WantedState wanted, Accounts accounts, Duration interval) {
    return observeWhatCanBe(
        wanted, accounts, (session, keys) -> session.glance(keys, interval.dividedBy(10)));
  }

  /** Buses first: what belongs to one that is not there need not be asked for. */
  private ObservedState observeWhatCanBe(
      WantedState wanted, Accounts accounts, Observation observation) {
    ObservedState buses =
        observe(
            wanted.keys().stream().filter(ObservedState::isOfBus).toList(), accounts, observation);
    ObservedState others = observe(buses.worthReading(wanted), accounts, observation);
    return buses.and(others);
  }

  private ObservedState observe(
      List<ResourceKey> keys, Accounts accounts, Observation observation) {
    Map<ResourceKey, Observed> found = new HashMap<>();
    keys.stream()
        .collect(Collectors.groupingBy(ResourceKey::scope))
        .forEach(
            (scope, scoped) ->
                found.putAll(observation.of(session(scope, accounts), scoped).resources()));
    return new ObservedState(found);
  }

  private static List<ResourceKey> addressed(WantedState wanted) {
    return wanted.resources().stream()
        .filter(Wanted.Present.class::isInstance)
        .map(Wanted::key)
        .filter(key -> ADDRESSED.contains(key.type()))
        .toList();
  }

  private Map<ResourceKey, String> addresses(List<ResourceKey> keys, Accounts accounts) {
    return keys.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), key -> session(key.scope(), accounts).address(key)));
  }

  private AwsSession session(AccountScope scope, Accounts accounts) {
    return sessions.session(accounts.access(scope.accountId()), scope.region());
  }
}
