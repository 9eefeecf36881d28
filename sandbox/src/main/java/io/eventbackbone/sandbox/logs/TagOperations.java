package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags of log groups and of what delivers logs, by their ARNs. */
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

  Map<String, Function<Call, ObjectNode>> byName() {
    return Map.of(
        "ListTagsForResource", this::listTagsForResource,
        "TagResource", this::tagResource,
        "UntagResource", this::untagResource);
  }

  private ObjectNode tagResource(Call call) {
    Map<String, String> given = new Input(call).texts("tags");
    Map<String, String> tags = tags(call, RequestContext.NONE.withRequestTags(given));
    Map<String, String> merged = new TreeMap<>(tags);
    merged.putAll(given);
    GroupOperations.checkTags(merged);
    tags.putAll(merged);
    return Answer.empty();
  }

  private ObjectNode untagResource(Call call) {
    List<String> keys = new Input(call).list("tagKeys").stream().map(JsonNode::asText).toList();
    Map<String, String> tags = tags(call, RequestContext.NONE.withTagKeys(keys));
    keys.forEach(tags::remove);
    return Answer.empty();
  }

  private ObjectNode listTagsForResource(Call call) {
    return Answer.empty().set("tags", Answer.of(tags(call, RequestContext.NONE)));
  }

  /** The tags themselves, to be changed, of what the caller may reach. */
  private Map<String, String> tags(Call call, RequestContext context) {
    String arn = new Input(call).taggedArn();
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw LogsErrors.noLogGroup();
    }
    Optional<Map<String, String>> found =
        LogGroupId.ofArn(arn)
            .flatMap(groups::find)
            .map(LogGroup::tags)
            .or(() -> deliveries.of(parts.group(2), parts.group(1)).tags(arn));
    access.tags(call, arn, parts.group(2), context.withResourceTags(found.orElse(Map.of())));
    return found.orElseThrow(() ->
        parts.group(3).equals("log-group")
            ? LogsErrors.noLogGroup()
            : LogsErrors.notFound("The specified resource does not exist."));
  }
}
