package io.eventbackbone.events;

import io.eventbackbone.verification.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** In a real PostgreSQL. */
class PostgresEventStoreIT extends EventStoreIT {

  private static PostgresServer server;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.startOrSkip(PostgresEventStoreIT.class);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void empty() throws Exception {
    server.empty();
  }

  @Override
  String url() {
    return server.url();
  }
}
