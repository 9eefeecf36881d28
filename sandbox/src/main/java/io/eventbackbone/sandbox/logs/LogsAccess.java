package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Request;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for permission, with the resource ARNs that CloudWatch Logs uses. Resource policies do not
 * come in: they count for service principals alone (API Reference, PutResourcePolicy).
 */
record LogsAccess(Authorizer authorizer, LogGroups groups) {

  private static final String TAG = "TagResource";

  /** Access to a group. AWS names the resource of such operations with an empty log stream. */
  void group(Request request, LogGroupId id) {
    stream(request, id, "");
  }

  /** Access to the account's groups. AWS names their resource without a group. */
  void account(Request request) {
    group(request, new LogGroupId(request.home(), ""));
  }

  void stream(Request request, LogGroupId id, String stream) {
    require(request, request.access(id.streamArn(stream)), id, RequestContext.NONE);
  }

  /** Permits a new group. A group with tags takes the permission to tag, too. */
  void create(Request request, LogGroupId id, Map<String, String> tags) {
    RequestContext context = RequestContext.NONE.withRequestTags(tags);
    require(request, request.access(id.streamArn("")), id, context);
    if (!tags.isEmpty()) {
      require(request, request.access(TAG, id.streamArn("")), id, context);
    }
  }

  private void require(Request request, Access access, LogGroupId id, RequestContext context) {
    Map<String, String> tags = groups.find(id).map(LogGroup::tags).orElseGet(Map::of);
    authorizer.authorize(
        request.caller(), access.inAccount(id.account()).under(context.withResourceTags(tags)));
  }

  /** Tagging goes by the ARN of the resource itself. */
  void tags(Request request, String arn, String account, RequestContext context) {
    authorizer.authorize(request.caller(), request.access(arn).inAccount(account).under(context));
  }

  /** Access to a source, a destination or a delivery in the caller's own account. */
  void delivery(
      Request request,
      String arn,
      Optional<Map<String, String>> tags,
      Map<String, String> requestTags) {
    delivery(request, request.access(arn), tags, requestTags);
  }

  void tagDelivery(Request request, String arn, Map<String, String> requestTags) {
    delivery(request, request.access(TAG, arn), Optional.empty(), requestTags);
  }

  /** Permits the caller to have the logs of a bus delivered; EventBridge decides on that. */
  void vendedLogs(Request request, String busArn) {
    Access access =
        Access.to("events:AllowVendedLogDeliveryForResource", busArn, request.caller().accountId());
    delivery(request, access, Optional.empty(), Map.of());
  }

  private void delivery(
      Request request,
      Access access,
      Optional<Map<String, String>> tags,
      Map<String, String> requestTags) {
    authorizer.authorize(
        request.caller(),
        access.under(
            RequestContext.NONE
                .withRequestTags(requestTags)
                .withResourceTags(tags.orElseGet(Map::of))));
  }
}
