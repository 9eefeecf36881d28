package io.eventbackbone.core.resource;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Logging;
import io.eventbackbone.core.resource.AwsResource.Delivery;
import io.eventbackbone.core.resource.AwsResource.DeliveryDestination;
import io.eventbackbone.core.resource.AwsResource.DeliverySource;
import io.eventbackbone.core.resource.AwsResource.IncludeDetail;
import io.eventbackbone.core.resource.AwsResource.LogConfig;
import io.eventbackbone.core.resource.AwsResource.LogLevel;
import io.eventbackbone.core.resource.AwsResource.LogType;
import io.eventbackbone.core.resource.WantedState.Wanted;
import io.eventbackbone.core.resource.WantedState.Wanted.Absent;
import io.eventbackbone.core.resource.WantedState.Wanted.Present;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of what EventBridge does with the events of a bus, and how it gets into a log group
 * (EventBridge User Guide, "Configuring logs for Amazon EventBridge event buses").
 *
 * @param asked empty: whether the bus logs is not the operator's
 * @param retentionDays empty: what the log group has
 * @param lastLogGroupName where it went the last time that the operator had it on, or was about to;
 *     empty: it never did
 */
public record BusLog(
    ResourceKey bus,
    Optional<LogConfig> asked,
    String logGroupName,
    Optional<Integer> retentionDays,
    Optional<String> lastLogGroupName) {

  public static BusLog of(ResourceKey bus, Logging logging, Optional<String> lastLogGroupName) {
    return new BusLog(
        bus,
        logging
            .askedLevel()
            .map(level ->
                new LogConfig(level(level), IncludeDetail.valueOf(logging.includeDetail().name()))),
        logging.logGroup().orElse(Names.busLogGroup(bus.name())),
        logging.retention(),
        lastLogGroupName);
  }

  private static LogLevel level(Logging.Level level) {
    return switch (level) {
      case NONE -> LogLevel.OFF;
      case ERROR -> LogLevel.ERROR;
      case INFO -> LogLevel.INFO;
      case TRACE -> LogLevel.TRACE;
    };
  }

  public boolean isOn() {
    return !config().isOff();
  }

  private LogConfig config() {
    return asked.orElse(LogConfig.OFF);
  }

  /** Where it is no longer asked for it is off again; empty: as it is. */
  public Optional<LogConfig> wanted() {
    return asked.or(() -> lastLogGroupName.map(last -> LogConfig.OFF));
  }

  /** Name of the log group that the status must tell before the bus is changed. */
  public Optional<String> toldFirst() {
    return isOn() ? Optional.of(logGroupName) : lastLogGroupName;
  }

  /** Where it goes or, when it is off, what may be left of it. */
  public ResourceKey logGroup() {
    return lastLogGroupName
        .filter(name -> !isOn())
        .map(name -> new ResourceKey(ResourceKey.Type.LOG_GROUP, bus.scope(), name))
        .orElseGet(this::logGroupThatNothingTellsOf);
  }

  /** What the bus's level alone tells of: the status that told of it is lost. */
  public ResourceKey logGroupThatNothingTellsOf() {
    return new ResourceKey(ResourceKey.Type.BUS_LOG_GROUP, bus.scope(), logGroupName);
  }

  /** ARNs of the sources that write to the log group. */
  public List<String> sourceArns() {
    return config().level().logTypes().stream().map(type -> source(type).key().arn()).toList();
  }

  /** All that delivers the log at any level; what a lower level does not need is to go. */
  public List<Wanted> deliveries() {
    AwsResource.EventBus logging =
        new AwsResource.EventBus(bus.scope(), bus.name(), Optional.empty(), asked);
    Stream<AwsResource> all =
        Stream.concat(
            Stream.of(destination()),
            Stream.of(LogType.values()).flatMap(type -> Stream.of(source(type), delivery(type))));
    return all.<Wanted>map(it -> logging.needs(it.key()) ? new Present(it) : new Absent(it.key()))
        .toList();
  }

  /** What delivers the log's records of one type. */
  static List<ResourceKey> deliveryKeys(ResourceKey bus, LogType type) {
    String source = Names.deliverySource(bus.name(), type);
    return List.of(
        new ResourceKey(
            ResourceKey.Type.DELIVERY_DESTINATION,
            bus.scope(),
            Names.deliveryDestination(bus.name())),
        new ResourceKey(ResourceKey.Type.DELIVERY_SOURCE, bus.scope(), source),
        new ResourceKey(ResourceKey.Type.DELIVERY, bus.scope(), source));
  }

  private DeliverySource source(LogType type) {
    return new DeliverySource(
        bus.scope(), Names.deliverySource(bus.name(), type), bus.arn(), type.name());
  }

  private DeliveryDestination destination() {
    return new DeliveryDestination(
        bus.scope(), Names.deliveryDestination(bus.name()), logGroup().arn());
  }

  private Delivery delivery(LogType type) {
    return new Delivery(bus.scope(), source(type).name(), destination().key().arn());
  }
}
