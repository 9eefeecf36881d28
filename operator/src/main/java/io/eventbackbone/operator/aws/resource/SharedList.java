package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.aws.failure.FailureTranslation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A list of AWS that all share who need a part of it at about the same time: a page of a hundred
 * costs as much as one of them. It is only read when at least as many ask for a part as it has
 * pages, and not where the role may not: one that was made before the operator read any lists.
 */
final class SharedList<T> {

  /** How long a denial is believed. */
  private static final Duration DENIED_FOR = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(SharedList.class);

  /**
   * What was listed.
   *
   * @param begun when it was asked for: what was written later may not be in it
   * @param pages that it took
   */
  record Listing<T>(T content, Instant begun, int pages) {}

  /**
   * All pages.
   *
   * @param count at least one
   */
  record Pages<T>(T content, int count) {}

  private final int fewestAskers;
  private final Supplier<Pages<T>> list;
  private final FailureTranslation failures;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Optional<Listing<T>> last = Optional.empty();
  private Instant asked = Instant.MIN;
  private volatile Instant deniedUntil = Instant.MIN;
  private int askers;

  /**
   * Reads nothing yet.
   *
   * @param fewestAskers for how many it is worth a call, however short it is
   */
  SharedList(
      int fewestAskers, Supplier<Pages<T>> list, FailureTranslation failures, InstantSource clock) {
    this.fewestAskers = fewestAskers;
    this.list = list;
    this.failures = failures;
    this.clock = clock;
  }

  /**
   * The list, of that age at most; empty when a part alone is to be asked for. One caller renews it
   * before it is too old, and the others go on by the old one meanwhile.
   */
  Optional<Listing<T>> ofAge(Duration oldest) {
    Instant now = clock.instant();
    Duration renewedAt = oldest.multipliedBy(4).dividedBy(5);
    Optional<Listing<T>> known = youngerThan(oldest, now);
    if (youngerThan(renewedAt, now).isPresent() || !isAskedForOften(now, renewedAt, oldest)) {
      return known;
    }
    if (known.isEmpty()) {
      reading.lock();
    } else if (!reading.tryLock()) {
      return known;
    }
    try {
      return readIfOlderThan(renewedAt);
    } finally {
      reading.unlock();
    }
  }

  /** The list, of that age at most, however few ask for it; empty where the role may not. */
  Optional<Listing<T>> readOfAge(Duration oldest) {
    reading.lock();
    try {
      return readIfOlderThan(oldest);
    } finally {
      reading.unlock();
    }
  }

  private Optional<Listing<T>> youngerThan(Duration age, Instant now) {
    return last.filter(it -> !it.begun().isBefore(now.minus(age)));
  }

  /** Who asked before the list was to be renewed says nothing of who will ask for the new one. */
  private synchronized boolean isAskedForOften(Instant now, Duration renewedAt, Duration oldest) {
    boolean isAnotherList =
        last.filter(it -> asked.isBefore(it.begun().plus(renewedAt))).isPresent();
    if (isAnotherList || asked.isBefore(now.minus(oldest))) {
      asked = now;
      askers = 0;
    }
    askers++;
    int pages = last.map(Listing::pages).orElse(1);
    return askers >= Math.max(fewestAskers, pages) && !now.isBefore(deniedUntil);
  }

  /** Who waited for another's reading takes what that brought. */
  private Optional<Listing<T>> readIfOlderThan(Duration age) {
    Instant now = clock.instant();
    if (youngerThan(age, now).isEmpty() && !now.isBefore(deniedUntil)) {
      last = read(now);
    }
    return last;
  }

  private Optional<Listing<T>> read(Instant now) {
    try {
      Pages<T> pages = list.get();
      return Optional.of(new Listing<>(pages.content(), now, pages.count()));
    } catch (SdkException e) {
      if (failures.of(e).failure() instanceof AwsFailure.Denied denied) {
        LOG.info(
            "what a list would tell at once is asked for one by one, since {}", denied.message());
        deniedUntil = now.plus(DENIED_FOR);
        return Optional.empty();
      }
      throw e;
    }
  }
}
