package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.operator.aws.AwsFailure;
import io.eventbackbone.operator.aws.AwsFailureException;
import io.eventbackbone.operator.aws.AwsSession;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.plan.Change;
import io.eventbackbone.operator.plan.ObservedState;
import io.eventbackbone.operator.plan.ObservedState.Observed;
import io.eventbackbone.operator.plan.Plan;
import io.eventbackbone.operator.topology.AccountScope;
import io.eventbackbone.operator.topology.ResourceKey;
import io.eventbackbone.operator.topology.WantedState;
import io.eventbackbone.operator.topology.WantedState.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Observes what AWS has, plans, and applies the plan: the only way by which AWS is changed. */
final class Programming {

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

    /**
     * AWS has what is wanted.
     *
     * @param plan what had to be done for it
     * @param queueUrls of the wanted queues
     */
    record Applied(Plan plan, Map<ResourceKey, String> queueUrls) implements Outcome {}

    /** Nothing was changed, as was asked for. */
    record Planned(Plan plan) implements Outcome {}

    /** Nothing was changed, since something wanted is somebody else's. */
    record Conflicting(Plan plan) implements Outcome {}

    /** AWS refused or failed; what was done before stays, and is found at the next try. */
    record Failed(AwsFailure failure) implements Outcome {}
  }

  private final AwsSessions sessions;

  Programming(AwsSessions sessions) {
    this.sessions = sessions;
  }

  /** Brings AWS to the wanted state. */
  Outcome bring(WantedState wanted, Accounts accounts, EventBackboneSpec backbone) {
    return run(
        wanted,
        accounts,
        backbone.managementPolicy(),
        queues(wanted),
        found -> Plan.of(wanted, found, backbone.adoptionPolicy()));
  }

  /** Takes the owner's resources, or the tags on them, out of AWS. */
  Outcome remove(
      WantedState wanted, Accounts accounts, ManagementPolicy management, DeletionPolicy deletion) {
    return run(
        wanted,
        accounts,
        management,
        List.of(),
        found -> Plan.forDeletion(wanted, found, deletion));
  }

  private Outcome run(
      WantedState wanted,
      Accounts accounts,
      ManagementPolicy management,
      List<ResourceKey> urlsOf,
      Function<ObservedState, Plan> planner) {
    try {
      ObservedState found = observe(wanted.keys(), accounts);
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
      return new Outcome.Applied(plan, queueUrls(urlsOf, accounts));
    } catch (AwsFailureException e) {
      return new Outcome.Failed(e.failure());
    }
  }

  private ObservedState observe(List<ResourceKey> keys, Accounts accounts) {
    Map<ResourceKey, Observed> found = new HashMap<>();
    keys.stream()
        .collect(Collectors.groupingBy(ResourceKey::scope))
        .forEach(
            (scope, scoped) -> found.putAll(session(scope, accounts).observe(scoped).resources()));
    return new ObservedState(found);
  }

  private static List<ResourceKey> queues(WantedState wanted) {
    return wanted.resources().stream()
        .filter(Wanted.Present.class::isInstance)
        .map(Wanted::key)
        .filter(key -> key.type() == ResourceKey.Type.QUEUE)
        .toList();
  }

  private Map<ResourceKey, String> queueUrls(List<ResourceKey> queues, Accounts accounts) {
    return queues.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), key -> session(key.scope(), accounts).queueUrl(key)));
  }

  private AwsSession session(AccountScope scope, Accounts accounts) {
    return sessions.session(accounts.access(scope.accountId()), scope.region());
  }
}
