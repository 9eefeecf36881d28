package io.eventbackbone.deliveries;

import io.eventbackbone.events.Database;
import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.EventService;
import io.eventbackbone.http.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** Delivers what was ordered. */
public final class DeliveryService implements EventService.Role {

  private static final String DEFAULT_DELAY = "PT2S";

  private final Duration delay;

  /**
   * A service that has nothing to do yet.
   *
   * @param delay how long a delivery takes
   */
  public DeliveryService(Duration delay) {
    this.delay = delay;
  }

  public static void main(String[] arguments) {
    EventService.run("delivery-service", environment -> new DeliveryService(delay(environment)));
  }

  static Duration delay(Map<String, String> environment) {
    String delay = environment.getOrDefault("DELIVERY_DELAY", DEFAULT_DELAY);
    try {
      return Duration.parse(delay);
    } catch (DateTimeParseException e) {
      throw new IllegalStateException(
          "DELIVERY_DELAY must be an ISO 8601 duration, such as PT2S, not " + delay, e);
    }
  }

  @Override
  public Map<String, EventHandler> handlers() {
    return Map.of("Order.Created", new OrderHandler(delay, Clock.systemUTC()));
  }

  /** Deliveries are told by events alone. */
  @Override
  public List<Route> routes(Database database) {
    return List.of();
  }

  /** The library's tables know which orders were delivered. */
  @Override
  public List<String> tables() {
    return List.of();
  }
}
