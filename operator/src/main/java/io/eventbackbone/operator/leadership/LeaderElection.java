package io.eventbackbone.operator.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.utils.Utils;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Competes for a Lease, and holds it until closed. The process ends when it loses the Lease, and
 * when it could not renew the Lease for {@link #RENEW_DEADLINE}. Another replica can hold the Lease
 * after {@link #LEASE_DURATION} only.
 */
public final class LeaderElection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  // client-go's defaults.
  static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  private final Term term = new Term(RENEW_DEADLINE, Moment::now);
  private final Runnable halt;
  private final LeaderElector elector;
  private CompletableFuture<?> running = CompletableFuture.completedFuture(null);
  private volatile boolean isClosing;

  /**
   * @param client its calls fail within seconds; no {@link Fence} of this replica checks them
   * @param halt ends the process at once, and does not return
   */
  public LeaderElection(KubernetesClient client, Candidate candidate, Runnable halt) {
    this.halt = halt;
    elector =
        new LeaderElector(
            client,
            new LeaderElectionConfig(
                new FencingLease(candidate, term, LEASE_DURATION, Moment::now),
                LEASE_DURATION,
                RENEW_DEADLINE,
                RETRY_PERIOD,
                new LeaderCallbacks(() -> {}, this::lost, LeaderElection::tell),
                false,
                candidate.lease()),
            Executors.newSingleThreadExecutor(task -> daemon(task, "leader-election")));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The fence for writes of the leader. */
  public Fence fence() {
    return term;
  }

  /** Competes, and returns once this process leads. */
  public void lead() {
    begin();
    term.awaitBegin();
  }

  private synchronized void begin() {
    if (!isClosing) {
      running = elector.start();
      daemon(new Watchdog(term, halt), "lease-watchdog").start();
    }
  }

  private void lost() {
    if (!isClosing) {
      halt.run();
    }
  }

  private static void tell(String holder) {
    if (!Utils.isNullOrEmpty(holder)) {
      LOG.info("{} is the leader", holder);
    }
  }

  /**
   * Releases the Lease, so that the next leader does not wait until it expires. A Lease of another
   * replica stays as it is. Call this only after all work of this replica has ended.
   */
  @Override
  public synchronized void close() {
    isClosing = true;
    running.cancel(false);
    try {
      elector.release();
    } catch (KubernetesClientException e) {
      LOG.warn("the Lease was not given back, and runs out by itself: {}", e.getMessage());
    }
  }
}
