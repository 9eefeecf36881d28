package io.eventbackbone.core.wanted;

import io.eventbackbone.api.v1alpha1.Logging;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogConfig.IncludeDetail;
import io.eventbackbone.core.resource.LogConfig.LogType;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey.Content;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of what EventBridge does with the events of a bus, and its way into a log group
 * (EventBridge User Guide, "Configuring logs for Amazon EventBridge event buses").
 *
 * @param asked the log that the spec asks for; empty: the operator leaves the bus's log as it is
 * @param retentionDays empty: the log group keeps the retention that it has
 * @param lastLogGroupName the log group that the status names; empty: the status names no log
 *     group, and AWS alone tells whether the operator switched the log on
 */
public record BusLog(
    EventBusKey bus,
    Optional<LogConfig> asked,
    String logGroupName,
    Optional<Integer> retentionDays,
    Optional<String> lastLogGroupName) {

  public static BusLog of(EventBusKey bus, Logging logging, Optional<String> lastLogGroupName) {
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

  private static LogConfig.Level level(Logging.Level level) {
    return switch (level) {
      case NONE -> LogConfig.Level.OFF;
      case ERROR -> LogConfig.Level.ERROR;
      case INFO -> LogConfig.Level.INFO;
      case TRACE -> LogConfig.Level.TRACE;
    };
  }

  public boolean isOn() {
    return !config().isOff();
  }

  private LogConfig config() {
    return asked.orElse(LogConfig.OFF);
  }

  /** The log switches off when the spec no longer asks for it; empty: the log stays as it is. */
  public Optional<LogConfig> wanted() {
    return asked.or(() -> lastLogGroupName.map(last -> LogConfig.OFF));
  }

  /**
   * The log group that the log goes to. If the log is off: the log group that may be left, which is
   * the one in the status, else the one that the log would go to.
   */
  public LogGroupKey logGroup() {
    return lastLogGroupName
        .filter(name -> !isOn())
        .map(name -> new LogGroupKey(bus.scope(), name, Content.EVENTS))
        .orElseGet(() -> new LogGroupKey(bus.scope(), logGroupName, Content.BUS_LOG));
  }

  /** ARNs of the sources that write to the log group. */
  public List<String> sourceArns() {
    return config().level().logTypes().stream().map(type -> bus.logSource(type).arn()).toList();
  }

  /** What delivers the log. A part that only a higher level needs must be absent. */
  public List<Wanted> deliveries() {
    EventBus logging = new EventBus(bus, Optional.empty(), asked);
    Stream<AwsResource> all =
        Stream.concat(
            Stream.of(destination()),
            Stream.of(LogType.values()).flatMap(type -> Stream.of(source(type), delivery(type))));
    return all.<Wanted>map(it -> logging.needs(it.key()) ? new Present(it) : new Absent(it.key()))
        .toList();
  }

  private DeliverySource source(LogType type) {
    return new DeliverySource(bus.logSource(type), bus.arn(), type.name());
  }

  private DeliveryDestination destination() {
    return new DeliveryDestination(bus.logDestination(), logGroup().arn());
  }

  private Delivery delivery(LogType type) {
    return new Delivery(bus.logSource(type).delivery(), bus.logDestination().arn());
  }
}
