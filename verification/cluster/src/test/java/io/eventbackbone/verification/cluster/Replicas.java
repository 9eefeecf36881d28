package io.eventbackbone.verification.cluster;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two replicas of the operator, each with a path of its own to the API server, and a kubelet's care
 * for them: a replica that ended is started anew.
 */
final class Replicas implements AutoCloseable {

  /** A replica, by the name that it has in the Lease. */
  record Replica(String name, OperatorProcess process, TcpForwarder path) {

    private void end() {
      path.close();
      process.kill();
    }
  }

  /** Of a Lease of 15 seconds on a machine that may be ten times slower than this one. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String AWS_ACCOUNT = "999999999999";
  private static final int WANTED = 2;

  private final Site site;
  private final String names;
  private final List<Replica> running = new ArrayList<>();
  private int started;

  /**
   * Two replicas that are ready.
   *
   * @param names what their names begin with
   */
  Replicas(Site site, String names) {
    this.site = site;
    this.names = names;
    restartEnded();
  }

  /** Starts as many replicas as have ended, and returns when all are ready. */
  void restartEnded() {
    running.removeIf(replica -> {
      if (replica.process().isDead()) {
        replica.path().close();
      }
      return replica.process().isDead();
    });
    while (running.size() < WANTED) {
      String name = names + "-" + ++started;
      TcpForwarder path = TcpForwarder.to(site.apiPort());
      running.add(new Replica(name, site.startOperator(name, AWS_ACCOUNT, path.port()), path));
    }
  }

  /** How many were started so far. */
  int started() {
    return started;
  }

  /** Waits until a replica that runs holds the Lease. */
  Replica leader() {
    return await("a leader")
        .atMost(PATIENCE)
        .until(this::holder, Optional::isPresent)
        .orElseThrow();
  }

  /** Waits until another replica holds the Lease; the one there is may have ended meanwhile. */
  void awaitAnotherLeader(Replica than) {
    await("another leader than " + than.name())
        .atMost(PATIENCE)
        .until(() -> {
          restartEnded();
          return holder().filter(it -> !it.name().equals(than.name())).isPresent();
        });
  }

  private Optional<Replica> holder() {
    Lease lease =
        site.client()
            .leases()
            .inNamespace(Chart.NAMESPACE)
            .withName("event-backbone-operator")
            .get();
    return running.stream()
        .filter(it -> !it.process().isDead())
        .filter(it -> lease != null && isHeldBy(lease, it))
        .findFirst();
  }

  /** An identity begins with the host's name, and another process of the host has another end. */
  private static boolean isHeldBy(Lease lease, Replica replica) {
    return Optional.ofNullable(lease.getSpec().getHolderIdentity())
        .filter(holder -> holder.startsWith(replica.name() + "_"))
        .isPresent();
  }

  @Override
  public void close() {
    running.forEach(Replica::end);
  }
}
