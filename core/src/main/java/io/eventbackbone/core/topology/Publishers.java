package io.eventbackbone.core.topology;

import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.resource.PolicyStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may put events on a global bus, as far as its policy has room. */
public sealed interface Publishers {

  /** How accounts are written into the policy. */
  enum Form {
    /** All of them in one statement. */
    TOGETHER("set publishers.mode to Organization"),
    /** A statement for each, with the Sources that it may write. */
    EACH("set publishers.bindSources to false");

    private final String shorter;

    Form(String shorter) {
      this.shorter = shorter;
    }

    /** How more accounts may publish, for people. */
    String remedy() {
      return shorter + ", or " + BusQuotas.MORE_POLICY_CHARACTERS;
    }
  }

  /**
   * Who may publish by the policy, and with what.
   *
   * @param accounts that have the right
   * @param identifiers of their buses, sorted
   */
  record Rights(Set<PolicyStatement> statements, List<String> accounts, List<String> identifiers) {}

  /** What the policy is to say. */
  Set<PolicyStatement> policy();

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
   * @param othersCharacters of the policy that are statements of others
   */
  Optional<PublisherTotals> totals(int othersCharacters);

  /** Every account of an organization. */
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
   * The accounts of the buses that joined, those that joined first before others.
   *
   * @param leftOut accounts for which there is no room
   * @param roomFor how many more accounts fit
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

    /** When less than a tenth of the accounts could still be added. */
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
   * What is asked for would take the right from accounts that have it, for want of room. So they
   * keep it, as it was granted, and nobody else gets it.
   *
   * @param leftOut accounts that ask for the right and do not have it
   * @param fitting accounts that would have it
   * @param form that is asked for
   */
  record Held(Rights rights, List<String> leftOut, int fitting, Form form) implements Publishers {

    @Override
    public Set<PolicyStatement> policy() {
      return rights.statements();
    }

    @Override
    public Optional<String> problem(int limit) {
      return Optional.of(
          "of %d accounts that publish, %d would fit into the %d characters of the bus's policy: who may publish still may, as before, and nobody else; %s"
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
