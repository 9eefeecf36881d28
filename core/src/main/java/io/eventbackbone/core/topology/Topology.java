package io.eventbackbone.core.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Audit;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionSpec;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.Archive;
import io.eventbackbone.core.resource.AwsResource.BusPolicy;
import io.eventbackbone.core.resource.AwsResource.Discoverer;
import io.eventbackbone.core.resource.AwsResource.DiscovererState;
import io.eventbackbone.core.resource.AwsResource.EventBus;
import io.eventbackbone.core.resource.AwsResource.LogGroup;
import io.eventbackbone.core.resource.AwsResource.LogResourcePolicy;
import io.eventbackbone.core.resource.AwsResource.Queue;
import io.eventbackbone.core.resource.AwsResource.QueueKind;
import io.eventbackbone.core.resource.AwsResource.Redrive;
import io.eventbackbone.core.resource.AwsResource.Rule;
import io.eventbackbone.core.resource.AwsResource.RuleState;
import io.eventbackbone.core.resource.AwsResource.Target;
import io.eventbackbone.core.resource.BusEncryption;
import io.eventbackbone.core.resource.BusLog;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.Owner;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.Tags;
import io.eventbackbone.core.resource.WantedState;
import io.eventbackbone.core.resource.WantedState.Wanted;
import io.eventbackbone.core.resource.WantedState.Wanted.Absent;
import io.eventbackbone.core.resource.WantedState.Wanted.Left;
import io.eventbackbone.core.resource.WantedState.Wanted.Present;
import io.eventbackbone.core.resource.WantedState.Wanted.Withdrawn;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Custom resources → the AWS state that they ask for. */
public final class Topology {

  private static final String DISCOVERER =
      "Schemas of the events on the event backbone, kept by the event backbone operator";

  /** SQS keeps messages for fourteen days at most. */
  private static final int LONGEST_RETENTION_SECONDS = seconds(14);

  private final String clusterId;

  /**
   * @param clusterId tells clusters apart that manage the same account
   */
  public Topology(String clusterId) {
    this.clusterId = clusterId;
  }

  /** The global bus with all that belongs to it but the forwarding rules. */
  public WantedState of(AdmittedBackbone backbone, Publishers publishers) {
    EventBackboneSpec spec = backbone.spec();
    ResourceKey bus = backbone.busKey();
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
    wanted.add(archive(backbone, parts));
    schemaDiscovery(backbone).ifPresent(wanted::add);
    return new WantedState(tags(backbone), wanted);
  }

  /** The local bus with all that belongs to it, and its own rule on the global bus. */
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
                bus.scope(),
                bus.busName(),
                Set.of(Policies.globalBusAccount(bus.busKey(), bus.backbone().scope())))));
    wanted.add(parts.deadLetterQueue(bus.deadLetterQueueKey()));
    wanted.addAll(parts.logs(bus.audit(), bus.logGroupName(), Names.LOCAL_LOG_RULE, bus.busLog()));
    wanted.add(forwardingRule(bus, forwarded));
    return new WantedState(new Tags(owner(bus.resource()), bus.tags()), wanted);
  }

  /** A subscription's rule and queues. */
  public WantedState of(AdmittedSubscription subscription) {
    EventSubscriptionSpec spec = subscription.resource().getSpec();
    ResourceKey deadLetters = subscription.deadLetterQueueKey();
    Queue queue =
        new Queue(
            deadLetters.scope(),
            subscription.queueKey().name(),
            subscription.queueKind() == QueueKind.FIFO,
            Optional.of(spec.queue().visibilityTimeoutSeconds()),
            seconds(spec.queue().retentionDays()),
            Optional.of(new Redrive(deadLetters.arn(), spec.queue().maxReceiveCount())),
            Set.of(Policies.rule(subscription.queueKey(), subscription.ruleKey())));
    Queue deadLetterQueue =
        new Queue(
            deadLetters.scope(),
            deadLetters.name(),
            subscription.queueKind() == QueueKind.FIFO,
            Optional.empty(),
            seconds(spec.deadLetter().retentionDays()),
            Optional.empty(),
            Set.of());
    return new WantedState(
        new Tags(owner(subscription.resource()), subscription.bus().tags()),
        List.of(
            new Present(queue),
            new Present(deadLetterQueue),
            new Present(subscriptionRule(subscription))));
  }

  private Tags tags(AdmittedBackbone backbone) {
    return new Tags(owner(backbone.resource()), new TreeMap<>(backbone.spec().tags()));
  }

  /**
   * What must go when a bus is not admitted: nothing is forwarded to the bus any more. What an
   * earlier object of its name released stays while a reference of the bus is not there: it may be
   * applied after the bus.
   *
   * @param why the bus is not admitted
   */
  public WantedState withdrawn(ServiceAccountBus bus, AdmittedBackbone backbone, Reason why) {
    ResourceKey rule = AdmittedBus.forwardingRuleKey(bus, backbone);
    return new WantedState(
        Tags.of(owner(bus)),
        List.of(why == Reason.REFERENCE_NOT_FOUND ? new Withdrawn(rule) : new Absent(rule)));
  }

  /** What must go when a subscription's admission is withdrawn: its rule; the queue stays. */
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
    return new EventBus(log.bus().scope(), log.bus().name(), encryption.wanted(), log.wanted());
  }

  private static Wanted globalBusPolicy(ResourceKey bus, Publishers publishers) {
    ResourceKey key = new ResourceKey(ResourceKey.Type.BUS_POLICY, bus.scope(), bus.name());
    return publishers.policy().isEmpty()
        ? new Absent(key)
        : new Present(new BusPolicy(bus.scope(), bus.name(), publishers.policy()));
  }

  private Wanted archive(AdmittedBackbone backbone, BusParts parts) {
    String name = Names.archive(backbone.spec().busName());
    ResourceKey key = new ResourceKey(ResourceKey.Type.ARCHIVE, backbone.scope(), name);
    if (!backbone.spec().archive().enabled()) {
      return parts.disabled(key);
    }
    if (backbone.archiveProblem().isPresent()) {
      return new Left(key, Optional.empty());
    }
    return new Present(
        new Archive(
            backbone.scope(),
            name,
            backbone.busKey().arn(),
            backbone.spec().archive().retentionDays(),
            backbone.spec().archive().archived().map(ObjectNode::toString),
            owner(backbone.resource()).tagValue()));
  }

  /**
   * Switched off it goes, whatever the deletion policy: it holds no data, and the schemas that it
   * found stay in their registry. The events of a global bus come from other accounts.
   */
  private static Optional<Wanted> schemaDiscovery(AdmittedBackbone backbone) {
    if (backbone.spec().schemaDiscovery().enabled()) {
      return Optional.of(
          new Present(
              new Discoverer(
                  backbone.scope(),
                  backbone.spec().busName(),
                  DISCOVERER,
                  true,
                  DiscovererState.STARTED)));
    }
    return backbone.hadDiscoverer()
        ? Optional.of(new Absent(backbone.discovererKey()))
        : Optional.empty();
  }

  private static Wanted forwardingRule(AdmittedBus bus, Routing.Forwarded forwarded) {
    ResourceKey key = bus.forwardingRuleKey();
    Optional<AwsResource> rule =
        forwarded.forwarding() instanceof Forwarding.Rule compiled
            ? Optional.of(forwardingRule(bus, compiled.pattern()))
            : Optional.empty();
    if (!forwarded.isWhole()) {
      return new Left(key, rule);
    }
    return rule.<Wanted>map(Present::new).orElseGet(() -> new Absent(key));
  }

  private static Rule forwardingRule(AdmittedBus bus, EventPattern pattern) {
    AdmittedBackbone backbone = bus.backbone();
    return new Rule(
        backbone.scope(),
        backbone.spec().busName(),
        Names.forwardingRule(bus.identifier()),
        pattern.text(),
        RuleState.ENABLED,
        Set.of(forwardingTarget(bus)));
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
            subscription.queueKind() == QueueKind.STANDARD
                ? Optional.empty()
                : Optional.of(Names.messageGroup(subscription.resource().getMetadata().getName())));
    return new Rule(
        bus.scope(),
        bus.busName(),
        subscription.ruleName(),
        subscription.pattern().text(),
        subscription.resource().getSpec().suspend() ? RuleState.DISABLED : RuleState.ENABLED,
        Set.of(target));
  }

  private static int seconds(int days) {
    return Math.toIntExact(Duration.ofDays(days).toSeconds());
  }

  /** What every bus has, global or local. */
  private record BusParts(
      ResourceKey bus, Optional<ResourceKey> deadLetters, DeletionPolicy deletionPolicy) {

    /** What holds data outlives its being switched off, unless Delete was asked for. */
    Wanted disabled(ResourceKey key) {
      return switch (deletionPolicy) {
        case RETAIN -> new Left(key, Optional.empty());
        case DELETE -> new Absent(key);
      };
    }

    Wanted deadLetterQueue(ResourceKey key) {
      if (deadLetters.isEmpty()) {
        return disabled(key);
      }
      return new Present(
          new Queue(
              key.scope(),
              key.name(),
              false,
              Optional.empty(),
              LONGEST_RETENTION_SECONDS,
              Optional.empty(),
              Set.of(Policies.rulesOf(key, bus))));
    }

    /** Both logs, which may share a log group: as long as events are logged, it is theirs. */
    List<Wanted> logs(Audit audit, String auditLogGroupName, String ruleName, BusLog busLog) {
      ResourceKey auditLogGroup =
          new ResourceKey(ResourceKey.Type.LOG_GROUP, bus.scope(), auditLogGroupName);
      boolean isShared = busLog.logGroup().name().equals(auditLogGroupName);
      List<ObjectNode> statements = new ArrayList<>();
      List<Wanted> logs = new ArrayList<>();
      if (audit.enabled()) {
        Optional<Integer> days = audit.retention();
        logs.add(
            logGroup(
                auditLogGroup, isShared && busLog.isOn() ? days.or(busLog::retentionDays) : days));
        statements.add(Policies.logDelivery(auditLogGroup));
      } else if (!isShared || !busLog.isOn()) {
        logs.add(disabled(auditLogGroup));
      }
      if (busLog.isOn()) {
        statements.add(Policies.busLogDelivery(busLog.logGroup(), busLog.sourceArns()));
      }
      if (!isShared) {
        logs.add(
            busLog.isOn()
                ? logGroup(busLog.logGroup(), busLog.retentionDays())
                : disabled(busLog.logGroup()));
      } else if (busLog.isOn() && !audit.enabled()) {
        logs.add(logGroup(busLog.logGroup(), busLog.retentionDays()));
      }
      logs.add(logPolicy(statements));
      logs.add(auditRule(audit, auditLogGroup, ruleName));
      logs.addAll(busLog.deliveries());
      return logs;
    }

    private static Wanted logGroup(ResourceKey key, Optional<Integer> retentionDays) {
      return new Present(new LogGroup(key, retentionDays));
    }

    private Wanted logPolicy(List<ObjectNode> statements) {
      ResourceKey key =
          new ResourceKey(
              ResourceKey.Type.LOG_RESOURCE_POLICY,
              bus.scope(),
              Names.logResourcePolicy(bus.name()));
      return statements.isEmpty()
          ? new Absent(key)
          : new Present(
              new LogResourcePolicy(key.scope(), key.name(), Policies.logPolicy(statements)));
    }

    private Wanted auditRule(Audit audit, ResourceKey logGroup, String ruleName) {
      ResourceKey key = ResourceKey.rule(bus.scope(), bus.name(), ruleName);
      return audit.enabled()
          ? new Present(
              new Rule(
                  bus.scope(),
                  bus.name(),
                  ruleName,
                  EventPattern.EVERYTHING.text(),
                  RuleState.ENABLED,
                  Set.of(
                      new Target(
                          Names.TARGET_ID,
                          logGroup.arn(),
                          Optional.empty(),
                          deadLetters.map(ResourceKey::arn),
                          Optional.empty()))))
          : new Absent(key);
    }
  }
}
