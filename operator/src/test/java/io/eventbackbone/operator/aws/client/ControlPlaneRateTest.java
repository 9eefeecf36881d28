package io.eventbackbone.operator.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.aws.client.ControlPlaneRate.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlPlaneRateTest {

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final long now = System.nanoTime() + Duration.ofMinutes(1).toNanos();
  private final Bucket bucket = new Bucket(INTERVAL.toNanos());

  @Test
  void aBurstGoesAtOnceAndWhatFollowsAtTheRate() {
    assertThat(waits(13))
        .startsWith(Duration.ZERO, Duration.ZERO)
        .endsWith(Duration.ZERO, INTERVAL, INTERVAL.multipliedBy(2));
  }

  @Test
  void throttlingHalvesTheRateAndSuccessBringsItBack() {
    waits(10);
    bucket.slowDown();
    assertThat(waits(2)).containsExactly(Duration.ZERO, INTERVAL.multipliedBy(2));
    IntStream.range(0, 100).forEach(i -> bucket.speedUp());
    waits(1);
    Duration before = bucket.take(now);
    assertThat(bucket.take(now).minus(before)).isEqualTo(INTERVAL);
  }

  @Test
  void howeverOftenItIsThrottledSomethingGoesEverySecond() {
    IntStream.range(0, 100).forEach(i -> bucket.slowDown());
    waits(11);
    Duration before = bucket.take(now);
    assertThat(bucket.take(now).minus(before)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatManyWaitForGoesFirstAndCountsLikeTheOthers() {
    waits(20);
    assertThat(bucket.takeFirst(now)).isZero();
    Duration next = bucket.take(now);
    assertThat(next).isEqualTo(INTERVAL.multipliedBy(11));
  }

  @Test
  void whereAwsThrottlesNobodyGoesFirst() {
    waits(20);
    bucket.slowDown();
    assertThat(bucket.takeFirst(now)).isGreaterThan(INTERVAL);
  }

  private List<Duration> waits(int requests) {
    return IntStream.range(0, requests).mapToObj(i -> bucket.take(now)).toList();
  }
}
