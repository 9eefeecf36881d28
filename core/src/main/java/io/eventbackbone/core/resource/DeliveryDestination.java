package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.DeliveryDestinationKey;

/** The log group that CloudWatch Logs delivers a bus's log to. */
public record DeliveryDestination(DeliveryDestinationKey key, String destinationResourceArn)
    implements AwsResource {}
