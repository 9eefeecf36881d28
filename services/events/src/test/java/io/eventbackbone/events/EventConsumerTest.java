package io.eventbackbone.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class EventConsumerTest {

  private final FakeQueue queue = new FakeQueue();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Database database =
      Database.open(Map.of("DATABASE_URL", "jdbc:h2:mem:" + UUID.randomUUID()), "test", List.of());
  private final EventConsumer consumer =
      new EventConsumer(
          queue,
          "http://queue",
          Map.of(
              "Order.Created",
              (event, transaction) ->
                  seen.add(event.metadata().id() + event.replayName().orElse("")),
              "Order.Delivered",
              new NotInReplays(),
              "Order.Slow",
              (event, transaction) -> {
                seen.add("begun");
                gate.await();
                seen.add("ended");
              },
              "Order.Bad",
              (event, transaction) -> {
                throw new IllegalStateException("cannot");
              }),
          database,
          new SimpleMeterRegistry());

  @AfterEach
  void close() {
    gate.countDown();
    queue.end();
    consumer.close();
    database.close();
  }

  /** Notes each event that it gets. */
  private final class NotInReplays implements EventHandler {
    @Override
    public void handle(IncomingEvent event, Transaction transaction) {
      seen.add(event.metadata().id());
    }

    @Override
    public Replays replays() {
      return Replays.REFUSED;
    }
  }

  @Test
  void anEventIsHandledOnceAndDeletedEachTime() {
    queue.send("r1", "Order.Created", "e1");
    consumer.start();
    await().until(() -> queue.deleted.contains("r1"));
    queue.send("r2", "Order.Created", "e1");
    await().until(() -> queue.deleted.contains("r2"));
    assertThat(seen).containsExactly("e1");
  }

  @Test
  void anEventOfAReplayIsHandledOncePerReplay() {
    queue.send("r1", "Order.Created", "e1");
    queue.sendReplayed("r2", "Order.Created", "e1", "/monday");
    queue.sendReplayed("r3", "Order.Created", "e1", "/monday");
    queue.sendReplayed("r4", "Order.Created", "e1", "/tuesday");
    consumer.start();
    await().until(() -> queue.deleted.size() == 4);
    assertThat(seen).containsExactlyInAnyOrder("e1", "e1/monday", "e1/tuesday");
  }

  @Test
  void aHandlerThatRefusesReplaysGetsNoneAndLeavesNoneInTheQueue() {
    queue.sendReplayed("r1", "Order.Delivered", "e1", "monday");
    queue.send("r2", "Order.Delivered", "e1");
    consumer.start();
    await().until(() -> queue.deleted.size() == 2);
    assertThat(seen).containsExactly("e1");
  }

  @Test
  void whatFailsIsLeftInTheQueue() {
    queue.send("r1", "Order.Bad", "e1");
    queue.send("r2", "Order.Unknown", "e2");
    queue.messages.add(Message.builder().receiptHandle("r3").body("no event").build());
    queue.send("r4", "Order.Created", "e4");
    consumer.start();
    await().until(() -> queue.deleted.contains("r4"));
    assertThat(queue.deleted).containsExactly("r4");
  }

  @Test
  void closingFinishesWhatIsInHand() {
    queue.send("r1", "Order.Slow", "e1");
    consumer.start();
    await().until(() -> seen.contains("begun"));
    Thread closing = new Thread(consumer::close);
    closing.start();
    await().until(() -> !consumer.isReceiving());
    assertThat(queue.deleted).isEmpty();
    queue.end();
    gate.countDown();
    await().until(() -> !closing.isAlive());
    assertThat(seen).containsExactly("begun", "ended");
    assertThat(queue.deleted).containsExactly("r1");
  }

  /** SQS hides what it gave to a poll, whether somebody still listened or not. */
  @Test
  void whatAPollBringsWhileClosingIsHandled() {
    consumer.start();
    await().until(() -> queue.polls.get() > 0);
    Thread closing = new Thread(consumer::close);
    closing.start();
    await().until(() -> !consumer.isReceiving());
    queue.send("r1", "Order.Created", "e1");
    await().until(() -> !closing.isAlive());
    assertThat(seen).containsExactly("e1");
    assertThat(queue.deleted).containsExactly("r1");
  }

  /** Gives out what was sent, once; a poll that finds nothing lasts until the end. */
  private static final class FakeQueue implements SqsClient {

    private static final Message NOTHING_MORE = Message.builder().build();

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final List<String> deleted = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();

    void send(String receipt, String detailType, String id) {
      add(receipt, detailType, id, "");
    }

    void sendReplayed(String receipt, String detailType, String id, String replay) {
      add(receipt, detailType, id, "\"replay-name\":\"" + replay + "\",");
    }

    private void add(String receipt, String detailType, String id, String replay) {
      messages.add(
          Message.builder()
              .receiptHandle(receipt)
              .body(
                  """
                  {%s"detail-type":"%s","source":"s","account":"1",
                   "detail":{"metadata":{"id":"%s","correlationId":"c"},"data":{}}}
                  """
                      .formatted(replay, detailType, id))
              .build());
    }

    void end() {
      messages.add(NOTHING_MORE);
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
      polls.incrementAndGet();
      try {
        Message message = messages.take();
        if (message.equals(NOTHING_MORE)) {
          messages.add(NOTHING_MORE); // For the polls that come after.
          return ReceiveMessageResponse.builder().build();
        }
        return ReceiveMessageResponse.builder().messages(message).build();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted", e);
      }
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
      deleted.add(request.receiptHandle());
      return DeleteMessageResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }
}
