package io.eventbackbone.operator.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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
  private Optional<Listing<T>> last = Optional.empty();
  private Instant asked = Instant.MIN;
  private Instant deniedUntil = Instant.MIN;
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

  /** The list, of that age at most; empty when a part alone is to be asked for. */
  synchronized Optional<Listing<T>> ofAge(Duration oldest) {
    Instant now = clock.instant();
    if (asked.isBefore(now.minus(oldest))) {
      asked = now;
      askers = 0;
    }
    askers++;
    if (last.filter(it -> !it.begun().isBefore(now.minus(oldest))).isPresent()) {
      return last;
    }
    int pages = last.map(Listing::pages).orElse(1);
    if (askers < Math.max(fewestAskers, pages) || now.isBefore(deniedUntil)) {
      return Optional.empty();
    }
    last = read(now);
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
