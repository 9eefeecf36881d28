package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;

/**
 * The local bus that a rule forwards to.
 *
 * @param accountId account of the bus
 * @param identifier the Source of its services' events
 */
public record Receiver(String accountId, String identifier) {

  /** The value of the sender's field in events of its own services. */
  String sender(SenderMatch match) {
    return switch (match) {
      case ACCOUNT -> accountId;
      case SOURCE -> identifier;
    };
  }
}
