package io.eventbackbone.operator.topology;

import java.util.List;
import java.util.Set;

/** Who may put events on a global bus, as far as its policy has room. */
public sealed interface Publishers {

  /** Every account of an organization. */
  record Organization(PolicyStatement statement) implements Publishers {}

  /**
   * The accounts of the buses that joined, those that joined first before others.
   *
   * @param accounts that have the right
   * @param leftOut accounts for which there is no room
   * @param roomFor how many more accounts fit
   */
  record Accounts(
      Set<PolicyStatement> statements, List<String> accounts, List<String> leftOut, int roomFor)
      implements Publishers {}

  /**
   * What is asked for would take the right from accounts that have it, for want of room.
   *
   * @param roomFor accounts that would have it
   * @param asking accounts that ask for it
   */
  record Held(int roomFor, int asking) implements Publishers {}
}
