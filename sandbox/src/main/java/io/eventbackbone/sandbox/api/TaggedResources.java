package io.eventbackbone.sandbox.api;

import java.util.Map;

/** A service whose resources have tags. */
public interface TaggedResources {

  /** The tags of all tagged resources in an account and Region, by ARNs. */
  Map<String, Map<String, String>> tagged(String account, String region);
}
