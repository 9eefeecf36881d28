package io.eventbackbone.orders;

import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.EventPublisher;
import io.eventbackbone.events.EventService;
import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.util.Map;

/** Takes orders, and follows their delivery. */
public final class OrderService implements EventService.Role {

  private final Orders orders = new Orders();
  private final Clock clock = Clock.systemUTC();

  public static void main(String[] arguments) {
    EventService.run("order-service", environment -> new OrderService());
  }

  @Override
  public Map<String, EventHandler> handlers(EventPublisher publisher) {
    return Map.of("Delivery.Updated", new DeliveryUpdated(orders, publisher, clock));
  }

  @Override
  public void routes(RoutesConfig routes, EventPublisher publisher) {
    new OrderApi(orders, publisher, clock).routes(routes);
  }
}
