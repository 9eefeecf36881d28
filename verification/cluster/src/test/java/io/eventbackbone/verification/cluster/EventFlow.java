package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.reconcile.Account;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Events that a service publishes to the global bus all the time, and that another service takes
 * out of its queue. Each event that EventBridge accepted arrives, however often.
 */
final class EventFlow implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"flow\":\"([^\"]+)\"");
  private static final long PAUSE_MILLIS = 100;

  /** The account that publishes to a bus, and the account that receives from a queue. */
  record Ends(Account publisher, String busArn, Account receiver, String queueUrl) {}

  private final Ends ends;
  private final Map<String, Instant> accepted = new ConcurrentHashMap<>();
  private final Set<String> received = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads;
  private volatile boolean publishes = true;
  private boolean rests;
  private volatile boolean receives = true;

  EventFlow(Ends ends) {
    this.ends = ends;
    threads = List.of(new Thread(this::publish, "publish"), new Thread(this::receive, "receive"));
    threads.forEach(thread -> {
      thread.setUncaughtExceptionHandler((ended, failure) -> failures.add(failure));
      thread.start();
    });
  }

  private void publish() {
    while (publishes) {
      publishUnlessAtRest();
      pause();
    }
  }

  private synchronized void publishUnlessAtRest() {
    if (rests) {
      return;
    }
    String id = UUID.randomUUID().toString();
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName(ends.busArn())
            .source("order-service")
            .detailType("Order.Created")
            .detail("{\"metadata\":{},\"data\":{\"flow\":\"" + id + "\"}}")
            .build();
    try {
      if (ends.publisher().events().putEvents(it -> it.entries(entry)).entries().stream()
          .map(PutEventsResultEntry::errorCode)
          .allMatch(code -> code == null)) {
        accepted.put(id, Instant.now());
      }
    } catch (SdkException e) {
      // The bus's policy does not name the account now: nobody is promised this event.
    }
  }

  private void receive() {
    while (receives) {
      List<Message> messages =
          ends.receiver()
              .queues()
              .receiveMessage(it -> it.queueUrl(ends.queueUrl()).maxNumberOfMessages(10))
              .messages();
      for (Message message : messages) {
        Matcher id = ID.matcher(message.body());
        assertThat(id.find()).as("an event of this flow: %s", message.body()).isTrue();
        received.add(id.group(1));
        ends.receiver()
            .queues()
            .deleteMessage(
                it -> it.queueUrl(ends.queueUrl()).receiptHandle(message.receiptHandle()));
      }
      if (messages.isEmpty()) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Publishes no more; what was accepted may still be on its way. */
  void stopPublishing() {
    publishes = false;
    join(threads.get(0));
  }

  /** Publishes nothing until resumed, and returns when no event is on its way to the bus. */
  synchronized void rest() {
    rests = true;
  }

  synchronized void resume() {
    rests = false;
  }

  /** Ids of events that have not arrived yet, and when EventBridge accepted them. */
  Map<String, Instant> underway() {
    assertThat(failures).isEmpty();
    Map<String, Instant> underway = new TreeMap<>(accepted);
    underway.keySet().removeAll(received);
    return underway;
  }

  int accepted() {
    return accepted.size();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    publishes = false;
    receives = false;
    threads.forEach(EventFlow::join);
  }
}
