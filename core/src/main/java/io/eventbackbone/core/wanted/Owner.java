package io.eventbackbone.core.wanted;

import java.util.Map;

/**
 * The custom resource that owns an AWS resource. The tags of the AWS resource name it.
 *
 * @param clusterId distinguishes the clusters that manage one account
 */
public record Owner(String clusterId, String kind, String namespace, String name) {

  public static final String MANAGED_BY_TAG = "eventbackbone.io/managed-by";
  public static final String OWNER_TAG = "eventbackbone.io/owner";
  public static final String MANAGED_BY = "event-backbone-operator";

  /**
   * The length of a UID: with the longest names of the schemas, the owner still fits into a tag.
   */
  public static final int LONGEST_CLUSTER_ID = 36;

  /** The owner tag's value: {@code <cluster id>/<kind>/<namespace>/<name>}. */
  public String tagValue() {
    return String.join("/", clusterId, kind, namespace, name);
  }

  /** The tags of every resource of the owner. */
  public Map<String, String> tags() {
    return Map.of(MANAGED_BY_TAG, MANAGED_BY, OWNER_TAG, tagValue());
  }
}
