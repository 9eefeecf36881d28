package io.eventbackbone.local.benchmark;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.AdoptionPolicy;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing.Extent;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.WantedState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The writes that no operator can do without: those of the plan from nothing, where every resource
 * is made by as few calls as its APIs allow. All buses are alike, so a thousand cost a thousand
 * times one.
 */
final class FewestWrites {

  private static final Topology TOPOLOGY = new Topology("benchmark");

  private FewestWrites() {}

  /** Of a backbone and its service accounts. */
  static Calls ofEstate(int accounts) {
    return plus(of(backbonePlan(), 1, change -> true), ofBuses(accounts));
  }

  /** Of service accounts that join. */
  static Calls ofBuses(int accounts) {
    return of(busPlan(), accounts, change -> true);
  }

  /** The same where the policy of the global bus names each account. */
  static Calls ofBusesByName(int accounts) {
    Map<Api, Long> policies = Map.of(new Api("events", "PutPermission"), (long) accounts);
    return plus(ofBuses(accounts), new Calls(policies, 0));
  }

  /** Those in the backbone's account that count against EventBridge's rate limit. */
  static long rateLimitedInBackboneAccount(int accounts) {
    Predicate<Change> isThere =
        change -> change.key().scope().accountId().equals(Estate.BACKBONE_ACCOUNT);
    Calls calls = plus(of(backbonePlan(), 1, isThere), of(busPlan(), accounts, isThere));
    return calls.byApi().entrySet().stream()
        .filter(entry -> entry.getKey().service().equals("events"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static Plan backbonePlan() {
    return fromNothing(TOPOLOGY.of(backbone(), PolicyBudget.of(backbone(), List.of())));
  }

  private static Plan busPlan() {
    Forwarded forwarded =
        new Forwarded(
            new Forwarding.Rule(EventPattern.EVERYTHING, List.of(Estate.ROUTE)),
            List.of(Estate.ROUTE),
            List.of(),
            List.of(),
            new Extent.AsRouted());
    return fromNothing(
        TOPOLOGY.of(new AdmittedBus(Estate.bus(0), backbone(), Estate.account(0)), forwarded));
  }

  private static AdmittedBackbone backbone() {
    return new AdmittedBackbone(Estate.backbone(), Estate.backboneAccount());
  }

  private static Plan fromNothing(WantedState wanted) {
    return Plan.of(wanted, new ObservedState(Map.of()), AdoptionPolicy.FAIL);
  }

  private static Calls of(Plan plan, int times, Predicate<Change> condition) {
    Map<Api, Long> byApi = new HashMap<>();
    plan.changes().stream()
        .filter(condition)
        .flatMap(FewestWrites::of)
        .forEach(api -> byApi.merge(api, (long) times, Long::sum));
    return new Calls(byApi, 0);
  }

  /** The calls by which a resource is made, as tagged and complete as it is wanted. */
  private static Stream<Api> of(Change change) {
    if (!(change instanceof Change.Create create)) {
      throw new IllegalStateException("from nothing everything is created: " + change);
    }
    AwsResource wanted = create.wanted();
    return switch (wanted.key().type()) {
      case EVENT_BUS -> Stream.of(new Api("events", "CreateEventBus"));
      case BUS_POLICY -> Stream.of(new Api("events", "PutPermission"));
      case DISCOVERER -> Stream.of(new Api("schemas", "CreateDiscoverer"));
      case SCHEMA_REGISTRY -> Stream.of(new Api("schemas", "CreateRegistry"));
      case SCHEMA -> Stream.of(new Api("schemas", "CreateSchema"));
      case DELIVERY_DESTINATION -> Stream.of(new Api("logs", "PutDeliveryDestination"));
      case DELIVERY_SOURCE -> Stream.of(new Api("logs", "PutDeliverySource"));
      case DELIVERY -> Stream.of(new Api("logs", "CreateDelivery"));
      case ARCHIVE -> Stream.of(new Api("events", "CreateArchive"));
      case RULE, LOG_RULE ->
          Stream.of(new Api("events", "PutRule"), new Api("events", "PutTargets"));
      case QUEUE -> Stream.of(new Api("sqs", "CreateQueue"));
      case LOG_GROUP, BUS_LOG_GROUP ->
          Stream.of(new Api("logs", "CreateLogGroup"), new Api("logs", "PutRetentionPolicy"));
      case LOG_RESOURCE_POLICY -> Stream.of(new Api("logs", "PutResourcePolicy"));
    };
  }

  private static Calls plus(Calls one, Calls other) {
    Map<Api, Long> sum = new HashMap<>(one.byApi());
    other.byApi().forEach((api, calls) -> sum.merge(api, calls, Long::sum));
    return new Calls(sum, 0);
  }
}
