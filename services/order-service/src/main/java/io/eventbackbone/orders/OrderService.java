package io.eventbackbone.orders;

import io.eventbackbone.events.Database;
import io.eventbackbone.events.EventHandler;
import io.eventbackbone.events.EventService;
import io.eventbackbone.http.Route;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Takes orders, and follows their delivery. */
public final class OrderService implements EventService.Role {

  private final Clock clock = Clock.systemUTC();

  public static void main(String[] arguments) {
    EventService.run("order-service", environment -> new OrderService());
  }

  @Override
  public Map<String, EventHandler> handlers() {
    return Map.of("Delivery.Updated", new DeliveryHandler(clock));
  }

  @Override
  public List<Route> routes(Database database) {
    return new OrderApi(database, clock).routes();
  }

  @Override
  public List<String> tables() {
    return Orders.TABLES;
  }
}
