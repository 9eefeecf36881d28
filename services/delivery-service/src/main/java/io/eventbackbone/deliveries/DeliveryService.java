package io.eventbackbone.deliveries;

import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.EventPublisher;
import io.eventbackbone.events.EventService;
import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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
    String delay = Optional.ofNullable(System.getenv("DELIVERY_DELAY")).orElse(DEFAULT_DELAY);
    EventService.run("delivery-service", new DeliveryService(Duration.parse(delay)));
  }

  @Override
  public Map<String, EventHandler> handlers(EventPublisher publisher) {
    return Map.of("Order.Created", new OrderCreated(publisher, delay, Clock.systemUTC()));
  }

  /** Deliveries are told by events alone. */
  @Override
  public void routes(RoutesConfig routes, EventPublisher publisher) {}
}
