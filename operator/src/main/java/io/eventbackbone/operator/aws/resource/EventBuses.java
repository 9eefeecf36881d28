package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.EncryptionKey;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogConfig.IncludeDetail;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.operator.aws.failure.AwsFailure.HeldByOthers;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import io.eventbackbone.operator.aws.failure.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** Event buses. */
final class EventBuses {

  private final EventBridgeClient events;
  private final BusPolicies policies;

  EventBuses(EventBridgeClient events, BusPolicies policies) {
    this.events = events;
    this.policies = policies;
  }

  Optional<DescribeEventBusResponse> describe(EventBusKey bus) {
    policies.described(bus);
    try {
      return Optional.of(events.describeEventBus(it -> it.name(bus.name())));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  Observed observed(EventBusKey key, DescribeEventBusResponse described, Lists lists) {
    return new Observed(
        new EventBus(
            key,
            Optional.of(
                new EncryptionKey(
                    Optional.ofNullable(described.kmsKeyIdentifier()),
                    Optional.ofNullable(described.description()).filter(text -> !text.isEmpty()))),
            Optional.of(logConfig(described.logConfig()))),
        new EventBridgeTags(events, key).read(lists));
  }

  void create(EventBus bus, Map<String, String> tags) {
    events.createEventBus(it ->
        it.name(bus.key().name())
            .kmsKeyIdentifier(
                bus.encryption().flatMap(EncryptionKey::kmsKeyIdentifier).orElse(null))
            .description(
                bus.encryption()
                    .flatMap(key -> key.descriptionOver(EncryptionKey.OWNED_BY_AWS))
                    .orElse(null))
            .logConfig(
                bus.logConfig()
                    .filter(config -> !config.isOff())
                    .map(EventBuses::logConfig)
                    .orElse(null))
            .tags(EventBridgeTags.list(tags)));
    policies.created(bus.key());
  }

  /**
   * Sends the changed attributes alone, because not every Region and emulator knows the others.
   * UpdateEventBus keeps an attribute that is not sent; an empty key identifier stands for the key
   * that AWS owns.
   */
  void update(EventBus bus, EventBus before) {
    EncryptionKey keyBefore = before.encryption().orElse(EncryptionKey.OWNED_BY_AWS);
    Optional<EncryptionKey> key =
        bus.encryption()
            .filter(
                wantedKey -> !wantedKey.kmsKeyIdentifier().equals(keyBefore.kmsKeyIdentifier()));
    Optional<LogConfig> log =
        bus.logConfig().filter(config -> before.logConfig().filter(config::equals).isEmpty());
    events.updateEventBus(it ->
        it.name(bus.key().name())
            .kmsKeyIdentifier(key.map(to -> to.kmsKeyIdentifier().orElse("")).orElse(null))
            .description(key.flatMap(to -> to.descriptionOver(keyBefore)).orElse(null))
            .logConfig(log.map(EventBuses::logConfig).orElse(null)));
  }

  private static LogConfig logConfig(
      software.amazon.awssdk.services.eventbridge.model.LogConfig told) {
    return told == null || told.level() == null
        ? LogConfig.OFF
        : new LogConfig(
            LogConfig.Level.valueOf(told.levelAsString()),
            Optional.ofNullable(told.includeDetailAsString())
                .map(IncludeDetail::valueOf)
                .orElse(IncludeDetail.NONE));
  }

  private static software.amazon.awssdk.services.eventbridge.model.LogConfig logConfig(
      LogConfig wanted) {
    return software.amazon.awssdk.services.eventbridge.model.LogConfig.builder()
        .level(wanted.level().name())
        .includeDetail(wanted.includeDetail().name())
        .build();
  }

  /** EventBridge refuses to delete a bus that has rules with a validation error. */
  void delete(EventBusKey bus) {
    try {
      events.deleteEventBus(it -> it.name(bus.name()));
    } catch (EventBridgeException e) {
      List<String> rules =
          ErrorCode.of(e).equals(ErrorCode.VALIDATION) ? rulesOn(bus.name(), e) : List.of();
      if (rules.isEmpty()) {
        throw e;
      }
      throw new AwsFailureException(
          new HeldByOthers(
              "account %s: bus %s can't be deleted, because it has rules of others: %s; have their owners delete them with their targets, or keep the bus with deletionPolicy Retain"
                  .formatted(bus.scope().accountId(), bus.name(), Abbreviation.of(rules))),
          e);
    }
  }

  /** The names of the first hundred rules; none if the role may not list them. */
  private List<String> rulesOn(String bus, EventBridgeException refusal) {
    try {
      return events.listRules(it -> it.eventBusName(bus)).rules().stream().map(Rule::name).toList();
    } catch (EventBridgeException unlisted) {
      refusal.addSuppressed(unlisted);
      return List.of();
    }
  }
}
