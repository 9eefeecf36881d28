package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.cluster.ClusterCache.Listener;
import io.eventbackbone.operator.reconcile.AwsApplier.Subject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What the process remembers of an object ends with the object. */
public record CacheEviction(
    AwsApplier programming, QuotaReadings quotas, AwsSessions sessions, Retries retries)
    implements Listener {

  @Override
  public void changed(Optional<HasMetadata> before, Optional<HasMetadata> after) {
    if (after.isEmpty()) {
      before.ifPresent(this::forget);
    }
  }

  private void forget(HasMetadata gone) {
    programming.forget(Subject.of(gone));
    retries.end(gone);
    if (gone instanceof AwsAccount account) {
      quotas.forget(account.getSpec().accountId());
      sessions.forget(account.getSpec().accountId());
    }
  }
}
