package io.eventbackbone.operator.reconcile;

import io.eventbackbone.operator.cluster.Statuses;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the statuses that are written, or refuses them. */
final class RecordedStatuses implements Statuses {

  final List<Object> written = new ArrayList<>();
  Optional<KubernetesClientException> refusal = Optional.empty();

  @Override
  public <S, R extends CustomResource<?, S>> Written write(R object, S status, Context<R> context) {
    refusal.ifPresent(exception -> {
      throw exception;
    });
    written.add(status);
    return Written.DONE;
  }
}
