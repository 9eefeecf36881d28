package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.resource.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Tag;

/** The tags of a rule or bus. EventBridge neither describes them nor takes them in updates. */
record EventBridgeTags(EventBridgeClient events, ResourceKey key) implements ResourceTags {

  Map<String, String> read(Lists lists) {
    return lists.tags(key).orElseGet(this::read);
  }

  private Map<String, String> read() {
    return events.listTagsForResource(it -> it.resourceARN(key.arn())).tags().stream()
        .collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
  }

  @Override
  public void put(Map<String, String> tags) {
    events.tagResource(it -> it.resourceARN(key.arn()).tags(list(tags)));
  }

  @Override
  public void remove(Set<String> keys) {
    events.untagResource(it -> it.resourceARN(key.arn()).tagKeys(keys));
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
