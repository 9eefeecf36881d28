package io.eventbackbone.sandbox.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.Json;
import java.util.Map;
import java.util.function.Function;

/** Operations that answer 200 even when some entries failed. */
final class FailedEntries {

  /** Operations, and the member that holds their entries. */
  private static final Map<String, String> ENTRIES =
      Map.of("PutTargets", "Targets", "RemoveTargets", "Ids", "PutEvents", "Entries");

  private FailedEntries() {}

  static boolean isOf(Call call) {
    return ENTRIES.containsKey(call.operation())
        && call.input().path(ENTRIES.get(call.operation())).size() > 0;
  }

  /** Does all but the first entry. */
  static ObjectNode fail(Call call, Function<Call, ObjectNode> next) {
    ObjectNode input = call.input().deepCopy();
    ArrayNode entries = (ArrayNode) input.get(ENTRIES.get(call.operation()));
    var failed = entries.remove(0);
    ObjectNode output = Json.object();
    if (!entries.isEmpty()) {
      output = next.apply(new Call(call.caller(), call.region(), call.operation(), input));
    }
    output.put("FailedEntryCount", output.path("FailedEntryCount").asInt() + 1);
    ObjectNode failure =
        Json.object()
            .put("ErrorCode", "InternalException")
            .put("ErrorMessage", "failed by a fault");
    if (call.operation().equals("PutEvents")) {
      output.withArrayProperty("Entries").insert(0, failure);
    } else {
      failure.put("TargetId", failed.isTextual() ? failed.asText() : failed.path("Id").asText());
      output.withArrayProperty("FailedEntries").add(failure);
    }
    return output;
  }
}
