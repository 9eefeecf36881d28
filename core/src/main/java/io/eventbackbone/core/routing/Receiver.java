package io.eventbackbone.core.routing;

import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;

/**
 * The local bus that a forwarding rule is for.
 *
 * @param accountId the account it is in
 * @param identifier the Source that its services publish with
 */
public record Receiver(String accountId, String identifier) {

  /** What the sender's field says in events of its own services. */
  String sender(SenderMatch match) {
    return switch (match) {
      case ACCOUNT -> accountId;
      case SOURCE -> identifier;
    };
  }
}
