package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AppliedQuotas;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.AwsAccountSpec;
import io.eventbackbone.core.pattern.PatternQuota;
import java.util.Optional;
import java.util.Set;

/**
 * The quotas of the buses of an account in one Region: from the spec of the AwsAccount, else from
 * Service Quotas, else AWS's defaults (EventBridge User Guide, "Amazon EventBridge quotas").
 */
public record BusQuotas(int rules, int policyCharacters, PatternQuota patterns) {

  /** Rules with wildcards that a bus can have; AWS does not raise it. */
  public static final int WILDCARD_RULES = 30;

  /** AWS does not raise this quota. */
  public static final int TARGETS_OF_A_RULE = 5;

  private static final int USUAL_RULES = 300;
  private static final Set<String> WITH_FEWER_RULES = Set.of("af-south-1", "eu-south-1");
  private static final int FEWER_RULES = 100;
  private static final int USUAL_POLICY_CHARACTERS = 10_240;
  private static final int USUAL_PATTERN_CHARACTERS = 2_048;

  /** How to get more rules, for people. */
  public static final String MORE_RULES =
      raised("Number of rules") + "; or let buses join a second EventBackbone";

  public static final String MORE_POLICY_CHARACTERS = raised("Event bus policy size");

  private static String raised(String quota) {
    return "have the EventBridge quota \"%s\" raised, and write the new value into spec.quotas of the AwsAccount unless its status.quotas shows it"
        .formatted(quota);
  }

  /** The quotas of the account's buses in the Region. */
  static BusQuotas of(AwsAccount account, String region) {
    AwsAccountSpec.Quotas stated = account.getSpec().quotas();
    Optional<AppliedQuotas> applied =
        Optional.ofNullable(account.getStatus()).stream()
            .flatMap(status -> status.quotas().stream())
            .filter(quotas -> quotas.region().equals(region))
            .findFirst();
    return new BusQuotas(
        stated
            .statedRules()
            .or(() -> applied.flatMap(AppliedQuotas::appliedRules))
            .orElse(WITH_FEWER_RULES.contains(region) ? FEWER_RULES : USUAL_RULES),
        stated
            .statedPolicyCharacters()
            .or(() -> applied.flatMap(AppliedQuotas::appliedPolicyCharacters))
            .orElse(USUAL_POLICY_CHARACTERS),
        patterns(
            account,
            stated
                .statedPatternCharacters()
                .or(() -> applied.flatMap(AppliedQuotas::appliedPatternCharacters))
                .orElse(USUAL_PATTERN_CHARACTERS)));
  }

  /** Names the account, because a bus and its forwarding rule are in two accounts. */
  private static PatternQuota patterns(AwsAccount account, int characters) {
    return characters < PatternQuota.HIGHEST.characters()
        ? new PatternQuota(
            characters,
            "in account %s %s"
                .formatted(account.getSpec().accountId(), raised("Event pattern size")))
        : PatternQuota.HIGHEST;
  }
}
