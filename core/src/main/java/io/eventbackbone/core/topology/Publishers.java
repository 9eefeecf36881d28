package io.eventbackbone.core.topology;

import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.resource.PolicyStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The accounts that may put events on a global bus. A bus policy has a limited length (EventBridge
 * User Guide, "EventBridge quotas"), so there may be no room for every account.
 */
public sealed interface Publishers {

  /** The way in which the policy names accounts. */
  enum Form {
    /** One statement names all accounts. */
    TOGETHER("set publishers.mode to Organization"),
    /** Each account has a statement with the Sources that it may write. */
    EACH("set publishers.bindSources to false");

    private final String shorter;

    Form(String shorter) {
      this.shorter = shorter;
    }

    /** What a person does to let more accounts publish. */
    String remedy() {
      return shorter + ", or " + BusQuotas.MORE_POLICY_CHARACTERS;
    }
  }

  /**
   * The right to publish that the policy grants.
   *
   * @param accounts the numbers of the accounts that may publish
   * @param identifiers the identifiers of their buses, sorted
   */
  record Rights(Set<PolicyStatement> statements, List<String> accounts, List<String> identifiers) {}

  /** The statements that the policy must have. */
  Set<PolicyStatement> policy();

  /**
   * Names the accounts that may not publish, or would lose the right, because the policy is full.
   *
   * @param limit the longest policy that AWS takes, in characters
   */
  Optional<String> problem(int limit);

  /** Warns people before the policy is full. */
  Optional<String> warning(String busName);

  /**
   * The totals for the status. AWS must have the policy first.
   *
   * @param othersCharacters the length of the statements that the operator did not write
   */
  Optional<PublisherTotals> totals(int othersCharacters);

  /** Every account of an organization may publish. */
  record Organization(PolicyStatement statement) implements Publishers {

    @Override
    public Set<PolicyStatement> policy() {
      return Set.of(statement);
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
    public Optional<PublisherTotals> totals(int othersCharacters) {
      return Optional.empty();
    }
  }

  /**
   * The accounts of the buses that joined may publish. The earlier an account joined, the sooner it
   * gets a place.
   *
   * @param leftOut the accounts for which the policy has no room
   * @param roomFor how many more accounts fit into the policy
   */
  record Accounts(Rights rights, List<String> leftOut, int roomFor, Form form)
      implements Publishers {

    @Override
    public Set<PolicyStatement> policy() {
      return rights.statements();
    }

    @Override
    public Optional<String> problem(int limit) {
      return leftOut.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "the %d characters of the bus's policy are used up, and these accounts may not publish: %s; %s"
                  .formatted(limit, Abbreviation.of(leftOut), form.remedy()));
    }

    /** Warns when the policy has room for less than a tenth of all accounts. */
    @Override
    public Optional<String> warning(String busName) {
      return leftOut.isEmpty() && roomFor * 9 < rights.accounts().size()
          ? Optional.of(
              "%d more accounts fit into the policy of bus %s: before others join, %s"
                  .formatted(roomFor, busName, form.remedy()))
          : Optional.empty();
    }

    @Override
    public Optional<PublisherTotals> totals(int othersCharacters) {
      return Optional.of(
          new PublisherTotals(
              rights.accounts().size(), rights.identifiers(), roomFor, leftOut, othersCharacters));
    }
  }

  /**
   * The policy that the spec asks for is too long: accounts that may publish now would lose the
   * right. They keep it in the form in which they have it. No other account gets it.
   *
   * @param leftOut the accounts that ask for the right and do not have it
   * @param fitting how many accounts would fit in the form that the spec asks for
   * @param form the form that the spec asks for
   */
  record Held(Rights rights, List<String> leftOut, int fitting, Form form) implements Publishers {

    @Override
    public Set<PolicyStatement> policy() {
      return rights.statements();
    }

    @Override
    public Optional<String> problem(int limit) {
      return Optional.of(
          "of %d accounts that publish, %d would fit into the %d characters of the bus's policy: those that may publish now still may, and no others; %s"
              .formatted(rights.accounts().size() + leftOut.size(), fitting, limit, form.remedy()));
    }

    @Override
    public Optional<String> warning(String busName) {
      return Optional.empty();
    }

    @Override
    public Optional<PublisherTotals> totals(int othersCharacters) {
      return Optional.of(
          new PublisherTotals(
              rights.accounts().size(), rights.identifiers(), 0, leftOut, othersCharacters));
    }
  }
}
