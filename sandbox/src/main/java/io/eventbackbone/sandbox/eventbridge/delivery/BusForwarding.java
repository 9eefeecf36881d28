package io.eventbackbone.sandbox.eventbridge.delivery;

import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.EventTarget.Result.Failed;
import io.eventbackbone.sandbox.api.EventTarget.Retry;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.Event;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.Target;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether an event goes on to another bus. */
public final class BusForwarding {

  private static final Logger log = LoggerFactory.getLogger(BusForwarding.class);

  public sealed interface Decision {
    /** The event comes to that bus. */
    record Forward(EventBus bus, Arrival arrival) implements Decision {}

    /** AWS acknowledges events for a bus that does not exist, and drops them. */
    record Drop() implements Decision {}

    record Refuse(Failed failure) implements Decision {}
  }

  private final EventBuses buses;
  private final EventBridgeAccess access;
  private final Clock clock;

  public BusForwarding(EventBuses buses, EventBridgeAccess access, Clock clock) {
    this.buses = buses;
    this.access = access;
    this.clock = clock;
  }

  Decision decide(Arrival arrival, BusId from, Target target) {
    BusId to = BusId.ofArn(target.arn()).orElseThrow();
    Arrival.Hop hop =
        from.home().region().equals(to.home().region())
            ? Arrival.Hop.WITHIN_REGION
            : Arrival.Hop.BETWEEN_REGIONS;
    if (arrival.hops().contains(hop)) {
      return new Decision.Refuse(hopRefusal(hop));
    }
    try {
      Principal.Account role = access.assume(target.roleArn().orElseThrow());
      return buses
          .find(to)
          .<Decision>map(bus -> forward(arrival, hop, bus, role))
          .orElseGet(Decision.Drop::new);
    } catch (AwsException denied) {
      log.info("Forwarding from {} to {}: {}", from.arn(), to.arn(), denied.getMessage());
      return new Decision.Refuse(
          new Failed(
              "NO_PERMISSIONS",
              "Lack of permissions to invoke cross account target.",
              Retry.POINTLESS));
    }
  }

  private Decision forward(Arrival arrival, Arrival.Hop hop, EventBus bus, Principal role) {
    access.requirePutEvents(role, bus, arrival.event(), EventBridgeAccess.Invocation.BY_RULE);
    Event event =
        switch (hop) {
          case WITHIN_REGION -> arrival.event();
          // Another Region gives the event a new id and its own time, and keeps the rest.
          case BETWEEN_REGIONS ->
              arrival.event().with(UUID.randomUUID().toString(), clock.instant());
        };
    return new Decision.Forward(bus, arrival.after(hop, event, clock.instant()));
  }

  private static Failed hopRefusal(Arrival.Hop hop) {
    return switch (hop) {
      case WITHIN_REGION ->
          new Failed(
              "THIRD_ACCOUNT_HOP_DETECTED",
              "Events received from another event bus cannot be forwarded to this event bus: an"
                  + " event can be sent to an event bus target only once.",
              Retry.POINTLESS);
      case BETWEEN_REGIONS ->
          new Failed(
              "THIRD_REGION_HOP_DETECTED",
              "Events received from another Region cannot be forwarded to a third Region.",
              Retry.POINTLESS);
    };
  }
}
