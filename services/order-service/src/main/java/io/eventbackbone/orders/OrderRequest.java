package io.eventbackbone.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.events.EventJson;
import io.eventbackbone.orders.Order.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The body of POST /orders: {@code {"customer": "…", "items": [{"sku": "…", "quantity": 1}]}}. */
record OrderRequest(String customer, List<Item> items) {

  private static final int MOST_ITEMS = 100;

  /** A body that is no order; the message says why. */
  static final class InvalidOrderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidOrderException(String reason) {
      super(reason);
    }
  }

  static OrderRequest of(String body) {
    JsonNode json = json(body);
    String customer = json.path("customer").asText("").strip();
    require(!customer.isEmpty(), "customer is missing");
    JsonNode items = json.path("items");
    require(items.isArray() && !items.isEmpty(), "items must be a list of at least one item");
    require(items.size() <= MOST_ITEMS, "items must be at most " + MOST_ITEMS);
    List<Item> read = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      read.add(item(i, items.get(i)));
    }
    return new OrderRequest(customer, List.copyOf(read));
  }

  /** The order that is asked for. */
  Order order(String id, Instant now) {
    return new Order(id, customer, items, now, Order.State.CREATED, null, null);
  }

  /** Whether the order is what is asked for. */
  boolean isOf(Order order) {
    return customer.equals(order.customer()) && items.equals(order.items());
  }

  private static Item item(int index, JsonNode item) {
    String sku = item.path("sku").asText("").strip();
    require(!sku.isEmpty(), "items[%d].sku is missing".formatted(index));
    JsonNode quantity = item.path("quantity");
    require(
        quantity.isInt() && quantity.intValue() > 0,
        "items[%d].quantity must be a whole number above 0".formatted(index));
    return new Item(sku, quantity.intValue());
  }

  private static JsonNode json(String body) {
    try {
      JsonNode json = EventJson.MAPPER.readTree(body);
      require(json != null && json.isObject(), "the body must be a JSON object");
      return json;
    } catch (JsonProcessingException e) {
      throw new InvalidOrderException("the body is not JSON, or more than one JSON value");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new InvalidOrderException(otherwise);
    }
  }
}
