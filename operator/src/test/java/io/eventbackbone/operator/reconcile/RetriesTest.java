package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.core.model.Cluster;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RetriesTest {

  private final Retries retries =
      new Retries(
          new GenericRetry()
              .setInitialInterval(Duration.ofSeconds(1))
              .setIntervalMultiplier(2)
              .setMaxInterval(60_000)
              .withoutMaxAttempts());
  private final EventRoute route = Cluster.of(Cluster.ECOMMERCE).get(EventRoute.class, "fan-out");
  private final Logger logger = (Logger) LoggerFactory.getLogger(Retries.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
  }

  @Test
  void triesComeLessAndLessOftenAndOnceAMinuteAtLeast() {
    assertThat(Stream.generate(() -> retries.next(route, "throttled").toSeconds()).limit(9))
        .containsExactly(1L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void linesInTheLogComeLessAndLessOftenAndWithoutStackTraces() {
    IntStream.range(0, 100).forEach(i -> retries.next(route, "throttled"));
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(6)
        .allMatch(line -> line.contains("EventRoute event-platform/fan-out"))
        .allMatch(line -> line.endsWith("throttled"))
        .last()
        .asString()
        .contains("failed 64 times");
    assertThat(log.list).allMatch(line -> line.getThrowableProxy() == null);
  }

  @Test
  void whatSucceededFailsForTheFirstTimeAgain() {
    IntStream.range(0, 20).forEach(i -> retries.next(route, "throttled"));
    retries.end(route);
    assertThat(retries.next(route, "throttled")).isEqualTo(Duration.ofSeconds(1));
  }
}
