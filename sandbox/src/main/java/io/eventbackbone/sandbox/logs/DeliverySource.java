package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import java.util.Map;

/**
 * A source of the logs of one type of a resource.
 *
 * @param tags by key; changes are the caller's
 */
record DeliverySource(
    String arn, String name, String resourceArn, String logType, Map<String, String> tags) {

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("name", name).put("arn", arn);
    json.putArray("resourceArns").add(resourceArn);
    json.put("service", "events").put("logType", logType);
    LogTags.write(json, tags);
    return json;
  }
}
