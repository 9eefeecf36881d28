package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags of log groups, delivery sources, destinations and deliveries, by their ARNs. */
final class TagOperations {

  private static final Pattern ARN =
      Pattern.compile("arn:aws:logs:([a-z0-9-]+):(\\d{12}):(log-group|delivery[a-z-]*):.+");

  private final LogGroups groups;
  private final Deliveries deliveries;
  private final LogsAccess access;

  TagOperations(LogGroups groups, Deliveries deliveries, LogsAccess access) {
    this.groups = groups;
    this.deliveries = deliveries;
    this.access = access;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ListTagsForResource", this::listTagsForResource,
        "TagResource", this::tagResource,
        "UntagResource", this::untagResource);
  }

  private ObjectNode tagResource(Request request) {
    Map<String, String> given = request.input().textsByKey("tags");
    Map<String, String> tags = tags(request, RequestContext.NONE.withRequestTags(given));
    Map<String, String> merged = new TreeMap<>(tags);
    merged.putAll(given);
    LogTags.check(merged);
    tags.putAll(merged);
    return Json.object();
  }

  private ObjectNode untagResource(Request request) {
    List<String> keys = request.input().texts("tagKeys");
    Map<String, String> tags = tags(request, RequestContext.NONE.withTagKeys(keys));
    keys.forEach(tags::remove);
    return Json.object();
  }

  private ObjectNode listTagsForResource(Request request) {
    return Json.object().set("tags", Json.object(tags(request, RequestContext.NONE)));
  }

  /** The tags of the resource, for the caller to change, when the caller has the permission. */
  private Map<String, String> tags(Request request, RequestContext context) {
    String arn = LogsMembers.taggedArn(request.input());
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw LogsErrors.noLogGroup();
    }
    Optional<Map<String, String>> found =
        LogGroupId.ofArn(arn)
            .flatMap(groups::find)
            .map(LogGroup::tags)
            .or(() -> deliveries.of(new Home(parts.group(2), parts.group(1))).tags(arn));
    access.tags(request, arn, parts.group(2), context.withResourceTags(found.orElse(Map.of())));
    return found.orElseThrow(() ->
        parts.group(3).equals("log-group")
            ? LogsErrors.noLogGroup()
            : LogsErrors.notFound("The specified resource does not exist."));
  }
}
