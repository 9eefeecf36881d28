package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.core.delivery.QueueReadings;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.plan.PartFingerprints;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.operator.aws.AwsSession;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Applied;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Conflicting;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Failed;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Planned;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Remembered;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes AWS, plans, and applies the plan. Nothing else changes AWS. */
public final class AwsApplier {

  private static final Logger LOG = LoggerFactory.getLogger(AwsApplier.class);

  private final AwsSessions sessions;
  private final InstantSource clock;

  /** By the UIDs of custom resources: a new object with an old name has nothing applied yet. */
  private final Map<String, LastApplied> lastApplied = new ConcurrentHashMap<>();

  public AwsApplier(AwsSessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Brings AWS to the wanted state. If this process brought AWS there already, AWS is not read
   * again before the next check for drift: most wakes are about another object's status. If a part
   * of the wanted state changed since, only that part is read. The check glances at lists first, if
   * AWS had the state before, and reads more closely where the glance shows a difference.
   *
   * @param appliedHash fingerprint of the state that this or an earlier process brought AWS to
   */
  public ApplyOutcome apply(HasMetadata object, Intent intent, Optional<String> appliedHash) {
    WantedState wanted = intent.wanted();
    String fingerprint = intent.fingerprint();
    Duration interval = intent.backbone().driftCheckPeriod();
    Instant now = clock.instant();
    Optional<LastApplied> last = Optional.ofNullable(lastApplied.get(uid(object)));
    Optional<LastApplied> recent =
        intent.backbone().managementPolicy() == ManagementPolicy.MANAGE
            ? last.filter(it -> it.isRecent(interval, now))
            : Optional.empty();
    if (recent.filter(it -> it.fingerprint().equals(fingerprint)).isPresent()) {
      return new Remembered(
          recent.get().addresses(), recent.get().queues(), recent.get().nextCheckIn(interval, now));
    }
    forget(object);
    boolean wasApplied =
        Fingerprint.match(last.map(LastApplied::fingerprint).or(() -> appliedHash), fingerprint)
            == Fingerprint.Match.SAME;
    WantedState sought = recent.map(it -> it.parts().changedIn(wanted)).orElse(wanted);
    ApplyOutcome outcome = run(intent, sought, wasApplied);
    if (outcome instanceof Applied brought) {
      Instant seen = recent.map(LastApplied::at).orElseGet(clock::instant);
      QueueReadings queues =
          QueueReader.read(
              sought,
              brought.found(),
              recent.map(LastApplied::queues),
              clock.instant(),
              queue -> oldestMessage(queue, intent));
      LastApplied applied =
          new LastApplied(
              fingerprint, PartFingerprints.of(wanted), seen, brought.addresses(), queues);
      lastApplied.put(uid(object), applied);
      return brought.with(queues, applied.nextCheckIn(interval, clock.instant()));
    }
    return outcome;
  }

  private Optional<Instant> oldestMessage(QueueKey queue, Intent intent) {
    return session(queue.scope(), intent.accounts())
        .oldestMessage(queue, maxAgeOfLists(intent.backbone()));
  }

  private ApplyOutcome run(Intent intent, WantedState sought, boolean wasApplied) {
    Function<ObservedState, Plan> planner =
        found -> Plan.of(sought, found, intent.backbone().adoptionPolicy());
    return run(
        intent,
        addressed(intent.wanted()),
        () ->
            Optional.of(sought)
                .filter(it -> wasApplied)
                .map(it -> glance(it, intent))
                .filter(found -> planner.apply(found).isEmpty())
                .orElseGet(() ->
                    observeBusesFirst(
                        sought,
                        intent.accounts(),
                        AwsSession::observe,
                        ObservedState::worthReading)),
        planner);
  }

  /**
   * Deletes the owner's resources in AWS, or releases them: account by account, so that a lost
   * account holds up none of the others.
   *
   * @return one outcome for each account
   */
  public List<ApplyOutcome> remove(HasMetadata object, Intent intent) {
    forget(object);
    return intent.wanted().byAccount().stream()
        .map(part ->
            run(
                intent,
                List.of(),
                () ->
                    observeBusesFirst(
                        part,
                        intent.accounts(),
                        AwsSession::observe,
                        ObservedState::worthTakingAway),
                found -> Plan.forDeletion(part, found, intent.deletionPolicy(), clock.instant())))
        .toList();
  }

  /** Forgets the state that was applied for a custom resource. */
  public void forget(HasMetadata object) {
    lastApplied.remove(uid(object));
  }

  /** The rules on a global bus; empty if they can't be listed. */
  public Optional<ListedRules> rulesOn(AdmittedBackbone backbone) {
    return rulesOn(backbone.busKey(), Accounts.of(backbone.account()), backbone.spec());
  }

  /** The rules on a local bus; empty if they can't be listed. */
  public Optional<ListedRules> rulesOn(AdmittedBus bus) {
    return rulesOn(bus.busKey(), Accounts.of(bus.account()), bus.backbone().spec());
  }

  private Optional<ListedRules> rulesOn(
      EventBusKey bus, Accounts accounts, EventBackboneSpec backbone) {
    try {
      return session(bus.scope(), accounts).rules(bus, maxAgeOfLists(backbone));
    } catch (AwsFailureException e) {
      LOG.debug("the rules of a bus were not listed: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether the list of tags shows the resource as the owner's; no, if the role may not list. */
  public boolean isListedAs(Owner owner, ResourceKey key, AdmittedBackbone backbone) {
    try {
      return session(key.scope(), Accounts.of(backbone.account()))
          .listedTags(key, maxAgeOfLists(backbone.spec()))
          .filter(tags -> owner.tagValue().equals(tags.get(Owner.OWNER_TAG)))
          .isPresent();
    } catch (AwsFailureException e) {
      LOG.debug("the tags of resources were not listed: {}", e.getMessage());
      return false;
    }
  }

  /** Reads some resources; nothing is found if AWS can't be read. */
  public ObservedState look(Accounts accounts, List<? extends ResourceKey> keys) {
    try {
      return observe(keys, accounts, AwsSession::observe);
    } catch (AwsFailureException e) {
      LOG.debug("resources were not read: {}", e.getMessage());
      return new ObservedState(Map.of());
    }
  }

  /** The addresses that AWS chose for resources that were read or created. */
  public Map<ResourceKey, String> addresses(List<? extends ResourceKey> keys, Accounts accounts) {
    Map<ResourceKey, String> addresses = new HashMap<>();
    keys.forEach(
        key -> session(key.scope(), accounts).address(key).ifPresent(it -> addresses.put(key, it)));
    return addresses;
  }

  private ApplyOutcome run(
      Intent intent,
      List<ResourceKey> addressed,
      Supplier<ObservedState> observation,
      Function<ObservedState, Plan> planner) {
    try {
      ObservedState found = observation.get();
      Plan plan = planner.apply(found);
      if (intent.backbone().managementPolicy() == ManagementPolicy.OBSERVE) {
        return new Planned(plan);
      }
      return plan.conflicts().isEmpty()
          ? apply(plan, found, addressed, intent.accounts())
          : new Conflicting(plan);
    } catch (AwsFailureException e) {
      return new Failed(e.failure(), Optional.empty());
    }
  }

  private ApplyOutcome apply(
      Plan plan, ObservedState found, List<ResourceKey> addressed, Accounts accounts) {
    Deque<Change> undone = new ArrayDeque<>(plan.changes());
    try {
      while (!undone.isEmpty()) {
        Change change = undone.element();
        session(change.key().scope(), accounts).apply(change);
        undone.remove();
      }
      return new Applied(
          plan, found, addresses(addressed, accounts), QueueReadings.NONE, Duration.ZERO);
    } catch (AwsFailureException e) {
      return new Failed(
          e.failure(),
          Optional.of(undone.stream().map(Change::key).collect(Collectors.toUnmodifiableSet())));
    }
  }

  /** How a session reads resources. */
  private interface Observation {
    ObservedState of(AwsSession session, List<? extends ResourceKey> keys);
  }

  /** Checks that come within a tenth of their interval share lists. */
  private static Duration maxAgeOfLists(EventBackboneSpec backbone) {
    return backbone.driftCheckPeriod().dividedBy(10);
  }

  private ObservedState glance(WantedState wanted, Intent intent) {
    return observeBusesFirst(
        wanted,
        intent.accounts(),
        (session, keys) -> session.glance(keys, maxAgeOfLists(intent.backbone())),
        ObservedState::worthReading);
  }

  /** Buses tell which other resources need not be read. */
  private ObservedState observeBusesFirst(
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

  private AwsSession session(AccountScope scope, Accounts accounts) {
    return sessions.session(accounts.access(scope.accountId()), scope.region());
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
