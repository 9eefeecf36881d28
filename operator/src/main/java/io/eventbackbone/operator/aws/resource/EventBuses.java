package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.BusPolicy;
import io.eventbackbone.core.resource.AwsResource.EncryptionKey;
import io.eventbackbone.core.resource.AwsResource.EventBus;
import io.eventbackbone.core.resource.AwsResource.IncludeDetail;
import io.eventbackbone.core.resource.AwsResource.LogConfig;
import io.eventbackbone.core.resource.AwsResource.LogLevel;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.operator.aws.failure.AwsFailure.HeldByOthers;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import io.eventbackbone.operator.aws.failure.ErrorCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** Event buses and their policies, which DescribeEventBus tells together. */
public final class EventBuses implements ResourceApi {

  private final EventBridgeClient events;
  private final BusPolicies policies;

  public EventBuses(EventBridgeClient events) {
    this.events = events;
    this.policies = new BusPolicies(events);
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.EVENT_BUS, ResourceKey.Type.BUS_POLICY);
  }

  @Override
  public Map<ResourceKey, Observed> observe(Collection<ResourceKey> keys, Lists lists) {
    Map<ResourceKey, Observed> found = new HashMap<>();
    keys.stream()
        .collect(Collectors.groupingBy(ResourceKey::name))
        .forEach((bus, sought) ->
            describe(bus)
                .ifPresent(there ->
                    sought.forEach(
                        key -> observed(key, there, lists).ifPresent(it -> found.put(key, it)))));
    return found;
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    return Optional.ofNullable(observe(List.of(key), lists).get(key));
  }

  private Optional<DescribeEventBusResponse> describe(String bus) {
    policies.lookedAt(bus);
    try {
      return Optional.of(events.describeEventBus(it -> it.name(bus)));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<Observed> observed(
      ResourceKey key, DescribeEventBusResponse there, Lists lists) {
    return key.type() == ResourceKey.Type.BUS_POLICY
        ? policies.observed(key, there)
        : Optional.of(
            new Observed(
                new EventBus(
                    key.scope(),
                    key.name(),
                    Optional.of(new EncryptionKey(Optional.ofNullable(there.kmsKeyIdentifier()))),
                    Optional.of(logConfig(there.logConfig()))),
                EventBridgeTags.of(events, key, lists)));
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    if (wanted instanceof BusPolicy policy) {
      policies.put(policy);
      return;
    }
    EventBus bus = (EventBus) wanted;
    events.createEventBus(it ->
        it.name(bus.name())
            .kmsKeyIdentifier(
                bus.encryption().flatMap(EncryptionKey::kmsKeyIdentifier).orElse(null))
            .logConfig(
                bus.logConfig()
                    .filter(config -> !config.isOff())
                    .map(EventBuses::logConfig)
                    .orElse(null))
            .tags(EventBridgeTags.list(tags)));
    policies.begin(bus.name());
  }

  /**
   * An empty text goes back to the key that AWS owns. What is not said stays as it is
   * (UpdateEventBus); so what is as it is wanted is not said: not every Region and emulator knows
   * of it.
   */
  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    if (wanted instanceof BusPolicy policy) {
      policies.put(policy);
      return;
    }
    EventBus bus = (EventBus) wanted;
    EventBus before = (EventBus) observed;
    Optional<EncryptionKey> key = changed(bus.encryption(), before.encryption());
    Optional<LogConfig> log = changed(bus.logConfig(), before.logConfig());
    events.updateEventBus(it ->
        it.name(bus.name())
            .kmsKeyIdentifier(key.map(to -> to.kmsKeyIdentifier().orElse("")).orElse(null))
            .logConfig(log.map(EventBuses::logConfig).orElse(null)));
  }

  private static <T> Optional<T> changed(Optional<T> wanted, Optional<T> observed) {
    return wanted.filter(it -> observed.filter(it::equals).isEmpty());
  }

  private static LogConfig logConfig(
      software.amazon.awssdk.services.eventbridge.model.LogConfig told) {
    return told == null || told.level() == null
        ? LogConfig.OFF
        : new LogConfig(
            LogLevel.valueOf(told.levelAsString()),
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

  /** Statements of policies are told by their Sids instead. */
  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    if (key.type() == ResourceKey.Type.EVENT_BUS) {
      EventBridgeTags.put(events, key, tags);
    }
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    if (key.type() == ResourceKey.Type.EVENT_BUS) {
      EventBridgeTags.remove(events, key, tagKeys);
    }
  }

  /** Deleting a bus that is gone is no error of the API. */
  @Override
  public void delete(AwsResource observed) {
    if (observed instanceof BusPolicy policy) {
      policies.delete(policy);
    } else {
      delete(observed.key());
    }
  }

  /** EventBridge deletes no bus that has rules, and calls the request invalid. */
  private void delete(ResourceKey bus) {
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
              "account %s: bus %s can't be deleted as long as others' rules are on it: %s; have whoever made them delete them, with their targets, or set deletionPolicy to Retain, which keeps the bus"
                  .formatted(bus.scope().accountId(), bus.name(), Abbreviation.of(rules))),
          e);
    }
  }

  /** Names of the first hundred rules; none where the role may not list them. */
  private List<String> rulesOn(String bus, EventBridgeException refusal) {
    try {
      return events.listRules(it -> it.eventBusName(bus)).rules().stream().map(Rule::name).toList();
    } catch (EventBridgeException unlisted) {
      refusal.addSuppressed(unlisted);
      return List.of();
    }
  }
}
