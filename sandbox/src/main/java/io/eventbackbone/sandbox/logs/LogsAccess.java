package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.RequestContext;
import java.util.Map;
import java.util.Optional;

/**
 * Asks whether a caller may. Resource policies do not come in: they count for service principals
 * alone (API Reference, PutResourcePolicy).
 */
record LogsAccess(Authorizer authorizer, LogGroups groups) {

  private static final String TAG = "TagResource";

  /** Access to a group. AWS names the resource of such operations with an empty log stream. */
  void group(Call call, LogGroupId id) {
    stream(call, id, "");
  }

  /** A new group; one that gets tags is tagged, too, which takes a permission of its own. */
  void create(Call call, LogGroupId id, Map<String, String> tags) {
    RequestContext context = RequestContext.NONE.withRequestTags(tags);
    authorize(call, call.operation(), id, id.streamArn(""), context);
    if (!tags.isEmpty()) {
      authorize(call, TAG, id, id.streamArn(""), context);
    }
  }

  /** Access to the account's groups, whose resource AWS names without a group. */
  void account(Call call) {
    group(call, new LogGroupId(call.caller().accountId(), call.region(), ""));
  }

  void stream(Call call, LogGroupId id, String stream) {
    authorize(call, call.operation(), id, id.streamArn(stream), RequestContext.NONE);
  }

  /** Tagging goes by the ARN of the resource itself. */
  void tags(Call call, String arn, String account, RequestContext context) {
    authorizer.authorize(
        call.caller(), "logs:" + call.operation(), arn, account, context, Optional.empty());
  }

  /** Access to what delivers logs, in the caller's own account. */
  void delivery(
      Call call, String arn, Optional<Map<String, String>> tags, Map<String, String> requestTags) {
    delivery(call, "logs:" + call.operation(), arn, tags, requestTags);
  }

  void tagDelivery(Call call, String arn, Map<String, String> requestTags) {
    delivery(call, "logs:" + TAG, arn, Optional.empty(), requestTags);
  }

  /** Whether the caller may have the logs of a bus delivered, which is EventBridge's to allow. */
  void vendedLogs(Call call, String busArn) {
    delivery(call, "events:AllowVendedLogDeliveryForResource", busArn, Optional.empty(), Map.of());
  }

  private void delivery(
      Call call,
      String action,
      String arn,
      Optional<Map<String, String>> tags,
      Map<String, String> requestTags) {
    authorizer.authorize(
        call.caller(),
        action,
        arn,
        call.caller().accountId(),
        RequestContext.NONE.withRequestTags(requestTags).withResourceTags(tags.orElse(Map.of())),
        Optional.empty());
  }

  private void authorize(
      Call call, String operation, LogGroupId id, String arn, RequestContext context) {
    authorizer.authorize(
        call.caller(),
        "logs:" + operation,
        arn,
        id.account(),
        context.withResourceTags(groups.find(id).map(LogGroup::tags).orElse(Map.of())),
        Optional.empty());
  }
}
