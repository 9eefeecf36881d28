package io.eventbackbone.core.wanted;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The tags of all that an owner has: whose it is, and what specs ask for. The keys of the latter
 * are in a tag of their own, by which the operator tells a tag that is not asked for any more from
 * one that somebody else put there.
 *
 * @param asked by specs, in the order of their keys
 */
public record Tags(Owner owner, NavigableMap<String, String> asked) {

  public static final String KEYS_TAG = "eventbackbone.io/tag-keys";

  /** No key that a spec can have holds it. */
  private static final String BETWEEN_KEYS = " + ";

  public Tags {
    asked = Collections.unmodifiableNavigableMap(new TreeMap<>(asked));
  }

  /** Without any that a spec asks for. */
  public static Tags of(Owner owner) {
    return new Tags(owner, Collections.emptyNavigableMap());
  }

  /** Everything that a new resource gets. */
  public NavigableMap<String, String> all() {
    NavigableMap<String, String> all = new TreeMap<>(asked);
    all.putAll(owner.tags());
    if (!asked.isEmpty()) {
      all.put(KEYS_TAG, String.join(BETWEEN_KEYS, asked.keySet()));
    }
    return all;
  }

  /** What is missing of a resource's tags, or has another value. */
  public NavigableMap<String, String> missingFrom(Map<String, String> observed) {
    NavigableMap<String, String> missing = all();
    missing.entrySet().removeIf(tag -> tag.getValue().equals(observed.get(tag.getKey())));
    return missing;
  }

  /** Keys of a resource's tags that the operator set, and nobody asks for any more. */
  public Set<String> surplusOf(Map<String, String> observed) {
    Set<String> surplus =
        Arrays.stream(observed.getOrDefault(KEYS_TAG, "").split(" \\+ "))
            .filter(observed::containsKey)
            .filter(Predicate.not(asked::containsKey))
            .collect(Collectors.toCollection(TreeSet::new));
    if (asked.isEmpty() && observed.containsKey(KEYS_TAG)) {
      surplus.add(KEYS_TAG);
    }
    return surplus;
  }
}
