package io.eventbackbone.events;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The database of a service, which also keeps the events that the service has yet to publish and
 * the ids of those that it handled. PostgreSQL, or H2 embedded in the process.
 */
public final class Database implements AutoCloseable {

  /** Does something in a transaction, which is committed when it returns. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T in(Transaction transaction) throws SQLException, E;
  }

  private static final String URL = "DATABASE_URL";
  private static final String EMBEDDED = "jdbc:h2:";

  /**
   * H2's. It understands what is written for PostgreSQL, has written a commit to its file when the
   * commit returns (H2 documentation, "WRITE_DELAY"), and waits for another transaction as long as
   * a handler may take.
   */
  private static final Map<String, String> EMBEDDED_SETTINGS =
      Map.of(
          "MODE", "PostgreSQL",
          "DATABASE_TO_LOWER", "TRUE",
          "WRITE_DELAY", "0",
          "LOCK_TIMEOUT", "60000");

  /** More than the consumer's handlers, so that the outbox is emptied while all of them work. */
  private static final int CONNECTIONS = EventConsumer.CONCURRENCY + 6;

  private static final int ATTEMPTS_TO_CREATE = 5;

  private final HikariDataSource connections;
  private final EventContracts contracts;
  private final List<Runnable> afterPublishing = new CopyOnWriteArrayList<>();

  private Database(HikariDataSource connections, EventContracts contracts) {
    this.connections = connections;
    this.contracts = contracts;
  }

  /**
   * Opens the database of the environment, and makes the tables that it lacks.
   *
   * @param environment {@code DATABASE_URL}, a JDBC URL; without it an embedded database in the
   *     folder {@code data}. {@code DATABASE_USER} and {@code DATABASE_PASSWORD}, if it needs them.
   *     {@link EventContracts#VARIABLE}
   * @param name of the embedded database
   * @param tables statements that make tables of the service where they are missing, as {@code
   *     CREATE TABLE IF NOT EXISTS}
   * @throws IllegalStateException when the database can't be opened, or a variable is wrong; the
   *     message says why
   */
  public static Database open(Map<String, String> environment, String name, List<String> tables) {
    EventContracts contracts = EventContracts.of(environment);
    String url =
        Optional.ofNullable(environment.get(URL))
            .filter(value -> !value.isBlank())
            .orElse(EMBEDDED + "file:./data/" + name);
    if (!url.startsWith(EMBEDDED) && !url.startsWith("jdbc:postgresql:")) {
      // Without the URL, which may contain a password.
      throw new IllegalStateException(
          URL
              + " must be a JDBC URL, such as jdbc:postgresql://host/name or"
              + " jdbc:h2:file:/folder/name");
    }
    try {
      Database database = new Database(new HikariDataSource(config(url, environment)), contracts);
      database.create(
          Stream.of(Outbox.TABLES, HandledEvents.TABLES, tables).flatMap(List::stream).toList());
      return database;
    } catch (PoolInitializationException | DatabaseException e) {
      throw new IllegalStateException(
          "the database of %s can't be used: %s".formatted(URL, e.getMessage()), e);
    }
  }

  private static HikariConfig config(String url, Map<String, String> environment) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(environment.get("DATABASE_USER"));
    config.setPassword(environment.get("DATABASE_PASSWORD"));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setAutoCommit(false);
    if (url.startsWith(EMBEDDED)) {
      EMBEDDED_SETTINGS.forEach(config::addDataSourceProperty);
    }
    return config;
  }

  /**
   * Two processes may do so at once: PostgreSQL refuses one of them, which then finds the tables.
   */
  private void create(List<String> tables) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction(transaction -> execute(transaction, tables));
        return;
      } catch (DatabaseException e) {
        if (attempt == ATTEMPTS_TO_CREATE) {
          close();
          throw e;
        }
      }
    }
  }

  private static int execute(Transaction transaction, List<String> statements) throws SQLException {
    try (Statement statement = transaction.connection().createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return statements.size();
  }

  /**
   * Does work in a transaction, and commits it. When the work throws, nothing of it stays.
   *
   * @throws DatabaseException when the database failed. If it failed in the commit, the work may
   *     have been committed
   */
  public <T, E extends Exception> T transaction(Work<T, E> work) throws E {
    Transaction transaction;
    T result;
    try (Connection connection = connections.getConnection()) {
      transaction = new Transaction(connection, contracts);
      // Closing a connection of the pool rolls back what was not committed.
      result = work.in(transaction);
      connection.commit();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
    if (transaction.publishes()) {
      afterPublishing.forEach(Runnable::run);
    }
    return result;
  }

  /** Has something run after each commit that left events to publish. */
  void afterPublishing(Runnable action) {
    afterPublishing.add(action);
  }

  @Override
  public void close() {
    connections.close();
  }
}
