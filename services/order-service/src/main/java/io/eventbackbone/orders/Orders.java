package io.eventbackbone.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.eventbackbone.events.EventJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The orders in the database, within one transaction. */
record Orders(Connection connection) {

  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS orders (
            order_id VARCHAR(36) PRIMARY KEY,
            idempotency_key VARCHAR(255) UNIQUE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            document TEXT NOT NULL)
          """,
          "CREATE INDEX IF NOT EXISTS orders_by_time ON orders (created_at)");

  /** The most that a list shows. */
  private static final int LISTED = 1000;

  /**
   * Adds an order, unless there is one of the key. While another transaction adds one of the key,
   * this waits for its end.
   *
   * @param idempotencyKey empty where the caller gave none
   * @return whether it was added
   */
  boolean add(Order order, Optional<String> idempotencyKey) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO orders (order_id, idempotency_key, created_at, document)"
                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, order.orderId());
      insert.setString(2, idempotencyKey.orElse(null));
      insert.setTimestamp(3, Timestamp.from(order.createdAt()));
      insert.setString(4, json(order));
      return insert.executeUpdate() > 0;
    }
  }

  Optional<Order> find(String orderId) throws SQLException {
    return one("SELECT document FROM orders WHERE order_id = ?", orderId);
  }

  /** The order that was added with a key. */
  Optional<Order> ofKey(String idempotencyKey) throws SQLException {
    return one("SELECT document FROM orders WHERE idempotency_key = ?", idempotencyKey);
  }

  /** The order, which no other transaction changes until the end of this one. */
  Optional<Order> lock(String orderId) throws SQLException {
    return one("SELECT document FROM orders WHERE order_id = ? FOR UPDATE", orderId);
  }

  void replace(Order order) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE orders SET document = ? WHERE order_id = ?")) {
      update.setString(1, json(order));
      update.setString(2, order.orderId());
      update.executeUpdate();
    }
  }

  /** The latest orders, the latest first. */
  List<Order> latest() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT document FROM orders ORDER BY created_at DESC LIMIT " + LISTED);
        ResultSet results = select.executeQuery()) {
      List<Order> orders = new ArrayList<>();
      while (results.next()) {
        orders.add(order(results.getString(1)));
      }
      return orders;
    }
  }

  private Optional<Order> one(String sql, String parameter) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, parameter);
      try (ResultSet results = select.executeQuery()) {
        return results.next() ? Optional.of(order(results.getString(1))) : Optional.empty();
      }
    }
  }

  private static String json(Order order) {
    return EventJson.MAPPER.valueToTree(order).toString();
  }

  private static Order order(String json) {
    try {
      return EventJson.MAPPER.readValue(json, Order.class);
    } catch (JsonProcessingException e) {
      // Not with its cause: that quotes the order, which is not for logs.
      throw new IllegalStateException("the table orders has a document that is no order");
    }
  }
}
