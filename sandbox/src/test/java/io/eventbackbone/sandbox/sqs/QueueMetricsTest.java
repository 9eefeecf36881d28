package io.eventbackbone.sandbox.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.sandbox.api.Home;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What CloudWatch tells of a queue. */
class QueueMetricsTest {

  private static final Home HOME = new Home(SqsDriver.ORDERS, SqsDriver.REGION);
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final SqsDriver sqs = new SqsDriver();

  @BeforeEach
  void createQueues() {
    sqs.createQueue("dead", "{}");
    sqs.createQueue(
        "orders",
        "{'RedrivePolicy':'{\\'deadLetterTargetArn\\':\\'%s\\',\\'maxReceiveCount\\':5}'}"
            .formatted(SqsDriver.arn("dead")));
  }

  @Test
  void countsMessagesAsGetQueueAttributesDoes() {
    sqs.send("orders", "in flight");
    sqs.receive("orders");
    sqs.send("orders", "visible");
    sqs.send("orders", "visible, too");
    sqs.on("orders", "SendMessage", "{'MessageBody':'delayed','DelaySeconds':10}");

    assertThat(measure("ApproximateNumberOfMessagesVisible")).hasValue(2);
    assertThat(measure("ApproximateNumberOfMessagesNotVisible")).hasValue(1);
    assertThat(measure("ApproximateNumberOfMessagesDelayed")).hasValue(1);
    assertThat(sqs.attribute("orders", "ApproximateNumberOfMessages")).isEqualTo("2");
    assertThat(sqs.attribute("orders", "ApproximateNumberOfMessagesNotVisible")).isEqualTo("1");
    assertThat(sqs.attribute("orders", "ApproximateNumberOfMessagesDelayed")).isEqualTo("1");
  }

  @Test
  void theOldestMessageAgesUntilItIsDeleted() {
    assertThat(age("orders")).hasValue(0);
    sqs.send("orders", "old");
    sqs.clock.advance(Duration.ofSeconds(7));
    sqs.send("orders", "new");
    sqs.clock.advance(Duration.ofSeconds(3));

    assertThat(age("orders")).hasValue(10);
    sqs.delete("orders", sqs.receive("orders").get(0));
    assertThat(age("orders")).hasValue(3);
  }

  @Test
  void aPoisonousMessageCountsNoLonger() {
    sqs.send("orders", "poison");
    for (int receive = 0; receive < 3; receive++) {
      sqs.receive("orders");
      sqs.clock.advance(VISIBILITY);
    }
    assertThat(age("orders")).hasValue(90);
    sqs.receive("orders");

    assertThat(age("orders")).hasValue(0);
  }

  @Test
  void aDeadLetterAgesFromItsMove() {
    sqs.send("orders", "a");
    for (int receive = 0; receive < 6; receive++) {
      sqs.receive("orders");
      sqs.clock.advance(VISIBILITY);
    }

    assertThat(age("dead")).hasValue(VISIBILITY.toSeconds());
  }

  @Test
  void tellsNothingOfWhatIsNotThere() {
    assertThat(age("none")).isEmpty();
    assertThat(measure("NumberOfMessagesSent")).isEmpty();
    assertThat(
            sqs.service.measure(
                HOME, "ApproximateAgeOfOldestMessage", Map.of("QueueName", "orders", "Other", "x")))
        .isEmpty();
  }

  private OptionalLong age(String queue) {
    return sqs.service.measure(HOME, "ApproximateAgeOfOldestMessage", Map.of("QueueName", queue));
  }

  private OptionalLong measure(String metric) {
    return sqs.service.measure(HOME, metric, Map.of("QueueName", "orders"));
  }
}
