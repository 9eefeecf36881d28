package io.eventbackbone.cli.trace;

import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace.Passage;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.trace.Witness.RuleState;
import java.util.List;
import java.util.Optional;

/** What a rule, as it is in AWS, has against an event. */
record RuleCheck(Passage passage, Code code, String message) {

  private static final String MENDED =
      ": the operator mends it at its next drift check, see kubectl backbone status";

  /** Nothing, if the rule is there, enabled, has a target, and matches; or if it can't be seen. */
  static Optional<RuleCheck> of(View<RuleState> rule, Facts facts) {
    return switch (rule) {
      case View.Unseen<RuleState> unseen -> Optional.empty();
      case View.Missing<RuleState> missing ->
          stopped(Code.RULE_MISSING, "the rule is not there" + MENDED);
      case View.Seen<RuleState> seen -> of(seen.value(), facts);
    };
  }

  private static Optional<RuleCheck> of(RuleState rule, Facts facts) {
    if (!rule.isEnabled()) {
      return stopped(Code.RULE_DISABLED, "somebody disabled the rule in AWS" + MENDED);
    }
    if (rule.targets() == 0) {
      return stopped(Code.RULE_WITHOUT_TARGET, "the rule has no target" + MENDED);
    }
    List<String> mismatches = facts.mismatches(rule.pattern());
    return mismatches.isEmpty()
        ? Optional.empty()
        : stopped(
            Code.RULE_DIFFERS,
            "the rule in AWS has another pattern than the specs ask for: %s%s"
                .formatted(String.join("; ", mismatches), MENDED));
  }

  private static Optional<RuleCheck> stopped(Code code, String message) {
    return Optional.of(new RuleCheck(Passage.STOPPED, code, message));
  }
}
