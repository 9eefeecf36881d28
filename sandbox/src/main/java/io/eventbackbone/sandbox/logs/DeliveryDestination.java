package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.util.Map;
import java.util.Optional;

/**
 * Where logs are delivered to: a log group.
 *
 * @param tags by key; changes are the caller's
 */
record DeliveryDestination(
    String arn,
    String name,
    LogGroupId group,
    Optional<String> outputFormat,
    Map<String, String> tags) {

  /** Of log groups, as the API calls them. */
  static final String TYPE = "CWL";

  ObjectNode toJson() {
    ObjectNode json =
        Json.object().put("name", name).put("arn", arn).put("deliveryDestinationType", TYPE);
    outputFormat.ifPresent(format -> json.put("outputFormat", format));
    json.putObject("deliveryDestinationConfiguration").put("destinationResourceArn", group.arn());
    LogTags.write(json, tags);
    return json;
  }
}
