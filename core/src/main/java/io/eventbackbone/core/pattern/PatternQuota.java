package io.eventbackbone.core.pattern;

/**
 * How long the pattern of a rule may be in an account ("Event pattern size" of the EventBridge User
 * Guide's "Amazon EventBridge quotas").
 *
 * @param characters at most
 * @param more how to have more, for people; empty where AWS grants no more
 */
public record PatternQuota(int characters, String more) {

  /** However far the quota is raised, PutRule takes no longer pattern (API reference, PutRule). */
  public static final PatternQuota HIGHEST = new PatternQuota(4_096, "");

  /** Ends a sentence that says what else helps. */
  public String orMore() {
    return more.isEmpty() ? "" : ", or " + more;
  }
}
