package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.api.v1alpha1.AppliedQuotas;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The quotas of an account in the Regions of its backbones, from Service Quotas. */
public final class QuotaReadings {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaReadings.class);

  /**
   * A little less than the time between two checks of an account, so that wakes in between don't
   * ask.
   */
  private static final Duration FRESH = Duration.ofMinutes(4);

  private record Place(String accountId, String region) {}

  private record Reading(AccountAccess access, Instant at, Optional<AppliedQuotas> said) {

    boolean isFresh(AccountAccess asked, Instant now) {
      return access.equals(asked) && now.isBefore(at.plus(FRESH));
    }
  }

  private final Inventory inventory;
  private final Admissions admissions;
  private final AwsSessions sessions;
  private final InstantSource clock;
  private final Map<Place, Reading> readings = new ConcurrentHashMap<>();

  public QuotaReadings(Inventory inventory, AwsSessions sessions, InstantSource clock) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Sorted by Region, without Regions for which Service Quotas gave no answer. */
  public List<AppliedQuotas> of(AwsAccount account) {
    return inventory.backbonesOfAccount(account.getMetadata().getName()).stream()
        .filter(backbone -> admissions.isAdmitted(backbone, account))
        .map(backbone -> backbone.getSpec().region())
        .distinct()
        .sorted()
        .flatMap(region -> read(account, region).stream())
        .toList();
  }

  private Optional<AppliedQuotas> read(AwsAccount account, String region) {
    Place place = new Place(account.getSpec().accountId(), region);
    AccountAccess access = Accounts.access(account);
    Instant now = clock.instant();
    Reading reading =
        Optional.ofNullable(readings.get(place))
            .filter(last -> last.isFresh(access, now))
            .orElseGet(() -> new Reading(access, now, ask(account, access, region)));
    readings.put(place, reading);
    return reading.said();
  }

  public void forget(String accountId) {
    readings.keySet().removeIf(place -> place.accountId().equals(accountId));
  }

  /** After a failure other than a denial, the quotas in the status hold on. */
  private Optional<AppliedQuotas> ask(AwsAccount account, AccountAccess access, String region) {
    try {
      return Optional.of(sessions.session(access, region).quotas());
    } catch (AwsFailureException e) {
      LOG.debug("Service Quotas was not read: {}", e.getMessage());
      return e.failure() instanceof AwsFailure.Denied
          ? Optional.empty()
          : account.getStatus().quotas().stream()
              .filter(known -> known.region().equals(region))
              .findFirst();
    }
  }
}
