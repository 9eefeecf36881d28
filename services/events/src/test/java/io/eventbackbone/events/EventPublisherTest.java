package io.eventbackbone.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class EventPublisherTest {

  private static final BindingEnvironment BINDING =
      new BindingEnvironment("eu-west-1", "arn:bus", "order-service", "http://queue");

  private final FakeBus bus = new FakeBus();
  private final EventPublisher publisher =
      new EventPublisher(bus, BINDING, new SimpleMeterRegistry());

  @Test
  void eventsGoToTheBusInBatchesOfTen() {
    publisher.publish(IntStream.range(0, 23).mapToObj(i -> event("data " + i)).toList());
    assertThat(bus.requests).extracting(it -> it.entries().size()).containsExactly(10, 10, 3);
    assertThat(bus.requests.get(0).entries().get(0))
        .satisfies(entry -> {
          assertThat(entry.eventBusName()).isEqualTo("arn:bus");
          assertThat(entry.source()).isEqualTo("order-service");
          assertThat(entry.detail()).contains("\"data\":\"data 0\"", "\"correlationId\":\"c1\"");
        });
  }

  @Test
  void batchesStayBelowTheSizeThatEventBridgeTakes() {
    publisher.publish(List.of(event("x".repeat(600_000)), event("y".repeat(600_000))));
    assertThat(bus.requests).hasSize(2);
  }

  @Test
  void anEventThatIsTooLargeIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> publisher.publish(List.of(event("x".repeat(1_000_000)))))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("too large");
    assertThat(bus.requests).isEmpty();
  }

  @Test
  void whatFailedInAWayThatPassesIsSentAgainAlone() {
    bus.outcomes.add(List.of("", "ThrottlingException", ""));
    publisher.publish(List.of(event("a"), event("b"), event("c")));
    assertThat(bus.requests).hasSize(2);
    assertThat(bus.requests.get(1).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.detail()).contains("\"data\":\"b\""));
  }

  @Test
  void whatWasRefusedIsNamed() {
    bus.outcomes.add(List.of("", "NotAuthorizedForSourceException"));
    assertThatThrownBy(() -> publisher.publish(List.of(event("a"), event("b"))))
        .isInstanceOf(PublishException.class)
        .hasMessageMatching(
            "not accepted by the bus: Order.Created [0-9a-f-]{36}: NotAuthorizedForSourceException: .*");
    assertThat(bus.requests).hasSize(1);
  }

  @Test
  void aBusThatKeepsFailingIsGivenUpOn() {
    IntStream.range(0, 9).forEach(i -> bus.outcomes.add(List.of("InternalFailure")));
    assertThatThrownBy(() -> publisher.publish(List.of(event("a"))))
        .isInstanceOf(PublishException.class);
    assertThat(bus.requests).hasSize(5);
  }

  private static OutgoingEvent event(String data) {
    return new OutgoingEvent(
        "Order.Created",
        new EventEnvelope<>(EventMetadata.first("c1", Optional.empty(), Instant.EPOCH), data));
  }

  /** Answers with the given error codes, an empty one for success; then with success. */
  private static final class FakeBus implements EventBridgeClient {

    private final List<PutEventsRequest> requests = new ArrayList<>();
    private final Deque<List<String>> outcomes = new ArrayDeque<>();

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
      requests.add(request);
      List<String> codes =
          outcomes.isEmpty()
              ? request.entries().stream().map(entry -> "").toList()
              : outcomes.removeFirst();
      return PutEventsResponse.builder()
          .entries(codes.stream().map(FakeBus::result).toList())
          .build();
    }

    private static PutEventsResultEntry result(String code) {
      return code.isEmpty()
          ? PutEventsResultEntry.builder().eventId("id").build()
          : PutEventsResultEntry.builder().errorCode(code).errorMessage("why").build();
    }

    @Override
    public String serviceName() {
      return "events";
    }

    @Override
    public void close() {}
  }
}
