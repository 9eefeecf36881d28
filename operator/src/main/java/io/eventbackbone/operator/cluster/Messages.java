package io.eventbackbone.operator.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** Messages of conditions and Events. */
public final class Messages {

  private Messages() {}

  /** The API server's own words if there are any, without the request. */
  public static String of(Exception failure) {
    return failure instanceof KubernetesClientException refusal
        ? Optional.ofNullable(refusal.getStatus())
            .map(Status::getMessage)
            .orElse(refusal.getMessage())
        : failure.toString();
  }

  public static String ofUnexpected(Exception failure) {
    return "unexpected error; the operator retries: " + of(failure);
  }

  public static String withWarnings(String sentence, List<String> warnings) {
    return warnings.isEmpty() ? sentence : sentence + "; warning: " + String.join("; ", warnings);
  }
}
