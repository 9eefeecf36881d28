package io.eventbackbone.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** The outbox and the handled events, in a database of each kind. */
abstract class EventStoreIT {

  private static final BindingEnvironment BINDING =
      new BindingEnvironment("eu-west-1", "arn:bus", "order-service", "http://queue");

  private final Bus bus = new Bus();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Database database;

  /** JDBC URL of an empty database. */
  abstract String url();

  @BeforeEach
  void open() {
    database = openAgain();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Database openAgain() {
    return open("off");
  }

  private Database open(String contracts) {
    return Database.open(
        Map.of("DATABASE_URL", url(), EventContracts.VARIABLE, contracts),
        "test",
        List.of("CREATE TABLE IF NOT EXISTS notes (note VARCHAR(100))"));
  }

  @Test
  void whatIsCommittedIsPublished() {
    try (Outbox outbox = outbox(database)) {
      outbox.start();
      List<String> ids = IntStream.range(0, 25).mapToObj(i -> commitOne()).toList();
      await().until(() -> bus.accepted.containsAll(ids));
    }
    assertThat(bus.accepted).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void whatBreaksItsContractIsNeitherKeptNorPublished() {
    try (Database enforcing = open("enforce");
        Outbox outbox = outbox(enforcing)) {
      outbox.start();
      OutgoingEvent broken = new OutgoingEvent("Order.Created", event().envelope());
      assertThatThrownBy(() ->
              enforcing.transaction(transaction -> {
                transaction.publish(broken);
                return broken;
              }))
          .isInstanceOf(ContractViolationException.class);
      String id = commitOne();
      await().until(() -> bus.accepted.contains(id));
      assertThat(bus.accepted).containsExactly(id);
    }
  }

  @Test
  void whatIsRolledBackIsNeitherKeptNorPublished() {
    OutgoingEvent lost = event();
    assertThatThrownBy(() ->
            database.transaction(transaction -> {
              note(transaction, "lost");
              transaction.publish(lost);
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    String kept = commitOne();
    try (Outbox outbox = outbox(database)) {
      outbox.start();
      await().until(() -> bus.accepted.contains(kept));
    }
    assertThat(bus.accepted).containsExactly(kept);
    assertThat(count("notes")).isZero();
  }

  @Test
  void whatABusDoesNotTakeWaitsAndHoldsUpNothing() {
    OutgoingEvent bad = event();
    bus.refused.add(bad.envelope().metadata().id());
    commit(bad);
    String good = commitOne();
    try (Outbox outbox = outbox(database)) {
      outbox.start();
      await().until(() -> bus.accepted.contains(good));
      bus.refused.clear();
      await().until(() -> bus.accepted.contains(bad.envelope().metadata().id()));
    }
  }

  @Test
  void whatABusDoesNotAnswerIsPublishedWhenItDoes() {
    bus.isDown = true;
    String id = commitOne();
    try (Outbox outbox = outbox(database)) {
      outbox.start();
      await().until(() -> bus.calls.size() > 0);
      assertThat(bus.accepted).isEmpty();
      bus.isDown = false;
      await().until(() -> bus.accepted.contains(id));
    }
  }

  /** The events of these tests happened in 1970. */
  @Test
  void tellsHowManyEventsWaitAndForHowLong() {
    bus.isDown = true;
    commitOne();
    commitOne();
    try (Outbox outbox = outbox(database)) {
      assertThat(gauge("events.outbox.waiting")).isZero();
      outbox.start();
      await().until(() -> gauge("events.outbox.waiting") == 2);
      assertThat(gauge("events.outbox.oldest.age")).isGreaterThan(50 * 365 * 24 * 3600.0);

      bus.isDown = false;
      await().atMost(Duration.ofMinutes(1)).until(() -> gauge("events.outbox.waiting") == 0);
      assertThat(gauge("events.outbox.oldest.age")).isZero();
    }
  }

  private double gauge(String name) {
    return metrics.get(name).gauge().value();
  }

  /** As two replicas do. */
  @Test
  void twoProcessesPublishEachEventOnce() {
    List<String> ids = IntStream.range(0, 60).mapToObj(i -> commitOne()).toList();
    try (Database other = openAgain();
        Outbox first = outbox(database);
        Outbox second = outbox(other)) {
      first.start();
      second.start();
      await().until(() -> count("event_outbox") == 0);
    }
    assertThat(bus.accepted).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void anEventIsHandledOnceAndOnceMorePerReplay() {
    assertThat(handle("e1", Optional.empty())).isTrue();
    assertThat(handle("e1", Optional.empty())).isFalse();
    assertThat(handle("e1", Optional.of("monday"))).isTrue();
    assertThat(handle("e1", Optional.of("monday"))).isFalse();
    assertThat(handle("e1", Optional.of("tuesday"))).isTrue();
    try (Database other = openAgain()) {
      assertThat(handle(other, "e1", Optional.empty())).isFalse();
    }
  }

  /** As two replicas do, one of which fails: the other then handles the event. */
  @Test
  void whileAnEventIsHandledAnotherDeliveryWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch fails = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> first =
          threads.submit(() ->
              database.transaction(transaction -> {
                HandledEvents.add(
                    transaction.connection(), incoming("e1", Optional.empty()), Instant.now());
                begun.countDown();
                fails.await();
                throw new IllegalStateException("handler failed");
              }));
      begun.await();
      Future<Boolean> second = threads.submit(() -> handle("e1", Optional.empty()));
      fails.countDown();
      assertThatThrownBy(first::get).hasMessageContaining("handler failed");
      assertThat(second.get()).isTrue();
    }
  }

  @Test
  void eventsThatCannotComeAgainAreForgotten() {
    handle("e1", Optional.empty());
    int forgotten =
        database.transaction(transaction ->
            HandledEvents.forgetOld(
                transaction.connection(), Instant.now().plusSeconds(40 * 24 * 3600)));
    assertThat(forgotten).isEqualTo(1);
    assertThat(handle("e1", Optional.empty())).isTrue();
  }

  private Outbox outbox(Database of) {
    return new Outbox(of, new EventPublisher(bus, BINDING, metrics), Clock.systemUTC(), metrics);
  }

  private String commitOne() {
    return commit(event());
  }

  private String commit(OutgoingEvent event) {
    database.transaction(transaction -> {
      transaction.publish(event);
      return event;
    });
    return event.envelope().metadata().id();
  }

  private boolean handle(String id, Optional<String> replay) {
    return handle(database, id, replay);
  }

  private static boolean handle(Database in, String id, Optional<String> replay) {
    return in.transaction(transaction ->
        HandledEvents.add(transaction.connection(), incoming(id, replay), Instant.now()));
  }

  private static IncomingEvent incoming(String id, Optional<String> replay) {
    String name = replay.map(it -> "\"replay-name\":\"" + it + "\",").orElse("");
    return IncomingEvent.of(
        "{%s\"detail-type\":\"T\",\"detail\":{\"metadata\":{\"id\":\"%s\"},\"data\":{}}}"
            .formatted(name, id));
  }

  private static OutgoingEvent event() {
    return new OutgoingEvent(
        "Order.Created",
        new EventEnvelope<>(EventMetadata.first("c1", Optional.empty(), Instant.EPOCH), "data"));
  }

  private static void note(Transaction transaction, String note) throws SQLException {
    try (var insert = transaction.connection().prepareStatement("INSERT INTO notes VALUES (?)")) {
      insert.setString(1, note);
      insert.executeUpdate();
    }
  }

  private int count(String table) {
    return database.transaction(transaction -> {
      try (var statement = transaction.connection().createStatement();
          var results = statement.executeQuery("SELECT count(*) FROM " + table)) {
        results.next();
        return results.getInt(1);
      }
    });
  }

  /** Accepts what it was not told to refuse. */
  private static final class Bus implements EventBridgeClient {

    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<PutEventsRequest> calls = new CopyOnWriteArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile boolean isDown;

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
      calls.add(request);
      if (isDown) {
        throw SdkClientException.create("connection refused");
      }
      return PutEventsResponse.builder()
          .entries(request.entries().stream().map(this::result).toList())
          .build();
    }

    private PutEventsResultEntry result(PutEventsRequestEntry entry) {
      String id;
      try {
        id = EventJson.MAPPER.readTree(entry.detail()).at("/metadata/id").asText();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
      if (refused.contains(id)) {
        return PutEventsResultEntry.builder().errorCode("MalformedDetail").build();
      }
      accepted.add(id);
      return PutEventsResultEntry.builder().eventId(id).build();
    }

    @Override
    public String serviceName() {
      return "events";
    }

    @Override
    public void close() {}
  }
}
