package io.eventbackbone.local.benchmark;

import io.eventbackbone.events.BindingEnvironment;
import io.eventbackbone.events.Database;
import io.eventbackbone.events.EventClients;
import io.eventbackbone.events.EventConsumer;
import io.eventbackbone.events.EventEnvelope;
import io.eventbackbone.events.EventMetadata;
import io.eventbackbone.events.EventPublisher;
import io.eventbackbone.events.OutgoingEvent;
import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.local.launcher.ProgramFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the services' publisher and consumer carry, through a sandbox without latency: one bus, one
 * rule, one queue; one publisher that sends ten events a call, one call after the other.
 */
final class DataPlane {

  private static final String ACCOUNT = Estate.accountId(0);
  private static final String NAME = "benchmark";
  private static final String DETAIL_TYPE = "Order.Created";
  private static final int EVENTS = 10_000;
  private static final int WARM_UP = 2_000;
  private static final int BATCH = 10;
  private static final Map<String, String> DATABASE = Map.of("DATABASE_URL", "jdbc:h2:mem:" + NAME);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Events a second. */
  record Throughput(double published, double consumed) {}

  private DataPlane() {}

  static Throughput measure(SandboxProgram sandbox) {
    System.setProperty("aws.endpointUrl", sandbox.endpoint().uri().toString());
    System.setProperty("aws.accessKeyId", ACCOUNT);
    System.setProperty("aws.secretAccessKey", AwsEndpoint.SECRET);
    try (EventClients clients = new EventClients(Estate.REGION)) {
      BindingEnvironment binding = route(clients.eventBridge(), clients.sqs());
      run(clients, binding, WARM_UP);
      return run(clients, binding, EVENTS);
    }
  }

  private static Throughput run(EventClients clients, BindingEnvironment binding, int events) {
    Stopwatch publishing = new Stopwatch();
    publish(clients.eventBridge(), binding, events);
    double published = events / publishing.seconds();
    return new Throughput(published, events / consume(clients.sqs(), binding, events));
  }

  private static void publish(EventBridgeClient client, BindingEnvironment binding, int events) {
    EventPublisher publisher = new EventPublisher(client, binding, new SimpleMeterRegistry());
    for (int i = 0; i < events; i += BATCH) {
      publisher.publish(IntStream.range(0, BATCH).mapToObj(number -> event()).toList());
    }
  }

  private static OutgoingEvent event() {
    EventMetadata metadata =
        EventMetadata.first(UUID.randomUUID().toString(), Optional.empty(), Instant.now());
    return new OutgoingEvent(
        DETAIL_TYPE, new EventEnvelope<>(metadata, Map.of("orderId", "o-1", "items", 3)));
  }

  /** How many seconds it takes to handle them all, with a database in memory. */
  private static double consume(SqsClient client, BindingEnvironment binding, int events) {
    CountDownLatch left = new CountDownLatch(events);
    try (Database database = Database.open(DATABASE, NAME, List.of());
        EventConsumer consumer =
            new EventConsumer(
                client,
                binding.queueUrl(),
                Map.of(DETAIL_TYPE, (event, transaction) -> left.countDown()),
                database,
                new SimpleMeterRegistry())) {
      Stopwatch consuming = new Stopwatch();
      consumer.start();
      if (!left.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new ProgramFailure(left.getCount() + " published events were not consumed");
      }
      return consuming.seconds();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProgramFailure("interrupted", e);
    }
  }

  private static BindingEnvironment route(EventBridgeClient events, SqsClient sqs) {
    String bus = events.createEventBus(it -> it.name(NAME)).eventBusArn();
    String rule =
        events
            .putRule(it ->
                it.eventBusName(NAME)
                    .name(NAME)
                    .eventPattern("{\"detail-type\":[\"%s\"]}".formatted(DETAIL_TYPE)))
            .ruleArn();
    String queue = "arn:aws:sqs:%s:%s:%s".formatted(Estate.REGION, ACCOUNT, NAME);
    String url =
        sqs.createQueue(it ->
                it.queueName(NAME)
                    .attributes(Map.of(QueueAttributeName.POLICY, policy(queue, rule))))
            .queueUrl();
    events.putTargets(it ->
        it.eventBusName(NAME).rule(NAME).targets(Target.builder().id("queue").arn(queue).build()));
    return new BindingEnvironment(Estate.REGION, bus, NAME, url);
  }

  private static String policy(String queue, String rule) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Sid": "rule", "Effect": "Allow",
     "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
     "Resource": "%s", "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}
    """
        .formatted(queue, rule);
  }
}
