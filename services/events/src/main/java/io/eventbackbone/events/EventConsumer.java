package io.eventbackbone.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Takes events from the subscription's queue and hands each to the handler of its detail type,
 * once. What fails is left in the queue: it comes again, and after the subscription's
 * maxReceiveCount it is in the dead-letter queue.
 */
public final class EventConsumer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
  static final int CONCURRENCY = 10;

  /** A consumer that is told to stop waits for it, and Kubernetes gives a pod 30 seconds. */
  private static final int LONG_POLL_SECONDS = 10;

  private static final Duration VISIBILITY = Duration.ofSeconds(60);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);

  private final SqsClient sqs;
  private final String queueUrl;
  private final Map<String, EventHandler> handlers;
  private final Database database;
  private final MeterRegistry metrics;
  private final Semaphore free = new Semaphore(CONCURRENCY);
  private final ExecutorService workers = Executors.newFixedThreadPool(CONCURRENCY);
  private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor();
  private final Thread receiver = new Thread(this::receive, "receiver");
  private volatile boolean isClosing;

  /**
   * Receives nothing before it is started.
   *
   * @param handlers by detail type
   */
  public EventConsumer(
      SqsClient sqs,
      String queueUrl,
      Map<String, EventHandler> handlers,
      Database database,
      MeterRegistry metrics) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.handlers = Map.copyOf(handlers);
    this.database = database;
    this.metrics = metrics;
  }

  public void start() {
    receiver.setDaemon(true);
    receiver.start();
  }

  public boolean isReceiving() {
    return receiver.isAlive() && !isClosing;
  }

  /**
   * Receives nothing more, and returns when what was received is handled. A poll that waits is not
   * cut short: SQS could give it messages all the same, and hide them from others.
   */
  @Override
  public void close() {
    isClosing = true;
    try {
      receiver.join(LONGEST_DRAIN.toMillis());
      workers.shutdown();
      if (!workers.awaitTermination(LONGEST_DRAIN.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("events were still being handled after {}; they come again", LONGEST_DRAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      heartbeat.shutdownNow();
    }
  }

  private void receive() {
    while (!isClosing) {
      try {
        receiveOnce();
      } catch (SdkException e) {
        LOG.warn("could not receive from {}: {}", queueUrl, e.getMessage());
        pause();
      }
    }
  }

  /** Receives no more than there are free workers for: visibility runs from the receipt on. */
  private void receiveOnce() {
    free.acquireUninterruptibly();
    int more = free.drainPermits();
    int permits = more + 1;
    int used = 0;
    try {
      for (Message message :
          sqs.receiveMessage(it ->
                  it.queueUrl(queueUrl)
                      .maxNumberOfMessages(permits)
                      .waitTimeSeconds(LONG_POLL_SECONDS)
                      .visibilityTimeout(Math.toIntExact(VISIBILITY.toSeconds())))
              .messages()) {
        used++;
        workers.execute(() -> process(message));
      }
    } finally {
      free.release(permits - used);
    }
  }

  private void process(Message message) {
    long half = VISIBILITY.toMillis() / 2;
    ScheduledFuture<?> extension =
        heartbeat.scheduleAtFixedRate(() -> extend(message), half, half, TimeUnit.MILLISECONDS);
    try {
      handle(IncomingEvent.of(message.body()));
      sqs.deleteMessage(it -> it.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    } catch (Exception e) {
      metrics.counter("events.failed").increment();
      LOG.error("message {} was not handled, and comes again", message.messageId(), e);
    } finally {
      extension.cancel(false);
      MDC.clear();
      free.release();
    }
  }

  private void handle(IncomingEvent event) throws Exception {
    MDC.put("correlationId", event.metadata().correlationId());
    MDC.put("eventId", event.metadata().id());
    MDC.put("detailType", event.detailType());
    event.replayName().ifPresent(name -> MDC.put("replayName", name));
    EventHandler handler = handlers.get(event.detailType());
    if (handler == null) {
      throw new IllegalArgumentException("nothing handles " + event.detailType());
    }
    if (event.replayName().isPresent() && handler.replays() == EventHandler.Replays.REFUSED) {
      count(event, "refused");
      LOG.info("is of a replay, which is not handled");
      return;
    }
    Span span = Tracing.handling(event);
    try (Scope scope = span.makeCurrent()) {
      boolean isNew = database.transaction(transaction -> handle(event, handler, transaction));
      count(event, isNew ? "handled" : "repeated");
      LOG.info(isNew ? "handled" : "was handled before");
    } catch (Exception e) {
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }

  /** Whether the event was new. */
  private boolean handle(IncomingEvent event, EventHandler handler, Transaction transaction)
      throws Exception {
    if (!HandledEvents.add(transaction.connection(), event, Instant.now())) {
      return false;
    }
    Timer.Sample sample = Timer.start(metrics);
    try {
      handler.handle(event, transaction);
    } finally {
      sample.stop(metrics.timer("events.handling", "detail_type", event.detailType()));
    }
    return true;
  }

  private void extend(Message message) {
    try {
      sqs.changeMessageVisibility(it ->
          it.queueUrl(queueUrl)
              .receiptHandle(message.receiptHandle())
              .visibilityTimeout(Math.toIntExact(VISIBILITY.toSeconds())));
    } catch (SdkException e) {
      LOG.warn(
          "message {} may come again while it is handled: {}", message.messageId(), e.getMessage());
    }
  }

  private void count(IncomingEvent event, String outcome) {
    metrics
        .counter("events.consumed", "detail_type", event.detailType(), "outcome", outcome)
        .increment();
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
