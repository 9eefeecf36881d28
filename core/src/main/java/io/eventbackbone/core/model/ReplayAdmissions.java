package io.eventbackbone.core.model;

import static io.eventbackbone.core.model.Admissions.describe;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides which replays may run, from the inventory alone. */
public final class ReplayAdmissions {

  private final Inventory inventory;
  private final Admissions admissions;
  private final InstantSource clock;

  /**
   * @param clock tells when a replay is created that the API server is about to store
   */
  public ReplayAdmissions(Inventory inventory, InstantSource clock) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.clock = clock;
  }

  /** Admits a replay of the past to receivers whose side admits it. */
  public Admission<AdmittedReplay> replay(EventReplay replay) {
    return Admissions.readable(replay)
        .then(it -> ReplayWindow.of(it, clock))
        .then(window ->
            replay.getSpec().backbone().isPresent()
                ? ofBackbone(replay, window)
                : ofSubscription(replay, window));
  }

  /**
   * Where the replay is, if it was started, whether it is still admitted or not: in the account of
   * its references, or, if these are gone, in the account of the ARN in its status.
   */
  public Optional<ReplayPlace> placeOf(EventReplay replay) {
    return placeByReferences(replay)
        .or(() -> replay.getStatus().startedReplay().flatMap(this::placeByArn));
  }

  /** How long a finished replay stays, if it does not stay for ever. Negative once it is over. */
  public Optional<Duration> stayLeft(EventReplay replay) {
    return Admissions.readable(replay)
        .admitted()
        .flatMap(it -> it.getSpec().stay())
        .flatMap(stay ->
            replay
                .getStatus()
                .completion()
                .map(Instant::parse)
                .map(end -> Duration.between(clock.instant(), end.plus(stay))));
  }

  private Optional<ReplayPlace> placeByReferences(EventReplay replay) {
    String namespace = replay.getMetadata().getNamespace();
    return replay.getSpec().backbone().isPresent()
        ? admissions
            .backbone(namespace, replay.getSpec().backbone().get().name())
            .admitted()
            .map(it -> new ReplayPlace(it.account(), it.scope(), it.spec().managementPolicy()))
        : subscription(replay)
            .then(admissions::referredBus)
            .then(admissions::bus)
            .admitted()
            .map(it ->
                new ReplayPlace(it.account(), it.scope(), it.backbone().spec().managementPolicy()));
  }

  private Optional<ReplayPlace> placeByArn(String arn) {
    String[] parts = arn.split(":", -1);
    if (parts.length < 6) {
      return Optional.empty();
    }
    AccountScope scope = new AccountScope(parts[4], parts[3]);
    return inventory.accountsWithId(scope.accountId()).stream()
        .filter(account -> admissions.account(account).admitted().isPresent())
        .findFirst()
        .map(account -> new ReplayPlace(account, scope, ManagementPolicy.MANAGE));
  }

  private Admission<AdmittedReplay> ofSubscription(EventReplay replay, ReplayWindow window) {
    return subscription(replay)
        .then(subscription ->
            admissions
                .busOf(subscription)
                .then(
                    bus -> archived(bus.archive(), bus.resource()).then(it -> allowed(replay, bus)))
                .then(bus -> active(subscription))
                .then(active ->
                    Admissions.because(subscription, admissions.subscription(subscription))))
        .then(subscription -> new Admitted<>(replay(replay, window, subscription)));
  }

  private AdmittedReplay replay(
      EventReplay replay, ReplayWindow window, AdmittedSubscription subscription) {
    EventSubscription resource = subscription.resource();
    return new AdmittedReplay(
        replay,
        window,
        subscription.bus().archive(),
        subscription.bus().backbone(),
        subscription.bus().account(),
        List.of(subscription.ruleKey()),
        resource.getStatus().ruleArn() == null ? List.of(resource) : List.of(),
        window.warnings(replay, clock));
  }

  private Admission<EventSubscription> subscription(EventReplay replay) {
    String namespace = replay.getMetadata().getNamespace();
    Optional<String> name = replay.getSpec().subscription().map(it -> it.name());
    return name.flatMap(it -> inventory.subscription(namespace, it))
        .<Admission<EventSubscription>>map(Admitted::new)
        .orElseGet(() ->
            Admissions.notFound(
                "EventSubscription %s/%s".formatted(namespace, name.orElse("")),
                "spec.subscriptionRef"));
  }

  private static Admission<BusArchive> archived(BusArchive archive, HasMetadata holder) {
    return archive.isEnabled()
        ? new Admitted<>(archive)
        : new Refused<>(
            Reason.NOT_ARCHIVED,
            "%s has no archive: events are archived from the time on that spec.archive.enabled is true"
                .formatted(describe(holder)));
  }

  private Admission<AdmittedBus> allowed(EventReplay replay, AdmittedBus bus) {
    String namespace = replay.getMetadata().getNamespace();
    ServiceAccountBus resource = bus.resource();
    return Selectors.admits(
            resource.getSpec().archive().allowedReplays(),
            resource.getMetadata().getNamespace(),
            namespace,
            inventory)
        ? new Admitted<>(bus)
        : new Refused<>(
            Reason.REFERENCE_NOT_ALLOWED,
            "%s does not let namespace %s replay its archive: its owner must admit it in spec.archive.allowedReplays"
                .formatted(describe(resource), namespace));
  }

  private static Admission<EventSubscription> active(EventSubscription subscription) {
    return subscription.getSpec().suspend()
        ? new Refused<>(
            Reason.SUBSCRIPTION_SUSPENDED,
            "%s is suspended, and would receive nothing: set its spec.suspend to false"
                .formatted(describe(subscription)))
        : new Admitted<>(subscription);
  }

  private Admission<AdmittedReplay> ofBackbone(EventReplay replay, ReplayWindow window) {
    return SpecCheck.selectorsOf(replay)
        .then(it ->
            admissions.backbone(
                replay.getMetadata().getNamespace(),
                replay.getSpec().backbone().orElseThrow().name()))
        .then(backbone ->
            archived(backbone.archive(), backbone.resource())
                .then(archive -> receivers(replay, backbone))
                .then(buses -> new Admitted<>(replay(replay, window, backbone, buses))));
  }

  private Admission<List<AdmittedBus>> receivers(EventReplay replay, AdmittedBackbone backbone) {
    List<AdmittedBus> buses =
        admissions.busesOf(backbone).stream()
            .filter(bus -> Selectors.selects(replay.getSpec(), bus.resource()))
            .toList();
    return buses.isEmpty()
        ? new Refused<>(
            Reason.REFERENCE_NOT_FOUND,
            "spec.busSelector selects no ServiceAccountBus of %s: label one, or create the replay anew with another selector"
                .formatted(describe(backbone.resource())))
        : new Admitted<>(buses);
  }

  /** A bus that no route reaches has no rule, and receives nothing. */
  private AdmittedReplay replay(
      EventReplay replay, ReplayWindow window, AdmittedBackbone backbone, List<AdmittedBus> buses) {
    List<AdmittedBus> without = buses.stream().filter(bus -> !bus.hasOwnRule()).toList();
    List<RuleKey> rules =
        buses.stream().filter(AdmittedBus::hasOwnRule).map(AdmittedBus::forwardingRuleKey).toList();
    List<HasMetadata> awaited =
        without.stream()
            .<HasMetadata>map(AdmittedBus::resource)
            .filter(bus -> rules.isEmpty() || isYetToBeApplied((ServiceAccountBus) bus))
            .toList();
    Stream<String> unreached =
        without.isEmpty() || !awaited.isEmpty()
            ? Stream.empty()
            : Stream.of(
                "no route reaches %s, which receive nothing"
                    .formatted(
                        Abbreviation.of(
                            without.stream().map(bus -> describe(bus.resource())).toList())));
    return new AdmittedReplay(
        replay,
        window,
        backbone.archive(),
        backbone,
        backbone.account(),
        rules,
        awaited,
        Stream.concat(window.warnings(replay, clock).stream(), unreached).toList());
  }

  private static boolean isYetToBeApplied(ServiceAccountBus bus) {
    return bus.getStatus().appliedHash() == null;
  }
}
