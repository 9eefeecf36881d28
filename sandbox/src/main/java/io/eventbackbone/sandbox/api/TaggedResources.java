package io.eventbackbone.sandbox.api;

import java.util.Map;

/** A service whose resources have tags. */
public interface TaggedResources {

  /** The tags of everything in an account and Region, by ARNs; of what has none, nothing. */
  Map<String, Map<String, String>> tagged(String account, String region);
}
