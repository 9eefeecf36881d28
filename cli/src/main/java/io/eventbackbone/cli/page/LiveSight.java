package io.eventbackbone.cli.page;

import io.eventbackbone.cli.cluster.Sight;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The state of the cluster, at most two seconds old. The parts of the page ask at the same time,
 * and share one reading.
 */
final class LiveSight implements Supplier<Sight> {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Supplier<Sight> cluster;
  private Optional<Sight> latest = Optional.empty();
  private long readNanos;

  LiveSight(Supplier<Sight> cluster) {
    this.cluster = cluster;
  }

  @Override
  public synchronized Sight get() {
    if (latest.isEmpty() || System.nanoTime() - readNanos > FRESH.toNanos()) {
      latest = Optional.of(cluster.get());
      readNanos = System.nanoTime();
    }
    return latest.get();
  }
}
