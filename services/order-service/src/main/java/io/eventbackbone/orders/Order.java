package io.eventbackbone.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventbackbone.orders.contract.OrderCreated;
import io.eventbackbone.orders.contract.OrderUpdated;
import java.time.Instant;
import java.util.List;

/**
 * An order and what became of it.
 *
 * @param deliveryId null before it is delivered
 * @param deliveredAt null before it is delivered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(
    String orderId,
    String customer,
    List<Item> items,
    Instant createdAt,
    State state,
    String deliveryId,
    Instant deliveredAt) {

  /** How far an order has come. */
  public enum State {
    CREATED,
    DELIVERED
  }

  /** So many of one thing. */
  public record Item(String sku, int quantity) {}

  public Order {
    items = List.copyOf(items);
  }

  Order delivered(String delivery, Instant at) {
    return new Order(orderId, customer, items, createdAt, State.DELIVERED, delivery, at);
  }

  /** What the event Order.Created tells of it. */
  OrderCreated created() {
    return OrderCreated.builder()
        .orderId(orderId)
        .customer(customer)
        .items(
            items.stream()
                .map(
                    it -> OrderCreated.Item.builder().sku(it.sku()).quantity(it.quantity()).build())
                .toList())
        .createdAt(createdAt)
        .build();
  }

  /** What the event Order.Updated tells of it, once it is delivered. */
  OrderUpdated updated() {
    return OrderUpdated.builder()
        .orderId(orderId)
        .customer(customer)
        .items(
            items.stream()
                .map(
                    it -> OrderUpdated.Item.builder().sku(it.sku()).quantity(it.quantity()).build())
                .toList())
        .createdAt(createdAt)
        .deliveryId(deliveryId)
        .deliveredAt(deliveredAt)
        .build();
  }
}
