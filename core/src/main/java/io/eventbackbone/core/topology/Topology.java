package io.eventbackbone.core.topology;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionSpec;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedReplay;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.AdmittedType;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.Queue.Redrive;
import io.eventbackbone.core.resource.Replay;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.resource.SchemaRegistry;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.wanted.BusEncryption;
import io.eventbackbone.core.wanted.BusLog;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import io.eventbackbone.core.wanted.WantedState.Wanted.Withdrawn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The AWS state that each admitted custom resource wants. */
public final class Topology {

  private static final String REGISTRY =
      "Schemas of the event types on the event backbone, kept by the event backbone operator";

  private static final String DISCOVERER =
      "Schemas of the events on the event backbone, kept by the event backbone operator";

  private final String clusterId;

  /**
   * Creates the topology of a cluster.
   *
   * @param clusterId distinguishes the clusters that manage one account
   */
  public Topology(String clusterId) {
    this.clusterId = clusterId;
  }

  /** The global bus and everything that belongs to it, except for the forwarding rules. */
  public WantedState of(AdmittedBackbone backbone, Publishers publishers) {
    EventBackboneSpec spec = backbone.spec();
    EventBusKey bus = backbone.busKey();
    BusParts parts =
        new BusParts(
            bus,
            spec.deadLetter().enabled()
                ? Optional.of(backbone.deadLetterQueueKey())
                : Optional.empty(),
            spec.deletionPolicy());
    List<Wanted> wanted = new ArrayList<>();
    BusLog busLog = backbone.busLog();
    wanted.add(new Present(eventBus(busLog, backbone.encryption())));
    wanted.add(globalBusPolicy(bus, publishers));
    wanted.add(parts.deadLetterQueue(backbone.deadLetterQueueKey()));
    wanted.addAll(parts.logs(spec.audit(), backbone.logGroupName(), Names.GLOBAL_LOG_RULE, busLog));
    wanted.add(parts.archive(backbone.archive(), owner(backbone.resource())));
    schemaDiscovery(backbone).ifPresent(wanted::add);
    schemaRegistry(backbone).ifPresent(wanted::add);
    return new WantedState(tags(backbone), wanted);
  }

  /** The local bus, everything that belongs to it, and its rule on the global bus. */
  public WantedState of(AdmittedBus bus, Routing.Forwarded forwarded) {
    BusParts parts =
        new BusParts(
            bus.busKey(),
            bus.deadLetter().enabled() ? Optional.of(bus.deadLetterQueueKey()) : Optional.empty(),
            bus.deletionPolicy());
    List<Wanted> wanted = new ArrayList<>();
    wanted.add(new Present(eventBus(bus.busLog(), bus.encryption())));
    wanted.add(
        new Present(
            new BusPolicy(
                bus.busKey().policy(),
                Set.of(Policies.globalBusAccount(bus.busKey(), bus.backbone().scope())))));
    wanted.add(parts.deadLetterQueue(bus.deadLetterQueueKey()));
    wanted.addAll(parts.logs(bus.audit(), bus.logGroupName(), Names.LOCAL_LOG_RULE, bus.busLog()));
    if (bus.archive().isEnabled() || bus.hadArchive()) {
      wanted.add(parts.archive(bus.archive(), owner(bus.resource())));
    }
    wanted.add(forwardingRule(bus, forwarded));
    return new WantedState(new Tags(owner(bus.resource()), bus.tags()), wanted);
  }

  /** The rule and the queues of a subscription. */
  public WantedState of(AdmittedSubscription subscription) {
    EventSubscriptionSpec spec = subscription.resource().getSpec();
    QueueKey deadLetters = subscription.deadLetterQueueKey();
    Queue queue =
        new Queue(
            subscription.queueKey(),
            subscription.queueKind() == Queue.Kind.FIFO,
            Optional.of(spec.queue().visibilityTimeoutSeconds()),
            BusParts.seconds(spec.queue().retentionDays()),
            Optional.of(new Redrive(deadLetters.arn(), spec.queue().maxReceiveCount())),
            Set.of(Policies.rule(subscription.queueKey(), subscription.ruleKey())));
    Queue deadLetterQueue =
        new Queue(
            deadLetters,
            subscription.queueKind() == Queue.Kind.FIFO,
            Optional.empty(),
            BusParts.seconds(spec.deadLetter().retentionDays()),
            Optional.empty(),
            Set.of());
    return new WantedState(
        new Tags(owner(subscription.resource()), subscription.bus().tags()),
        List.of(
            new Present(queue),
            new Present(deadLetterQueue),
            new Present(subscriptionRule(subscription))));
  }

  /** The schema of an event type in the registry of the backbone. */
  public WantedState of(AdmittedType type) {
    AdmittedBackbone backbone = type.bus().backbone();
    Wanted schema =
        backbone
            .spec()
            .publishedSchemas()
            .<Wanted>map(format -> new Present(type.publishedIn(format)))
            .orElseGet(() ->
                BusParts.disabled(
                    backbone.schemaKey(type.resource(), type.bus().resource()),
                    backbone.spec().deletionPolicy()));
    return new WantedState(new Tags(owner(type.resource()), type.bus().tags()), List.of(schema));
  }

  /** What an event type, admitted or not, may leave behind: its schema. */
  public WantedState left(EventType type, SchemaKey schema) {
    return new WantedState(Tags.of(owner(type)), List.of(new Untouched(schema, Optional.empty())));
  }

  /** The replay to start for an admitted custom resource, once. */
  public Replay of(AdmittedReplay replay) {
    return new Replay(
        replayId(replay.resource(), replay.archive().bus().scope()),
        replay.archive().key(),
        replay.archive().bus(),
        replay.rules(),
        replay.window().from(),
        replay.window().to(),
        owner(replay.resource()).tagValue());
  }

  /** The name of a custom resource's replay, whether it is admitted or not. */
  public Replay.Id replayId(EventReplay replay, AccountScope scope) {
    String identity = owner(replay).tagValue() + "\n" + ReplayIdentity.of(replay.getSpec());
    return new Replay.Id(scope, Names.replay(replay.getMetadata().getName(), identity));
  }

  private Tags tags(AdmittedBackbone backbone) {
    return new Tags(owner(backbone.resource()), new TreeMap<>(backbone.spec().tags()));
  }

  /**
   * A bus that is not admitted loses its forwarding rule. A rule that an earlier object of its name
   * released stays as long as a reference of the bus is missing: the referent may come later.
   *
   * @param why the reason for which the bus is not admitted
   */
  public WantedState withdrawn(ServiceAccountBus bus, AdmittedBackbone backbone, Reason why) {
    RuleKey rule = AdmittedBus.forwardingRuleKey(bus, backbone);
    return new WantedState(
        Tags.of(owner(bus)),
        List.of(why == Reason.REFERENCE_NOT_FOUND ? new Withdrawn(rule) : new Absent(rule)));
  }

  /** A subscription that is no longer admitted loses its rule and keeps its queues. */
  public WantedState withdrawn(EventSubscription subscription, AdmittedBus bus) {
    return new WantedState(
        Tags.of(owner(subscription)),
        List.of(new Absent(AdmittedSubscription.ruleKey(subscription, bus))));
  }

  private Owner owner(HasMetadata object) {
    return new Owner(
        clusterId,
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName());
  }

  private static EventBus eventBus(BusLog log, BusEncryption encryption) {
    return new EventBus(log.bus(), encryption.wanted(), log.wanted());
  }

  private static Wanted globalBusPolicy(EventBusKey bus, Publishers publishers) {
    return publishers.policy().isEmpty()
        ? new Absent(bus.policy())
        : new Present(new BusPolicy(bus.policy(), publishers.policy()));
  }

  /**
   * A discoverer that is switched off goes, whatever the deletion policy: it holds no data, and the
   * schemas that it found stay in their registry. It reads events from other accounts, because
   * those of a global bus come from there.
   */
  private static Optional<Wanted> schemaDiscovery(AdmittedBackbone backbone) {
    if (backbone.spec().schemaDiscovery().enabled()) {
      return Optional.of(
          new Present(
              new Discoverer(
                  backbone.discovererKey(), DISCOVERER, true, Discoverer.State.STARTED)));
    }
    return backbone.hadDiscoverer()
        ? Optional.of(new Absent(backbone.discovererKey()))
        : Optional.empty();
  }

  private static Optional<Wanted> schemaRegistry(AdmittedBackbone backbone) {
    SchemaRegistryKey key = backbone.schemaRegistryKey();
    return backbone.spec().publishedSchemas().isPresent()
        ? Optional.of(new Present(new SchemaRegistry(key, REGISTRY)))
        : backbone
            .resource()
            .getStatus()
            .schemaRegistry()
            .map(arn -> BusParts.disabled(key, backbone.spec().deletionPolicy()));
  }

  private static Wanted forwardingRule(AdmittedBus bus, Routing.Forwarded forwarded) {
    RuleKey key = bus.forwardingRuleKey();
    Optional<AwsResource> rule =
        forwarded.forwarding() instanceof Forwarding.Rule compiled
            ? Optional.of(forwardingRule(bus, compiled.pattern()))
            : Optional.empty();
    if (!forwarded.isWhole()) {
      return new Untouched(key, rule);
    }
    return rule.<Wanted>map(Present::new).orElseGet(() -> new Absent(key));
  }

  private static Rule forwardingRule(AdmittedBus bus, EventPattern pattern) {
    return new Rule(
        bus.forwardingRuleKey(), pattern.text(), Rule.State.ENABLED, Set.of(forwardingTarget(bus)));
  }

  private static Target forwardingTarget(AdmittedBus bus) {
    AdmittedBackbone backbone = bus.backbone();
    return new Target(
        Names.TARGET_ID,
        bus.busKey().arn(),
        Optional.of(backbone.forwardingRoleArn()),
        backbone.spec().deadLetter().enabled()
            ? Optional.of(backbone.deadLetterQueueKey().arn())
            : Optional.empty(),
        Optional.empty());
  }

  private static Rule subscriptionRule(AdmittedSubscription subscription) {
    AdmittedBus bus = subscription.bus();
    Target target =
        new Target(
            Names.TARGET_ID,
            subscription.queueKey().arn(),
            Optional.empty(),
            bus.deadLetter().enabled()
                ? Optional.of(bus.deadLetterQueueKey().arn())
                : Optional.empty(),
            subscription.queueKind() == Queue.Kind.STANDARD
                ? Optional.empty()
                : Optional.of(Names.messageGroup(subscription.resource().getMetadata().getName())));
    return new Rule(
        subscription.ruleKey(),
        subscription.pattern().text(),
        subscription.resource().getSpec().suspend() ? Rule.State.DISABLED : Rule.State.ENABLED,
        Set.of(target));
  }
}
