package io.eventbackbone.cli.trace;

import io.eventbackbone.core.model.Admissions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;

/** What people are told of audit logs. */
final class LogTexts {

  private LogTexts() {}

  /** That the log is off, and how to switch it on. */
  static String off(HasMetadata owner) {
    return "the audit log of %s, which is off: kubectl patch %s %s -n %s --type=merge -p '{\"spec\":{\"audit\":{\"enabled\":true}}}' switches it on"
        .formatted(
            Admissions.describe(owner),
            owner.getKind().toLowerCase(Locale.ROOT),
            owner.getMetadata().getName(),
            owner.getMetadata().getNamespace());
  }
}
