package io.eventbackbone.orders;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The orders, for as long as the process lives: this is an example. */
final class Orders {

  private final Map<String, Order> byId = new ConcurrentHashMap<>();

  void put(Order order) {
    byId.put(order.orderId(), order);
  }

  Optional<Order> find(String orderId) {
    return Optional.ofNullable(byId.get(orderId));
  }

  void remove(Order order) {
    byId.remove(order.orderId());
  }

  Collection<Order> all() {
    return List.copyOf(byId.values());
  }
}
