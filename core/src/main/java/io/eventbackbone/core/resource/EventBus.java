package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event bus. An observed bus has every attribute.
 *
 * @param encryption empty: the operator does not set it
 * @param logConfig empty: the operator does not set it
 */
public record EventBus(
    EventBusKey key, Optional<EncryptionKey> encryption, Optional<LogConfig> logConfig)
    implements AwsResource {

  /** Whether the bus, at its log level, needs the resource of the key to deliver its log. */
  public boolean needs(ResourceKey delivering) {
    LogConfig config = logConfig.orElse(LogConfig.OFF);
    return delivering.type() == ResourceKey.Type.BUS_LOG_GROUP
        ? !config.isOff()
        : config.level().logTypes().stream()
            .map(key::logSource)
            .flatMap(source -> Stream.of(key.logDestination(), source, source.delivery()))
            .anyMatch(delivering::equals);
  }
}
