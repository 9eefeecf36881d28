package io.eventbackbone.http;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The open connections of one listener. Only the listener's thread uses this. If there are too many
 * connections, or they hold too many bytes, this closes the one that has waited longest for its
 * caller. So a prompt caller gets through, however many callers are slow.
 */
final class Connections {

  private final Limits limits;

  /** The connections that wait for their callers, the longest first. */
  private final Set<Connection> waiting = new LinkedHashSet<>();

  private final Set<Connection> atWork = new HashSet<>();
  private long heldBytes;

  /** Runs when no caller waits for an answer. */
  private Runnable whenIdle = () -> {};

  Connections(Limits limits) {
    this.limits = limits;
  }

  /** From now on the connection waits for its caller. */
  void await(Connection connection) {
    leaveWork(connection);
    waiting.remove(connection);
    waiting.add(connection);
    while (waiting.size() + atWork.size() > limits.connections()) {
      dropLongestWaiting(any -> true);
    }
  }

  /** From now on the caller waits for its answer. */
  void work(Connection connection) {
    waiting.remove(connection);
    atWork.add(connection);
  }

  void remove(Connection connection) {
    waiting.remove(connection);
    leaveWork(connection);
  }

  private void leaveWork(Connection connection) {
    if (atWork.remove(connection) && atWork.isEmpty()) {
      whenIdle.run();
    }
  }

  /** Runs the action as soon as no caller waits for an answer. */
  void whenIdle(Runnable then) {
    whenIdle = then;
    if (atWork.isEmpty()) {
      then.run();
    }
  }

  /** A connection holds this many bytes more, or fewer if negative. */
  void hold(long more) {
    heldBytes += more;
    while (heldBytes > limits.heldBytes() && dropLongestWaiting(Connection::holdsBytes)) {
      // Go on until the rest is within the limit.
    }
  }

  private boolean dropLongestWaiting(Predicate<Connection> which) {
    Optional<Connection> longest = waiting.stream().filter(which).findFirst();
    longest.ifPresent(it -> {
      waiting.remove(it);
      it.drop();
    });
    return longest.isPresent();
  }
}
