package io.eventbackbone.events;

import java.util.UUID;

/** In the embedded database, in memory; DB_CLOSE_DELAY keeps it while no connection is open. */
class EmbeddedEventStoreIT extends EventStoreIT {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  @Override
  String url() {
    return url;
  }
}
