package io.eventbackbone.sandbox.api;

import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.errors.AwsException;

/**
 * The event buses, as EventBridge Schemas reaches them: by a managed rule that brings a bus's
 * events to its discoverer. Every method asks for the caller's permission on that rule, and refuses
 * in the terms of EventBridge Schemas.
 */
public interface DiscoveredBuses {

  /**
   * Makes the rule on a bus of the caller's.
   *
   * @throws AwsException {@code BadRequestException} when there is no such bus, or when a
   *     customer's key encrypts it
   */
  void begin(Principal.Account caller, String busArn, String rule);

  void resume(Principal.Account caller, String busArn, String rule);

  void pause(Principal.Account caller, String busArn, String rule);

  void end(Principal.Account caller, String busArn, String rule);
}
