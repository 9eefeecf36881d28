package io.eventbackbone.core.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;

/**
 * A resource policy of CloudWatch Logs. An account has ten at most. Nobody can tag one, so its name
 * tells the bus that it belongs to.
 */
public record LogResourcePolicy(LogResourcePolicyKey key, ObjectNode document)
    implements AwsResource {}
