package io.eventbackbone.core.resource;

import java.util.Set;

/**
 * The rules that a bus has, by ListRules.
 *
 * @param names of the rules that customers created
 * @param managed number of the rules that AWS keeps for an archive or a discoverer
 */
public record ListedRules(Set<String> names, int managed) {
  public ListedRules {
    names = Set.copyOf(names);
  }
}
