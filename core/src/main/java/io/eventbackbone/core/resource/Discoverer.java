package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.DiscovererKey;

/**
 * A discoverer of EventBridge Schemas, which finds the schemas of a bus's events.
 *
 * @param crossAccount whether it also reads events from other accounts
 */
public record Discoverer(DiscovererKey key, String description, boolean crossAccount, State state)
    implements AwsResource {

  /** Whether a discoverer reads events. */
  public enum State {
    STARTED,
    STOPPED
  }
}
