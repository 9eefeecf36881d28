package io.eventbackbone.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.local.launcher.ProgramFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightingTest {

  private static final Bus BUS =
      Bus.of(
          "arn:aws:events:eu-west-1:333333333333:event-bus/local-bus-delivery-service",
          "/aws/events/local-bus-delivery-service",
          "delivery-service");
  private static final Instant AT = Instant.parse("2026-11-23T19:00:00Z");

  @Test
  void isReadFromAnEventOfTheAuditLog() {
    var sighting =
        Sighting.parse(
            BUS,
            AT,
            """
            {"version":"0","id":"7c1f","detail-type":"Order.Created","source":"order-service",
             "account":"222222222222","time":"2026-11-23T19:00:00Z","region":"eu-west-1",
             "resources":[],
             "detail":{"metadata":{"id":"e1","causationId":"e0"},"data":{"orderId":"o-1"}}}
            """);

    assertThat(sighting)
        .isEqualTo(
            new Sighting(
                BUS, "Order.Created", "order-service", "222222222222", "e1", "e0", "o-1", AT));
    assertThat(sighting.hop())
        .isEqualTo(
            new Hop(
                "Order.Created",
                "local-bus-delivery-service",
                "333333333333",
                AT,
                "forwarded, sent by order-service (222222222222)"));
  }

  @Test
  void anEventOfOthersNeedsNoEnvelope() {
    assertThat(Sighting.parse(BUS, AT, "{\"detail-type\":\"X\",\"detail\":{}}").orderId())
        .isEmpty();
  }

  @Test
  void whatIsNoEventIsNamedWithItsLog() {
    assertThatThrownBy(() -> Sighting.parse(BUS, AT, "nonsense"))
        .isInstanceOf(ProgramFailure.class)
        .hasMessageContaining("/aws/events/local-bus-delivery-service");
  }
}
