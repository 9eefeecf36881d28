package io.eventbackbone.sandbox.eventbridge;

/**
 * Quotas that AWS raises on request (EventBridge User Guide, "Amazon EventBridge quotas").
 *
 * @param rulesPerBus rules that a bus may have
 * @param patternCharacters characters of a pattern; the API's own shape allows 4,096
 */
public record RuleQuotas(int rulesPerBus, int patternCharacters) {

  /** As AWS has them for every account at first. */
  public static final RuleQuotas DEFAULT = new RuleQuotas(300, 2_048);
}
