package io.eventbackbone.events;

import java.sql.SQLException;

/**
 * The database did not do what was asked of it; the transaction had no effect, or it is unknown.
 */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super("the database failed: " + cause.getMessage(), cause);
  }
}
