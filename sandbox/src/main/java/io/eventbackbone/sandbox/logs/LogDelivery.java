package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.util.Map;

/**
 * A delivery, from a source to a destination.
 *
 * @param tags by key; changes are the caller's
 */
record LogDelivery(
    String arn, String id, String sourceName, String destinationArn, Map<String, String> tags) {

  ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("id", id)
            .put("arn", arn)
            .put("deliverySourceName", sourceName)
            .put("deliveryDestinationArn", destinationArn)
            .put("deliveryDestinationType", DeliveryDestination.TYPE);
    LogTags.write(json, tags);
    return json;
  }
}
