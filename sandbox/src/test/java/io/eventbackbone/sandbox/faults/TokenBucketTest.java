package io.eventbackbone.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private final TokenBucket bucket = new TokenBucket(50, 0);

  @Test
  void holdsOneSecondsWorthAndNoMore() {
    assertThat(takenAt(0)).isEqualTo(50);
    assertThat(takenAt(0)).isZero();
    assertThat(takenAt(60_000)).isEqualTo(50);
  }

  @Test
  void fillsUpEvenly() {
    takenAt(0);
    assertThat(takenAt(19)).isZero();
    assertThat(takenAt(20)).isEqualTo(1);
    assertThat(takenAt(520)).isEqualTo(25);
  }

  private long takenAt(long now) {
    return IntStream.range(0, 100).filter(i -> bucket.take(now)).count();
  }
}
