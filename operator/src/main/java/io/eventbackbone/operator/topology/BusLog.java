package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Logging;
import io.eventbackbone.operator.topology.AwsResource.Delivery;
import io.eventbackbone.operator.topology.AwsResource.DeliveryDestination;
import io.eventbackbone.operator.topology.AwsResource.DeliverySource;
import io.eventbackbone.operator.topology.AwsResource.IncludeDetail;
import io.eventbackbone.operator.topology.AwsResource.LogConfig;
import io.eventbackbone.operator.topology.AwsResource.LogLevel;
import io.eventbackbone.operator.topology.AwsResource.LogType;
import io.eventbackbone.operator.topology.WantedState.Wanted;
import io.eventbackbone.operator.topology.WantedState.Wanted.Absent;
import io.eventbackbone.operator.topology.WantedState.Wanted.Present;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of what EventBridge does with the events of a bus, and how it gets into a log group
 * (EventBridge User Guide, "Configuring logs for Amazon EventBridge event buses").
 *
 * @param lastLogGroupName where it went the last time that it was on; empty: it never was
 */
public record BusLog(
    ResourceKey bus,
    LogConfig config,
    String logGroupName,
    int retentionDays,
    Optional<String> lastLogGroupName) {

  static BusLog of(ResourceKey bus, Logging logging, Optional<String> lastLogGroupName) {
    return new BusLog(
        bus,
        new LogConfig(
            level(logging.level()), IncludeDetail.valueOf(logging.includeDetail().name())),
        logging.logGroup().orElse(Names.busLogGroup(bus.name())),
        logging.retentionDays(),
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
    return !config.isOff();
  }

  /** Where it goes or, when it is off, what may be left of it. */
  ResourceKey logGroup() {
    return lastLogGroupName
        .filter(name -> !isOn())
        .map(name -> new ResourceKey(ResourceKey.Type.LOG_GROUP, bus.scope(), name))
        .orElseGet(this::logGroupThatNothingTellsOf);
  }

  /** What the bus's level alone tells of: no status was written since it was made. */
  public ResourceKey logGroupThatNothingTellsOf() {
    return new ResourceKey(ResourceKey.Type.BUS_LOG_GROUP, bus.scope(), logGroupName);
  }

  /** ARNs of the sources that write to the log group. */
  List<String> sourceArns() {
    return config.level().logTypes().stream().map(type -> source(type).key().arn()).toList();
  }

  /** All that delivers the log at any level; what a lower level does not need is to go. */
  List<Wanted> deliveries() {
    AwsResource.EventBus logging =
        new AwsResource.EventBus(bus.scope(), bus.name(), Optional.empty(), config);
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
