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
 * The tags of an owner's resources: the owner, and the tags in specs. Another tag lists the keys of
 * the latter. It tells a tag that left the spec from a tag that somebody else set.
 *
 * @param asked tags in specs, sorted by key
 */
public record Tags(Owner owner, NavigableMap<String, String> asked) {

  public static final String KEYS_TAG = "eventbackbone.io/tag-keys";

  /** No key in a spec contains this text. */
  private static final String BETWEEN_KEYS = " + ";

  public Tags {
    asked = Collections.unmodifiableNavigableMap(new TreeMap<>(asked));
  }

  /** The tags of an owner whose specs have none. */
  public static Tags of(Owner owner) {
    return new Tags(owner, Collections.emptyNavigableMap());
  }

  /** All tags of a new resource. */
  public NavigableMap<String, String> all() {
    NavigableMap<String, String> all = new TreeMap<>(asked);
    all.putAll(owner.tags());
    if (!asked.isEmpty()) {
      all.put(KEYS_TAG, String.join(BETWEEN_KEYS, asked.keySet()));
    }
    return all;
  }

  /** The tags that a resource lacks, or has with another value. */
  public NavigableMap<String, String> missingFrom(Map<String, String> observed) {
    NavigableMap<String, String> missing = all();
    missing.entrySet().removeIf(tag -> tag.getValue().equals(observed.get(tag.getKey())));
    return missing;
  }

  /** Keys of tags that the operator set and that left the specs. */
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
