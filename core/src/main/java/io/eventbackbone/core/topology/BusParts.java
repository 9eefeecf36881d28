package io.eventbackbone.core.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.Audit;
import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.core.model.BusArchive;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.wanted.BusLog;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dead-letter queue, the archive and the logs, which any bus can have, global or local.
 *
 * @param deadLetters empty: the spec switches the dead-letter queue off
 */
record BusParts(EventBusKey bus, Optional<QueueKey> deadLetters, DeletionPolicy deletionPolicy) {

  /** The longest that SQS allows (SQS API Reference, CreateQueue). */
  private static final int LONGEST_RETENTION_SECONDS = seconds(14);

  static int seconds(int days) {
    return Math.toIntExact(Duration.ofDays(days).toSeconds());
  }

  /** A resource that holds data outlives being switched off, unless the policy is Delete. */
  Wanted disabled(ResourceKey key) {
    return disabled(key, deletionPolicy);
  }

  static Wanted disabled(ResourceKey key, DeletionPolicy deletionPolicy) {
    return switch (deletionPolicy) {
      case RETAIN -> new Untouched(key, Optional.empty());
      case DELETE -> new Absent(key);
    };
  }

  Wanted deadLetterQueue(QueueKey key) {
    if (deadLetters.isEmpty()) {
      return disabled(key);
    }
    return new Present(
        new Queue(
            key,
            false,
            Optional.empty(),
            LONGEST_RETENTION_SECONDS,
            Optional.empty(),
            Set.of(Policies.rulesOf(key, bus))));
  }

  /** The log of events and the log of the bus. A log group that both share is for events. */
  List<Wanted> logs(Audit audit, String auditLogGroupName, String ruleName, BusLog busLog) {
    LogGroupKey auditLogGroup =
        new LogGroupKey(bus.scope(), auditLogGroupName, LogGroupKey.Content.EVENTS);
    List<ObjectNode> statements = new ArrayList<>();
    List<Wanted> logs = new ArrayList<>(logGroups(audit, auditLogGroup, busLog));
    if (audit.enabled()) {
      statements.add(Policies.logDelivery(auditLogGroup));
    }
    if (busLog.isOn()) {
      statements.add(Policies.busLogDelivery(busLog.logGroup(), busLog.sourceArns()));
    }
    logs.add(logPolicy(statements));
    logs.add(auditRule(audit, auditLogGroup, bus.rule(ruleName)));
    logs.addAll(busLog.deliveries());
    return logs;
  }

  private List<Wanted> logGroups(Audit audit, LogGroupKey auditLogGroup, BusLog busLog) {
    boolean isShared = busLog.logGroup().name().equals(auditLogGroup.name());
    Wanted ofBus =
        busLog.isOn()
            ? logGroup(busLog.logGroup(), busLog.retentionDays())
            : disabled(busLog.logGroup());
    if (!isShared) {
      return List.of(
          audit.enabled() ? logGroup(auditLogGroup, audit.retention()) : disabled(auditLogGroup),
          ofBus);
    }
    if (!audit.enabled()) {
      return List.of(busLog.isOn() ? ofBus : disabled(auditLogGroup));
    }
    return List.of(
        logGroup(
            auditLogGroup,
            busLog.isOn() ? audit.retention().or(busLog::retentionDays) : audit.retention()));
  }

  /** An archive can't be tagged; its description names the owner. */
  Wanted archive(BusArchive archive, Owner owner) {
    if (!archive.isEnabled()) {
      return disabled(archive.key());
    }
    if (archive.problem().isPresent()) {
      return new Untouched(archive.key(), Optional.empty());
    }
    return new Present(
        new Archive(
            archive.key(),
            bus.arn(),
            archive.settings().retentionDays(),
            archive.settings().archived().map(ObjectNode::toString),
            archive.encryption().wanted(),
            owner.tagValue()));
  }

  private static Wanted logGroup(LogGroupKey key, Optional<Integer> retentionDays) {
    return new Present(new LogGroup(key, retentionDays));
  }

  private Wanted logPolicy(List<ObjectNode> statements) {
    LogResourcePolicyKey key =
        new LogResourcePolicyKey(bus.scope(), Names.logResourcePolicy(bus.name()));
    return statements.isEmpty()
        ? new Absent(key)
        : new Present(new LogResourcePolicy(key, Policies.logPolicy(statements)));
  }

  private Wanted auditRule(Audit audit, LogGroupKey logGroup, RuleKey key) {
    if (!audit.enabled()) {
      return new Absent(key);
    }
    Target target =
        new Target(
            Names.TARGET_ID,
            logGroup.arn(),
            Optional.empty(),
            deadLetters.map(ResourceKey::arn),
            Optional.empty());
    return new Present(
        new Rule(key, EventPattern.EVERYTHING.text(), Rule.State.ENABLED, Set.of(target)));
  }
}
