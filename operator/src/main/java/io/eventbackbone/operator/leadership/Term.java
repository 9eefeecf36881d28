package io.eventbackbone.operator.leadership;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The time in which this replica may write: until RenewDeadline after it began the last write of
 * the Lease that succeeded. Another replica waits for the longer LeaseDuration, and counts from
 * when it saw that write.
 */
final class Term implements Fence {

  private final Duration renewDeadline;
  private final Supplier<Moment> clock;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private volatile Optional<Moment> renewed = Optional.empty();

  Term(Duration renewDeadline, Supplier<Moment> clock) {
    this.renewDeadline = renewDeadline;
    this.clock = clock;
  }

  /**
   * Records a write of the Lease.
   *
   * @param before the moment before the write was sent
   */
  void renew(Moment before) {
    renewed = Optional.of(before);
    begun.complete(null);
  }

  /** Waits for the first write of the Lease. */
  void awaitBegin() {
    begun.join();
  }

  /** Ends the term: the Lease is released. */
  void end() {
    renewed = Optional.empty();
  }

  /** The rest of the term, zero or less after its end. Empty: there is no term. */
  Optional<Duration> left() {
    return renewed.map(before -> renewDeadline.minus(clock.get().longestSince(before)));
  }

  @Override
  public void check() {
    if (left().filter(left -> left.compareTo(Duration.ZERO) > 0).isEmpty()) {
      throw new NotLeaderException();
    }
  }
}
