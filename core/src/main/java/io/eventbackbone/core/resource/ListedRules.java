package io.eventbackbone.core.resource;

import java.util.Set;

/**
 * The rules that a bus has, by ListRules.
 *
 * @param names of the rules that customers created
 * @param withWildcards names of the rules among them whose patterns have wildcards
 * @param managed names of the rules that AWS keeps for an archive or a discoverer
 */
public record ListedRules(Set<String> names, Set<String> withWildcards, Set<String> managed) {
  public ListedRules {
    names = Set.copyOf(names);
    withWildcards = Set.copyOf(withWildcards);
    managed = Set.copyOf(managed);
  }

  /** Whether a discoverer of schemas looks at the bus's events (EventBridge User Guide). */
  public boolean haveDiscoverer() {
    return managed.stream().anyMatch(name -> name.startsWith("Schemas-"));
  }
}
