package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.PublisherTotals;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may put events on a global bus, as far as its policy has room. */
public sealed interface Publishers {

  /** What the policy is to say; empty means that it stays as it was. */
  Optional<Set<PolicyStatement>> policy();

  /**
   * Who has no right to publish, or would lose it, since the policy is full.
   *
   * @param limit of the policy, in characters
   */
  Optional<String> problem(int limit);

  /** Said before it is too late. */
  Optional<String> warning(String busName);

  /**
   * For the status, once AWS has the policy.
   *
   * @param before what the status says
   * @param othersCharacters of the policy that are statements of others
   */
  Optional<PublisherTotals> totals(Optional<PublisherTotals> before, int othersCharacters);

  /** Every account of an organization. */
  record Organization(PolicyStatement statement) implements Publishers {

    @Override
    public Optional<Set<PolicyStatement>> policy() {
      return Optional.of(Set.of(statement));
    }

    @Override
    public Optional<String> problem(int limit) {
      return Optional.empty();
    }

    @Override
    public Optional<String> warning(String busName) {
      return Optional.empty();
    }

    @Override
    public Optional<PublisherTotals> totals(
        Optional<PublisherTotals> before, int othersCharacters) {
      return Optional.empty();
    }
  }

  /**
   * The accounts of the buses that joined, those that joined first before others.
   *
   * @param accounts that have the right
   * @param identifiers of their buses, sorted
   * @param leftOut accounts for which there is no room
   * @param roomFor how many more accounts fit
   */
  record Accounts(
      Set<PolicyStatement> statements,
      List<String> accounts,
      List<String> identifiers,
      List<String> leftOut,
      int roomFor)
      implements Publishers {

    @Override
    public Optional<Set<PolicyStatement>> policy() {
      return Optional.of(statements);
    }

    @Override
    public Optional<String> problem(int limit) {
      return leftOut.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "the %d characters of the bus's policy are used up, and these accounts may not publish: %s; set publishers.mode to Organization, or %s"
                  .formatted(limit, String.join(", ", leftOut), BusQuotas.MORE_POLICY_CHARACTERS));
    }

    /** When less than a tenth of the accounts could still be added. */
    @Override
    public Optional<String> warning(String busName) {
      return leftOut.isEmpty() && roomFor * 9 < accounts.size()
          ? Optional.of(
              "%d more accounts fit into the policy of bus %s: set publishers.mode to Organization before others join"
                  .formatted(roomFor, busName))
          : Optional.empty();
    }

    @Override
    public Optional<PublisherTotals> totals(
        Optional<PublisherTotals> before, int othersCharacters) {
      return Optional.of(
          new PublisherTotals(accounts.size(), identifiers, roomFor, leftOut, othersCharacters));
    }
  }

  /**
   * What is asked for would take the right from accounts that have it, for want of room.
   *
   * @param roomFor accounts that would have it
   * @param asking accounts that ask for it
   */
  record Held(int roomFor, int asking) implements Publishers {

    @Override
    public Optional<Set<PolicyStatement>> policy() {
      return Optional.empty();
    }

    @Override
    public Optional<String> problem(int limit) {
      return Optional.of(
          "of %d accounts that publish, %d would fit into the %d characters of the bus's policy, which stays as it was: set publishers.bindSources to false, or %s"
              .formatted(asking, roomFor, limit, BusQuotas.MORE_POLICY_CHARACTERS));
    }

    @Override
    public Optional<String> warning(String busName) {
      return Optional.empty();
    }

    @Override
    public Optional<PublisherTotals> totals(
        Optional<PublisherTotals> before, int othersCharacters) {
      return before;
    }
  }
}
