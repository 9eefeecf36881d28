package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.DeliveryKey;

/** A delivery of CloudWatch Logs from a source to a destination. */
public record Delivery(DeliveryKey key, String destinationArn) implements AwsResource {}
