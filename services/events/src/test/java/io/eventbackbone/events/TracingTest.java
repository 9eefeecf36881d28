package io.eventbackbone.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @RegisterExtension
  private static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  @Test
  void anEventIsPublishedInTheCurrentTrace() {
    Span request = TELEMETRY.getOpenTelemetry().getTracer("test").spanBuilder("POST").startSpan();
    OutgoingEvent traced;
    try (Scope scope = request.makeCurrent()) {
      traced = Tracing.publishing(event(Optional.empty()));
    }
    SpanData send = TELEMETRY.getSpans().get(0);
    assertThat(send.getName()).isEqualTo("send Order.Created");
    assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(send.getTraceId()).isEqualTo(request.getSpanContext().getTraceId());
    assertThat(send.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
    assertThat(traced.envelope().metadata().traceparent())
        .startsWith("00-%s-%s-".formatted(send.getTraceId(), send.getSpanId()));
  }

  @Test
  void withoutACurrentTraceAnEventStaysInThatOfItsEnvelope() {
    Tracing.publishing(event(Optional.of("00-%s-%s-01".formatted(TRACE, SPAN))));
    SpanData send = TELEMETRY.getSpans().get(0);
    assertThat(send.getTraceId()).isEqualTo(TRACE);
    assertThat(send.getParentSpanId()).isEqualTo(SPAN);
  }

  @Test
  void handlingAnEventContinuesItsTrace() {
    Tracing.handling(
            IncomingEvent.of(
                """
                {"detail-type":"Order.Created",
                 "detail":{"metadata":{"id":"e1","traceparent":"00-%s-%s-01"},"data":{}}}
                """
                    .formatted(TRACE, SPAN)))
        .end();
    SpanData process = TELEMETRY.getSpans().get(0);
    assertThat(process.getName()).isEqualTo("process Order.Created");
    assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(process.getTraceId()).isEqualTo(TRACE);
    assertThat(process.getParentSpanId()).isEqualTo(SPAN);
  }

  @Test
  void aTraceparentThatIsNoneBeginsATrace() {
    Tracing.handling(
            IncomingEvent.of(
                """
                {"detail-type":"T","detail":{"metadata":{"id":"e1","traceparent":"any"},"data":{}}}
                """))
        .end();
    assertThat(TELEMETRY.getSpans().get(0).getParentSpanContext().isValid()).isFalse();
  }

  static OutgoingEvent event(Optional<String> traceparent) {
    return new OutgoingEvent(
        "Order.Created",
        new EventEnvelope<>(EventMetadata.first("c1", traceparent, Instant.EPOCH), "data"));
  }
}
