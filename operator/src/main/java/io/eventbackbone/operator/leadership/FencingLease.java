package io.eventbackbone.operator.leadership;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease as fabric8's elector reads and writes it. Each write that succeeds renews the {@link
 * Term}.
 *
 * <p>The elector compares renewTime with its own clock. So this lock reports as renewTime when it
 * last saw the Lease change, by the monotonic clock of this process: a holder whose clock is ahead
 * keeps nobody out, and a clock that jumps takes the Lease from nobody (as in client-go).
 */
final class FencingLease extends LeaseLock {

  private static final Logger LOG = LoggerFactory.getLogger(FencingLease.class);

  /** The observed Lease, and the time of its last change. */
  private record Seen(LeaseSpec spec, Moment at) {}

  private final String name;
  private final Term term;
  private final Duration leaseDuration;
  private final Supplier<Moment> clock;
  private final Attempts reads = new Attempts("read");
  private final Attempts writes = new Attempts("written");
  private Seen seen;

  FencingLease(Candidate candidate, Term term, Duration leaseDuration, Supplier<Moment> clock) {
    super(candidate.namespace(), candidate.lease(), candidate.identity());
    name = candidate.namespace() + "/" + candidate.lease();
    this.term = term;
    this.leaseDuration = leaseDuration;
    this.clock = clock;
    seen = new Seen(new LeaseSpec(), clock.get());
  }

  /** A deleted Lease counts as held until its duration ends, if another replica held it. */
  @Override
  public synchronized LeaderElectionRecord get(KubernetesClient client) {
    return reads
        .of(() -> Optional.ofNullable(super.get(client)).or(this::heldThoughDeleted))
        .orElse(null);
  }

  private Optional<LeaderElectionRecord> heldThoughDeleted() {
    return Optional.of(record(seen))
        .filter(it -> !Utils.isNullOrEmpty(it.getHolderIdentity()))
        .filter(it -> !identity().equals(it.getHolderIdentity()))
        .filter(it -> unchanged().compareTo(it.getLeaseDuration()) <= 0);
  }

  @Override
  public synchronized void create(KubernetesClient client, LeaderElectionRecord record) {
    write(() -> super.create(client, record));
  }

  /**
   * @param record without a holder: releases the Lease
   */
  @Override
  public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
    if (record.getHolderIdentity() == null) {
      term.end();
      super.update(client, record);
    } else {
      write(() -> super.update(client, record));
    }
  }

  private void write(Runnable call) {
    Moment before = clock.get();
    term.renew(
        writes.of(() -> {
          call.run();
          return before;
        }));
  }

  /** An empty holder clears the field: a merge patch keeps an absent field. */
  @Override
  protected Lease toResource(LeaderElectionRecord record, ObjectMetaBuilder metadata) {
    Lease lease = super.toResource(record, metadata);
    return record.getHolderIdentity() == null
        ? new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build()
        : lease;
  }

  /** Adds the fields that a Lease may lack that administrators created to grant rights by name. */
  @Override
  protected LeaderElectionRecord toRecord(Lease lease) {
    LeaseSpec spec = Optional.ofNullable(lease.getSpec()).orElseGet(LeaseSpec::new);
    if (!spec.equals(seen.spec())) {
      seen = new Seen(spec, clock.get());
    }
    return record(seen);
  }

  private LeaderElectionRecord record(Seen it) {
    ZonedDateTime changed = ZonedDateTime.now(ZoneOffset.UTC).minus(unchanged());
    return new LeaderElectionRecord(
        it.spec().getHolderIdentity(),
        duration(it.spec()),
        Optional.ofNullable(it.spec().getAcquireTime()).orElse(changed),
        changed,
        Optional.ofNullable(it.spec().getLeaseTransitions()).orElse(0));
  }

  private Duration unchanged() {
    return clock.get().monotonicSince(seen.at());
  }

  /** Never shorter than the duration that this operator's replicas rely on. */
  private Duration duration(LeaseSpec spec) {
    return Optional.ofNullable(spec.getLeaseDurationSeconds())
        .map(Duration::ofSeconds)
        .filter(it -> it.compareTo(leaseDuration) > 0)
        .orElse(leaseDuration);
  }

  /** The message of the API server, or else of the cause of the client's exception. */
  private static String text(Throwable failure) {
    if (failure instanceof KubernetesClientException refused && refused.getStatus() != null) {
      return refused.getStatus().getMessage();
    }
    boolean isWrapper =
        failure instanceof KubernetesClientException || failure.getClass() == IOException.class;
    return isWrapper && failure.getCause() != null ? text(failure.getCause()) : failure.toString();
  }

  /** Calls of one operation. Logs a repeated failure once. */
  private final class Attempts {

    private final String done;
    private String lastFailure = "";

    Attempts(String done) {
      this.done = done;
    }

    /**
     * @throws KubernetesClientException for every failure: the elector retries after this exception
     *     and ends after any other
     */
    <T> T of(Supplier<T> call) {
      try {
        T result = call.get();
        lastFailure = "";
        return result;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          tell(e);
        }
        throw e;
      } catch (RuntimeException | Error e) {
        tell(e);
        throw new KubernetesClientException("the Lease can't be " + done, e);
      }
    }

    private void tell(Throwable failure) {
      String text = text(failure);
      if (!text.equals(lastFailure)) {
        LOG.warn("the Lease {} can't be {}, and is tried again: {}", name, done, text);
        lastFailure = text;
      }
    }
  }
}
