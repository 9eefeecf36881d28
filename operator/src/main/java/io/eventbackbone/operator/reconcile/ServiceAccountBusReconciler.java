package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.eventbackbone.api.v1alpha1.Totals;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.routing.Routing.Extent;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.reconcile.AwsApplier.Outcome;
import io.eventbackbone.operator.reconcile.AwsApplier.Subject;
import io.eventbackbone.operator.reconcile.Reconciled.Next;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a local bus and the rule on the global bus that forwards to it. */
@ControllerConfiguration(name = "serviceaccountbus")
final class ServiceAccountBusReconciler
    implements Reconciler<ServiceAccountBus>, Cleaner<ServiceAccountBus> {

  private final Inventory inventory;
  private final Admissions admissions;
  private final Routing routing;
  private final Topology topology;
  private final AwsApplier programming;
  private final ReconcilerContext surroundings;

  ServiceAccountBusReconciler(
      Inventory inventory,
      Topology topology,
      AwsApplier programming,
      ReconcilerContext surroundings) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.routing = new Routing(inventory);
    this.topology = topology;
    this.programming = programming;
    this.surroundings = surroundings;
  }

  @Override
  public List<EventSource<?, ServiceAccountBus>> prepareEventSources(
      EventSourceContext<ServiceAccountBus> context) {
    return List.of(surroundings.wakes().sourceOf(ServiceAccountBus.class));
  }

  @Override
  public UpdateControl<ServiceAccountBus> reconcile(
      ServiceAccountBus resource, Context<ServiceAccountBus> context) {
    return surroundings.reconcile(
        resource, () -> reconciled(resource).publish(resource, context, surroundings));
  }

  private Reconciled<ServiceAccountBusStatus> reconciled(ServiceAccountBus resource) {
    Conditions conditions = surroundings.conditions(resource, resource.getStatus());
    if (Admissions.readable(resource).then(SpecCheck::identifierOf)
        instanceof Refused<ServiceAccountBus> refused) {
      conditions.no(Conditions.ACCEPTED, refused.reason(), refused.message());
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    Admission<AdmittedBus> admission = admissions.bus(resource);
    return admission instanceof Refused<AdmittedBus> refused
        ? refused(resource, refused, conditions)
        : accepted(((Admitted<AdmittedBus>) admission).value(), conditions);
  }

  /**
   * What was granted before is taken back: nothing is forwarded to a bus that is not admitted. The
   * status may not tell what was granted, if the process ended before it was written; AWS does.
   */
  private Reconciled<ServiceAccountBusStatus> refused(
      ServiceAccountBus resource, Refused<AdmittedBus> refused, Conditions conditions) {
    conditions.no(Conditions.ACCEPTED, refused.reason(), refused.message());
    Optional<AdmittedBackbone> backbone = admissions.backboneOf(resource).admitted();
    // Whether an account admits the bus that can't be read, nobody knows: what was granted stays.
    if (backbone.isEmpty()
        || inventory.isUnreadableAccount(resource.getSpec().accountRef().name())) {
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    Outcome outcome = stopForwarding(resource, backbone.get(), refused.reason());
    if (outcome instanceof Outcome.Failed failed) {
      conditions.no(
          Conditions.PROGRAMMED, Failures.reason(failed.failure()), failed.failure().message());
      return unchanged(
          resource,
          conditions.summed(""),
          Reconciled.after(failed.failure(), backbone.get().spec().driftCheckPeriod()));
    }
    if (!outcome.hasWithdrawn(resource.getStatus().forwardingRuleArn())) {
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    conditions.no(
        Conditions.PROGRAMMED,
        Reason.WITHDRAWN,
        "nothing is forwarded to the bus any more; what is in its account stays");
    return new Reconciled<>(
        resource.getStatus().toBuilder()
            .observedGeneration(resource.getMetadata().getGeneration())
            .forwardingRuleArn(null)
            .patternCharacters(null)
            .routes(List.of())
            .wildcardRoutes(List.of())
            .plan(List.of())
            .appliedHash(null)
            .conditions(conditions.summed(""))
            .build(),
        new Next.OnChange());
  }

  private Reconciled<ServiceAccountBusStatus> accepted(AdmittedBus bus, Conditions conditions) {
    ServiceAccountBus resource = bus.resource();
    conditions.accepted(
        SpecCheck.selectorsOf(resource), "the backbone and the account admit the bus");
    if (Accounts.areUnseen(bus.account(), bus.backbone().account())) {
      // Their turn comes at once, and tells more: of many buses that join, each saves a write.
      return new Reconciled<>(resource.getStatus(), new Next.OnChange());
    }
    Optional<String> unready = Accounts.unready(bus.account(), bus.backbone().account());
    if (unready.isPresent()) {
      conditions.no(Conditions.PROGRAMMED, Reason.ACCOUNT_NOT_READY, unready.get());
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    if (bus.backbone().resource().getStatus().busArn() == null
        && bus.backbone().spec().managementPolicy() == ManagementPolicy.MANAGE) {
      conditions.no(
          Conditions.PROGRAMMED,
          Reason.BACKBONE_NOT_READY,
          "waits for the global bus of " + EventRecorder.describe(bus.backbone().resource()));
      return unchanged(resource, conditions.summed(""), new Next.OnChange());
    }
    return programmed(bus, conditions);
  }

  private Reconciled<ServiceAccountBusStatus> programmed(AdmittedBus bus, Conditions conditions) {
    Forwarded routed = routing.to(bus);
    Optional<HeldBack> noRoom =
        noRoomForARule(bus, routed).or(() -> noRoomForWildcards(bus, routed));
    Forwarded forwarded = noRoom.map(held -> routed.leftAsItIs(held.message())).orElse(routed);
    WantedState wanted = topology.of(bus, forwarded);
    ServiceAccountBus resource = bus.resource();
    Optional<String> appliedHash = Optional.ofNullable(resource.getStatus().appliedHash());
    ServiceAccountBusStatus told = told(bus);
    Outcome outcome =
        programming.bring(
            Subject.of(resource),
            wanted,
            accounts(bus),
            bus.backbone().spec(),
            appliedHash,
            told.equals(resource.getStatus())
                ? Set.of()
                : Set.of(bus.busKey(), bus.busLog().logGroup()));
    if (outcome instanceof Outcome.Untold) {
      return new Reconciled<>(told, new Next.Again());
    }
    Verdict verdict =
        Verdict.of(
            outcome,
            Fingerprint.of(wanted),
            new Verdict.Before(resource, resource.getStatus(), appliedHash),
            bus.backbone().spec().driftCheckPeriod(),
            conditions,
            surroundings.events());
    List<Condition> decided =
        noRoom
            .or(() -> heldBack(forwarded))
            .or(() -> leftOut(bus))
            .or(() -> outcome.isInPlace() ? notYetPublishing(bus) : Optional.empty())
            .map(held -> conditions.no(Conditions.PROGRAMMED, held.reason(), held.message()))
            .orElse(conditions)
            .summed(ready(bus, forwarded));
    return new Reconciled<>(
        status(bus, forwarded, wanted, outcome, verdict, decided), verdict.next());
  }

  /** The status that must be written before the bus is changed. */
  private static ServiceAccountBusStatus told(AdmittedBus bus) {
    return bus.resource().getStatus().toBuilder()
        .busLogGroupName(bus.busLog().toldFirst().orElse(null))
        .kmsKeyIdentifier(bus.encryption().toldFirst().orElse(null))
        .build();
  }

  private record HeldBack(Reason reason, String message) {}

  /** Why the rule on the global bus is not what the routes ask for. */
  private static Optional<HeldBack> heldBack(Forwarded forwarded) {
    if (forwarded.forwarding() instanceof Forwarding.Refused refused) {
      return Optional.of(new HeldBack(Reason.PATTERN_TOO_LARGE, refused.message()));
    }
    if (!forwarded.refused().isEmpty()) {
      return Optional.of(
          new HeldBack(
              Reason.ROUTE_REFUSED,
              "the forwarding rule stays as it was until these EventRoutes are corrected: "
                  + Abbreviation.of(forwarded.refused())));
    }
    return Optional.empty();
  }

  /** A rule more than the quota is not even tried: AWS would refuse it again and again. */
  private static Optional<HeldBack> noRoomForARule(AdmittedBus bus, Forwarded routed) {
    EventBackbone backbone = bus.backbone().resource();
    return Optional.ofNullable(backbone.getStatus().rules())
        .filter(rules -> !(routed.forwarding() instanceof Forwarding.Nothing))
        .filter(rules -> rules.used() >= rules.limit())
        .filter(rules -> !bus.hasOwnRule())
        .map(rules ->
            new HeldBack(
                Reason.QUOTA_EXCEEDED,
                "the global bus of %s in account %s has %d of the %d rules that AWS allows it%s: %s"
                    .formatted(
                        EventRecorder.describe(backbone),
                        bus.backbone().scope().accountId(),
                        rules.used(),
                        rules.limit(),
                        backbone
                            .getStatus()
                            .rulesOfOthers()
                            .map(", %d of which are others'"::formatted)
                            .orElse(""),
                        BusQuotas.MORE_RULES)));
  }

  /** Don't try a wildcard rule beyond the fixed quota. */
  private static Optional<HeldBack> noRoomForWildcards(AdmittedBus bus, Forwarded routed) {
    AdmittedBackbone backbone = bus.backbone();
    return Optional.ofNullable(backbone.resource().getStatus().wildcardRules())
        .filter(rules -> rules.used() >= rules.limit())
        .filter(rules -> !routed.wildcardRoutes().isEmpty() && !bus.hasOwnRuleWithWildcards())
        .map(rules ->
            new HeldBack(
                Reason.QUOTA_EXCEEDED,
                "the global bus of %s in account %s has %d of the %d rules with wildcards that AWS allows any bus, and what forwards to this bus stays as it was: have EventRoutes %s use prefix, suffix or detail types in place of wildcard, or reach fewer buses"
                    .formatted(
                        EventRecorder.describe(backbone.resource()),
                        backbone.scope().accountId(),
                        rules.used(),
                        rules.limit(),
                        Abbreviation.of(routed.wildcardRoutes()))));
  }

  /** The backbone's policy has no room for the account: it receives, but may not publish. */
  private static Optional<HeldBack> leftOut(AdmittedBus bus) {
    return Optional.ofNullable(bus.backbone().resource().getStatus().publishers())
        .filter(publishers -> publishers.leftOut().contains(bus.scope().accountId()))
        .map(publishers ->
            new HeldBack(
                Reason.QUOTA_EXCEEDED,
                "the bus receives, but its services may not publish: the policy of the global bus is full; see %s"
                    .formatted(EventRecorder.describe(bus.backbone().resource()))));
  }

  /** What is published before the policy of the global bus says so is denied. */
  private static Optional<HeldBack> notYetPublishing(AdmittedBus bus) {
    return Optional.ofNullable(bus.backbone().resource().getStatus().publishers())
        .filter(publishers -> !publishers.identifiers().contains(bus.identifier()))
        .map(publishers ->
            new HeldBack(
                Reason.BACKBONE_NOT_READY,
                "the bus receives, but its services may not publish before the policy of the global bus of %s says so"
                    .formatted(EventRecorder.describe(bus.backbone().resource()))));
  }

  private static String ready(AdmittedBus bus, Forwarded forwarded) {
    boolean isForwarded = !(forwarded.forwarding() instanceof Forwarding.Nothing);
    String routes = Abbreviation.of(forwarded.routes());
    if (forwarded.extent() instanceof Extent.AsSubscribed) {
      return isForwarded
          ? "bus %s receives what its subscriptions ask for, by %s".formatted(bus.busName(), routes)
          : "bus %s is there, but no EventSubscription asks for what an EventRoute brings: it receives nothing"
              .formatted(bus.busName());
    }
    if (!isForwarded) {
      return "bus %s is there, but no EventRoute reaches it: it receives nothing"
          .formatted(bus.busName());
    }
    String received = "bus %s receives by %s".formatted(bus.busName(), routes);
    return forwarded.extent() instanceof Extent.AsRoutedAfterAll all
        ? "%s all that they let through: %s".formatted(received, all.cause())
        : received;
  }

  private ServiceAccountBusStatus status(
      AdmittedBus bus,
      Forwarded forwarded,
      WantedState wanted,
      Outcome outcome,
      Verdict verdict,
      List<Condition> conditions) {
    boolean isThere = verdict.appliedHash().isPresent();
    String rule = forwardingRuleArn(bus, forwarded, outcome);
    boolean isForwarded = rule != null && forwarded.forwarding() instanceof Forwarding.Rule;
    return ServiceAccountBusStatusBuilder.builder()
        .observedGeneration(bus.resource().getMetadata().getGeneration())
        .identifier(bus.identifier())
        .accountId(bus.scope().accountId())
        .busArn(isThere || isBusThere(bus, outcome) ? bus.busKey().arn() : null)
        .forwardingRuleArn(rule)
        .patternCharacters(patternCharacters(bus, wanted, outcome).orElse(null))
        .deadLetterQueueUrl(queueUrl(verdict, bus))
        .logGroupName(isThere && bus.audit().enabled() ? bus.logGroupName() : null)
        .busLogGroupName(
            outcome.logGroupOf(bus.busLog(), bus.deletionPolicy(), wanted.owner()).orElse(null))
        .kmsKeyIdentifier(outcome.keyOf(bus.encryption()).orElse(null))
        .routes(isForwarded ? forwarded.routes() : List.of())
        .wildcardRoutes(wildcardRoutes(bus, forwarded, outcome))
        .subscriptions(subscriptions(bus.resource()))
        .plan(verdict.plan())
        .appliedHash(verdict.appliedHash().orElse(null))
        .conditions(conditions)
        .build();
  }

  /** Subscriptions wait for the bus, and not for what may fail after it, such as its log. */
  private static boolean isBusThere(AdmittedBus bus, Outcome outcome) {
    return outcome.hasBrought(bus.busKey()).orElse(bus.resource().getStatus().busArn() != null);
  }

  /** Whether AWS has the wanted rule on the global bus, even if a later step failed. */
  private static boolean hasBroughtRule(AdmittedBus bus, Outcome outcome) {
    return outcome.hasBrought(bus.forwardingRuleKey()).orElse(false);
  }

  /** ARN of the rule that is sure to forward to the bus, or null. */
  private static String forwardingRuleArn(AdmittedBus bus, Forwarded forwarded, Outcome outcome) {
    String before = bus.resource().getStatus().forwardingRuleArn();
    if (!hasBroughtRule(bus, outcome)) {
      return before;
    }
    if (forwarded.forwarding() instanceof Forwarding.Rule) {
      return bus.forwardingRuleKey().arn();
    }
    return forwarded.isWhole() ? null : before;
  }

  /** Routes whose wildcards the rule has; as before where the rule stays as it was. */
  private static List<String> wildcardRoutes(
      AdmittedBus bus, Forwarded forwarded, Outcome outcome) {
    boolean isBrought = hasBroughtRule(bus, outcome) && (forwarded.isWhole() || !bus.hasOwnRule());
    return isBrought ? forwarded.wildcardRoutes() : bus.resource().getStatus().wildcardRoutes();
  }

  /** Of the rule that AWS has: one that is left as it is has the pattern of before. */
  private static Optional<Integer> patternCharacters(
      AdmittedBus bus, WantedState wanted, Outcome outcome) {
    return wanted.resources().stream()
        .filter(it -> it.key().equals(bus.forwardingRuleKey()))
        .filter(it -> hasBroughtRule(bus, outcome) && !(it instanceof Wanted.Left))
        .findFirst()
        .map(it ->
            it instanceof Wanted.Present(Rule rule)
                ? Optional.of(rule.pattern().length())
                : Optional.<Integer>empty())
        .orElseGet(() -> bus.resource().getStatus().ownPatternCharacters());
  }

  /** Of the last time that AWS was asked, when it could not be asked now. */
  private static String queueUrl(Verdict verdict, AdmittedBus bus) {
    return verdict.addresses().isEmpty()
        ? bus.resource().getStatus().deadLetterQueueUrl()
        : verdict.address(bus.deadLetterQueueKey());
  }

  private Reconciled<ServiceAccountBusStatus> unchanged(
      ServiceAccountBus resource, List<Condition> conditions, Next next) {
    return new Reconciled<>(
        resource.getStatus().toBuilder()
            .observedGeneration(resource.getMetadata().getGeneration())
            .conditions(conditions)
            .build(),
        next);
  }

  private Totals subscriptions(ServiceAccountBus resource) {
    List<EventSubscription> admitted = admittedSubscriptions(resource);
    long ready =
        admitted.stream().filter(it -> Conditions.isTrue(it.getStatus(), Conditions.READY)).count();
    return new Totals(admitted.size(), Math.toIntExact(ready));
  }

  private List<EventSubscription> admittedSubscriptions(ServiceAccountBus resource) {
    return inventory.subscriptionsOf(resource).stream()
        .filter(subscription -> admissions.isAdmitted(subscription, resource))
        .toList();
  }

  @Override
  public DeleteControl cleanup(ServiceAccountBus resource, Context<ServiceAccountBus> context) {
    return surroundings.cleanUp(
        resource,
        (reason, message) -> waiting(resource, reason, message),
        () -> cleanedUp(resource));
  }

  private DeleteControl cleanedUp(ServiceAccountBus resource) {
    List<EventSubscription> subscriptions = admittedSubscriptions(resource);
    if (!subscriptions.isEmpty()) {
      return surroundings
          .deletion()
          .waitFor(
              subscriptions, resource, (reason, message) -> waiting(resource, reason, message));
    }
    Admission<AdmittedBus> admission = admissions.bus(resource);
    if (admission instanceof Refused<AdmittedBus> refused) {
      return letGo(resource, refused);
    }
    AdmittedBus bus = ((Admitted<AdmittedBus>) admission).value();
    return surroundings
        .deletion()
        .conclude(
            programming.remove(
                Subject.of(resource),
                leaving(bus),
                accounts(bus),
                bus.backbone().spec().managementPolicy(),
                bus.deletionPolicy()),
            resource,
            (reason, message) -> waiting(resource, reason, message));
  }

  /**
   * Nobody receives by an account that is lost, and each event that is forwarded to it costs: so
   * its rule on the global bus goes, even where all else is kept.
   */
  private WantedState leaving(AdmittedBus bus) {
    return topology.of(
        bus, Deletion.isAbandoned(bus.resource()) ? Forwarded.NOTHING : routing.to(bus));
  }

  /**
   * What it has in its own account stays. That it is refused may not have been seen before, so what
   * forwards to it in the backbone's account may still be there.
   */
  private DeleteControl letGo(ServiceAccountBus resource, Refused<AdmittedBus> refused) {
    Optional<Outcome> outcome =
        admissions
            .backboneOf(resource)
            .admitted()
            .map(backbone -> stopForwarding(resource, backbone, refused.reason()));
    if (outcome.isPresent() && outcome.get() instanceof Outcome.Failed failed) {
      return surroundings
          .deletion()
          .conclude(
              List.of(failed), resource, (reason, message) -> waiting(resource, reason, message));
    }
    return surroundings.deletion().letGo(resource, refused.reason(), refused.message());
  }

  private Outcome stopForwarding(
      ServiceAccountBus resource, AdmittedBackbone backbone, Reason why) {
    return programming.bring(
        Subject.of(resource),
        topology.withdrawn(resource, backbone, why),
        Accounts.of(backbone.account()),
        backbone.spec(),
        Optional.empty());
  }

  private ServiceAccountBusStatus waiting(
      ServiceAccountBus resource, Reason reason, String message) {
    List<Condition> conditions =
        surroundings.conditions(resource, resource.getStatus()).waiting(reason, message);
    return unchanged(resource, conditions, new Next.OnChange()).status();
  }

  @Override
  public ErrorStatusUpdateControl<ServiceAccountBus> updateErrorStatus(
      ServiceAccountBus resource, Context<ServiceAccountBus> context, Exception failure) {
    return surroundings.publishFailure(
        resource, failure, context, (reason, message) -> waiting(resource, reason, message));
  }

  private static Accounts accounts(AdmittedBus bus) {
    return Accounts.of(bus.account(), bus.backbone().account());
  }
}
