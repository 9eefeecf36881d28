package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
        Answer.empty()
            .put("id", id)
            .put("arn", arn)
            .put("deliverySourceName", sourceName)
            .put("deliveryDestinationArn", destinationArn)
            .put("deliveryDestinationType", DeliveryDestination.TYPE);
    return Answer.withTags(json, tags);
  }
}
