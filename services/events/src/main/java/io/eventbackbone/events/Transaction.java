package io.eventbackbone.events;

import java.sql.Connection;
import java.sql.SQLException;

/** What a service writes and publishes together: both happen, or neither. */
public final class Transaction {

  private final Connection connection;
  private final EventContracts contracts;
  private boolean publishes;

  Transaction(Connection connection, EventContracts contracts) {
    this.connection = connection;
    this.contracts = contracts;
  }

  /** The connection to read and write with. Whoever began the transaction ends it. */
  public Connection connection() {
    return connection;
  }

  /**
   * Writes an event down, which is published once the transaction is committed, if need be after a
   * restart. It may be published twice, with the same id.
   *
   * @throws ContractViolationException when the event breaks its contract, and contracts are
   *     enforced
   */
  public void publish(OutgoingEvent event) throws SQLException {
    contracts.check(event);
    Outbox.add(connection, Tracing.publishing(event));
    publishes = true;
  }

  boolean publishes() {
    return publishes;
  }
}
