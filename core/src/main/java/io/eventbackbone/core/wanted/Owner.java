package io.eventbackbone.core.wanted;

import java.util.Map;

/**
 * The custom resource that an AWS resource belongs to, written into its tags.
 *
 * @param clusterId tells clusters apart that manage the same account
 */
public record Owner(String clusterId, String kind, String namespace, String name) {

  public static final String MANAGED_BY_TAG = "eventbackbone.io/managed-by";
  public static final String OWNER_TAG = "eventbackbone.io/owner";
  public static final String MANAGED_BY = "event-backbone-operator";

  /** Characters of a UID; with the longest names that the schemas let pass it fits into a tag. */
  public static final int LONGEST_CLUSTER_ID = 36;

  /** The owner tag's value: {@code <cluster id>/<kind>/<namespace>/<name>}. */
  public String tagValue() {
    return String.join("/", clusterId, kind, namespace, name);
  }

  /** The tags of everything that the owner has. */
  public Map<String, String> tags() {
    return Map.of(MANAGED_BY_TAG, MANAGED_BY, OWNER_TAG, tagValue());
  }
}
