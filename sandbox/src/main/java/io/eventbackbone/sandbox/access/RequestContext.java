package io.eventbackbone.sandbox.access;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The circumstances of a request, as the conditions of policies ask for them.
 *
 * @param values by condition key, for instance {@code aws:SourceArn}; most keys have one value
 */
public record RequestContext(Map<String, List<String>> values) {

  public static final RequestContext NONE = new RequestContext(Map.of());

  private static final String TAG_KEYS = "aws:TagKeys";

  public RequestContext {
    values = Map.copyOf(values);
  }

  public static RequestContext of(Map<String, String> values) {
    return NONE.with(values);
  }

  /** This one with keys of one value each. */
  public RequestContext with(Map<String, String> others) {
    RequestContext merged = this;
    for (Map.Entry<String, String> other : others.entrySet()) {
      merged = merged.with(other.getKey(), List.of(other.getValue()));
    }
    return merged;
  }

  /** This one with the tags that the request gives to a resource. */
  public RequestContext withRequestTags(Map<String, String> tags) {
    return with(prefixed("aws:RequestTag/", tags)).withTagKeys(tags.keySet());
  }

  /** This one with the keys of the tags in the request; no keys change nothing. */
  public RequestContext withTagKeys(Collection<String> keys) {
    return keys.isEmpty() ? this : with(TAG_KEYS, List.copyOf(keys));
  }

  /** This one with the tags that the resource has. */
  public RequestContext withResourceTags(Map<String, String> tags) {
    return with(prefixed("aws:ResourceTag/", tags));
  }

  /** The values of a key, in any case; none when the request does not have the key. */
  public List<String> valuesOf(String key) {
    String wanted = key.toLowerCase(Locale.ROOT);
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  private RequestContext with(String key, List<String> several) {
    Map<String, List<String>> merged = new TreeMap<>(values);
    merged.put(key, several);
    return new RequestContext(merged);
  }

  private static Map<String, String> prefixed(String prefix, Map<String, String> tags) {
    Map<String, String> keys = new TreeMap<>();
    tags.forEach((key, value) -> keys.put(prefix + key, value));
    return keys;
  }
}
