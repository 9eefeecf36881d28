package io.eventbackbone.sandbox.faults;

import java.util.Optional;

/**
 * Something that goes wrong, and at which calls. Calls that match are counted from 1.
 *
 * @param account number of the caller's account; empty: of any
 * @param service by the name that signatures have, such as {@code events}; empty: any
 * @param operation by its name in the API model, such as {@code PutTargets}; empty: any
 * @param from the first matching call that is struck
 * @param to the last
 */
public record Fault(
    Optional<String> account,
    Optional<String> service,
    Optional<String> operation,
    int from,
    int to,
    Effect effect) {

  public Fault {
    if (from < 1 || to < from) {
      throw new IllegalArgumentException(
          "calls are counted from 1, and the last is not before the first: %d to %d"
              .formatted(from, to));
    }
  }

  /** An effect on every call of everybody, to be narrowed. */
  public static Fault of(Effect effect) {
    return new Fault(
        Optional.empty(), Optional.empty(), Optional.empty(), 1, Integer.MAX_VALUE, effect);
  }

  public Fault inAccount(String number) {
    return new Fault(Optional.of(number), service, operation, from, to, effect);
  }

  public Fault ofService(String name) {
    return new Fault(account, Optional.of(name), operation, from, to, effect);
  }

  public Fault ofOperation(String name) {
    return new Fault(account, service, Optional.of(name), from, to, effect);
  }

  /** Only matching calls of these numbers, both included. */
  public Fault atCalls(int first, int last) {
    return new Fault(account, service, operation, first, last, effect);
  }

  boolean isAt(String calledService, String caller, String calledOperation) {
    return account.map(caller::equals).orElse(true)
        && service.map(calledService::equals).orElse(true)
        && operation.map(calledOperation::equals).orElse(true);
  }
}
