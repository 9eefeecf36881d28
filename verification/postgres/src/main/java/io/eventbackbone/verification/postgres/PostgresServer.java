package io.eventbackbone.verification.postgres;

import io.eventbackbone.local.kubeapi.programs.MissingPart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server on a free port of this machine, with an empty database. PostgreSQL refuses to
 * run as root; where the tests do, the server runs in a user namespace in which it is nobody.
 */
public final class PostgresServer implements AutoCloseable {

  private static final String USER = "postgres";

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server. Where there is none for this machine, the test that asks is skipped, by name
   * on standard error; with {@code CI=true} or {@code kubeapi.required} it fails.
   */
  public static PostgresServer startOrSkip(Class<?> test) {
    try {
      return new PostgresServer(EmbeddedPostgres.builder().start());
    } catch (IOException | IllegalStateException e) {
      throw MissingPart.of(test, "no PostgreSQL for this test: " + e.getMessage());
    }
  }

  /** A JDBC URL with the user. */
  public String url() {
    return server.getJdbcUrl(USER, USER);
  }

  /** The same server by another port, where something listens that forwards to it. */
  public String urlBy(int port) {
    return url().replace(":" + port(), ":" + port);
  }

  /** Drops all tables. */
  public void empty() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
