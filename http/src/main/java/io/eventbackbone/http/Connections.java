package io.eventbackbone.http;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The open connections of one listener, whose thread alone uses this. When there are too many, or
 * they hold too much, the one that has waited longest for its caller goes: a caller that is prompt
 * gets through, however many are not.
 */
final class Connections {

  private final Limits limits;

  /** Those that wait for their callers, the longest first. */
  private final Set<Connection> waiting = new LinkedHashSet<>();

  private final Set<Connection> atWork = new HashSet<>();
  private long heldBytes;

  /** What to do when no caller waits. */
  private Runnable whenIdle = () -> {};

  Connections(Limits limits) {
    this.limits = limits;
  }

  /** From now on the caller is waited for. */
  void await(Connection connection) {
    leaveWork(connection);
    waiting.remove(connection);
    waiting.add(connection);
    while (waiting.size() + atWork.size() > limits.connections()) {
      dropLongestWaiting(any -> true);
    }
  }

  /** From now on the caller waits. */
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

  /** Has something done as soon as no caller waits for an answer. */
  void whenIdle(Runnable then) {
    whenIdle = then;
    if (atWork.isEmpty()) {
      then.run();
    }
  }

  /** A connection holds so many bytes more, or less if negative. */
  void hold(long more) {
    heldBytes += more;
    while (heldBytes > limits.heldBytes() && dropLongestWaiting(Connection::holdsBytes)) {
      // Until it is enough.
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
