package io.eventbackbone.operator.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** Sentences of conditions. */
public final class Texts {

  private Texts() {}

  /** What the API server says, if it does, without the request. */
  public static String of(Exception failure) {
    return failure instanceof KubernetesClientException refused
        ? Optional.ofNullable(refused.getStatus())
            .map(Status::getMessage)
            .orElse(refused.getMessage())
        : failure.toString();
  }

  /** Of a failure that nobody expected. */
  static String ofUnforeseen(Exception failure) {
    return "the operator failed, and tries again: " + of(failure);
  }

  static String withWarnings(String sentence, List<String> warnings) {
    return warnings.isEmpty() ? sentence : sentence + "; warning: " + String.join("; ", warnings);
  }
}
