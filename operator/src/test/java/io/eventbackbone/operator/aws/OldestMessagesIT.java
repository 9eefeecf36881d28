package io.eventbackbone.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** How the age of messages is asked for, by the sandbox's CloudWatch. */
class OldestMessagesIT {

  private static final String ACCOUNT = "222222222222";
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @AutoClose private final Sandbox sandbox = Sandbox.start();
  private final LocalAws aws = new LocalAws(sandbox.endpoint());

  /** Later than the sandbox's, which has data points of the present alone. */
  private Duration ahead = Duration.ZERO;

  @AutoClose
  private final AwsSessions sessions =
      aws.sessions("test", LocalAws.root(ACCOUNT), () -> Clock.systemUTC().instant().plus(ahead));

  private final AwsSession session =
      sessions.session(
          new AccountAccess(ACCOUNT, Optional.empty(), Optional.empty()), LocalAws.REGION);

  @AutoClose
  private final SqsClient queues = aws.client(SqsClient.builder(), LocalAws.root(ACCOUNT)).build();

  @Test
  void theOldestMessageIsKnownToTheMinute() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    send("orders");
    Optional<Instant> sent = oldest("orders");
    assertThat(sent)
        .hasValueSatisfying(it -> {
          assertThat(it).isEqualTo(it.truncatedTo(ChronoUnit.MINUTES));
          // A data point has the time at which its period begins.
          assertThat(it).isBetween(before.minus(A_MINUTE), Instant.now());
        });
  }

  @Test
  void aQueueThatCloudWatchDoesNotKnowHasNoAge() {
    assertThat(oldest("nowhere")).isEmpty();
  }

  @Test
  void oneCallAsksForAllQueuesThatWereAskedAboutLately() {
    send("orders");
    send("invoices");
    oldest("orders");
    oldest("invoices");
    assertThat(calls()).isEqualTo(2);
    ahead = A_MINUTE.plusSeconds(1);
    assertThat(oldest("orders")).isPresent();
    assertThat(oldest("invoices")).isPresent();
    assertThat(calls()).as("the third call asked for both").isEqualTo(3);
  }

  @Test
  void whatIsDeniedIsAskedForAgainAfterAnHour() {
    send("orders");
    sandbox.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("GetMetricData"));
    assertThat(oldest("orders")).isEmpty();
    ahead = Duration.ofMinutes(59);
    assertThat(oldest("orders")).isEmpty();
    assertThat(calls()).isEqualTo(1);
    ahead = Duration.ofMinutes(61);
    assertThat(oldest("orders")).isEmpty();
    assertThat(calls()).isEqualTo(2);
  }

  private void send(String queue) {
    String url = queues.createQueue(it -> it.queueName(queue)).queueUrl();
    queues.sendMessage(it -> it.queueUrl(url).messageBody("{}"));
  }

  private Optional<Instant> oldest(String queue) {
    return session.oldestMessage(
        new QueueKey(new AccountScope(ACCOUNT, LocalAws.REGION), queue), A_MINUTE);
  }

  private long calls() {
    return sandbox.calls().stream().filter(it -> it.operation().equals("GetMetricData")).count();
  }
}
