package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.cluster.ClusterCache.Listener;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.QuotaReadings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** Forgets all that the process knows of a deleted object. */
record CacheEviction(
    AwsApplier applier, QuotaReadings quotas, AwsSessions sessions, Retries retries)
    implements Listener {

  @Override
  public void changed(Optional<HasMetadata> before, Optional<HasMetadata> after) {
    if (after.isEmpty()) {
      before.ifPresent(this::forget);
    }
  }

  private void forget(HasMetadata gone) {
    applier.forget(gone);
    retries.end(gone);
    if (gone instanceof AwsAccount account) {
      quotas.forget(account.getSpec().accountId());
      sessions.forget(account.getSpec().accountId());
    }
  }
}
