package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.DeliverySourceKey;

/**
 * A log that CloudWatch Logs delivers. AWS lets nobody change its attributes.
 *
 * @param resourceArn the bus that writes the log
 * @param logType see {@link LogConfig.LogType}
 */
public record DeliverySource(DeliverySourceKey key, String resourceArn, String logType)
    implements AwsResource {}
