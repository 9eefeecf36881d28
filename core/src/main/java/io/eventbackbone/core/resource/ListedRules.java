package io.eventbackbone.core.resource;

import java.util.Set;

/**
 * The rules that a bus has, by ListRules.
 *
 * @param names of those that customers made
 * @param managed number of those that AWS keeps for itself, for an archive or a discoverer
 */
public record ListedRules(Set<String> names, int managed) {
  public ListedRules {
    names = Set.copyOf(names);
  }
}
