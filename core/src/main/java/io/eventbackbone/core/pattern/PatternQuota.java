package io.eventbackbone.core.pattern;

/**
 * The longest pattern of a rule in an account ("Event pattern size" of the EventBridge User Guide's
 * "Amazon EventBridge quotas").
 *
 * @param characters the limit
 * @param more for people: how to raise the limit; empty: AWS does not raise it
 */
public record PatternQuota(int characters, String more) {

  /** PutRule accepts no longer pattern, whatever the quota (EventBridge API Reference, PutRule). */
  public static final PatternQuota HIGHEST = new PatternQuota(4_096, "");

  /** The end of a sentence about other remedies. */
  public String orMore() {
    return more.isEmpty() ? "" : ", or " + more;
  }
}
