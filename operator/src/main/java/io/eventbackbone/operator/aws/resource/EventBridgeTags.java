package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.resource.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Tag;

/** Tags of rules and buses, which EventBridge neither lists with them nor takes on updates. */
final class EventBridgeTags {

  private EventBridgeTags() {}

  static Map<String, String> of(EventBridgeClient events, ResourceKey key, Lists lists) {
    return lists.tags(key).orElseGet(() -> of(events, key));
  }

  private static Map<String, String> of(EventBridgeClient events, ResourceKey key) {
    return events.listTagsForResource(it -> it.resourceARN(key.arn())).tags().stream()
        .collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
  }

  static void put(EventBridgeClient events, ResourceKey key, Map<String, String> tags) {
    events.tagResource(it -> it.resourceARN(key.arn()).tags(list(tags)));
  }

  static void remove(EventBridgeClient events, ResourceKey key, Set<String> tagKeys) {
    events.untagResource(it -> it.resourceARN(key.arn()).tagKeys(tagKeys));
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
