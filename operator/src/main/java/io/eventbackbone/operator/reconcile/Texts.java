package io.eventbackbone.operator.reconcile;

import java.util.List;

/** Sentences of conditions. */
final class Texts {

  private Texts() {}

  static String withWarnings(String sentence, List<String> warnings) {
    return warnings.isEmpty() ? sentence : sentence + "; warning: " + String.join("; ", warnings);
  }
}
