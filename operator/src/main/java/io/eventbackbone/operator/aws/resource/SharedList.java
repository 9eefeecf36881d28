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
 * A list that several callers share who need parts of it at about the same time. One page lists a
 * hundred elements at the cost of describing one. So it is read only if at least as many callers
 * need a part as it has pages. Roles of earlier versions may not read it; then callers describe
 * instead.
 */
final class SharedList<T> {

  /** How long the list is not tried again after AWS denied it. */
  private static final Duration DENIED_FOR = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(SharedList.class);

  /**
   * A list that was read.
   *
   * @param begun when the read began; later writes may be missing
   * @param pages number of pages
   */
  record Listing<T>(T content, Instant begun, int pages) {}

  /**
   * The content of all pages.
   *
   * @param count number of pages, at least one
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
   * Creates the list; reads nothing yet.
   *
   * @param fewestAskers callers for whom even a list of one page is worth a call
   */
  SharedList(
      int fewestAskers, Supplier<Pages<T>> list, FailureTranslation failures, InstantSource clock) {
    this.fewestAskers = fewestAskers;
    this.list = list;
    this.failures = failures;
    this.clock = clock;
  }

  /**
   * The list, not older than the given age. Empty: describe the element instead. One caller renews
   * the list before it is too old; the others use the old one meanwhile.
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

  /**
   * The list, not older than the given age, even for one caller. Empty: the role may not read it.
   */
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

  /** Counts the callers since the list was due for renewal; earlier ones do not count. */
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

  /** A caller that waited for another's read uses its result. */
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
        LOG.info("reading resources one by one instead of by a list: {}", denied.message());
        deniedUntil = now.plus(DENIED_FOR);
        return Optional.empty();
      }
      throw e;
    }
  }
}
