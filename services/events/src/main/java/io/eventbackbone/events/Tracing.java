package io.eventbackbone.events;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Spans of events, and the trace context in their envelopes. An OpenTelemetry SDK or agent that the
 * process has gets the spans. Without one there are no spans, and an envelope keeps the trace
 * context that it came with.
 *
 * <p>Names and attributes follow OpenTelemetry's "Semantic conventions for messaging spans".
 */
final class Tracing {

  private static final String SCOPE = "io.eventbackbone.events";
  private static final String TRACEPARENT = "traceparent";

  private static final TextMapGetter<EventMetadata> OF_ENVELOPE =
      (metadata, key) -> key.equals(TRACEPARENT) ? metadata.traceparent() : null;

  private Tracing() {}

  /** The span of handling an event, a part of the trace that published it. */
  static Span handling(IncomingEvent event) {
    return span("process", event.detailType(), event.metadata())
        .setSpanKind(SpanKind.CONSUMER)
        .setParent(context(event.metadata()))
        .startSpan();
  }

  /**
   * The event as a part of the current trace, or of the trace that its envelope names where there
   * is no current one.
   */
  static OutgoingEvent publishing(OutgoingEvent event) {
    EventMetadata metadata = event.envelope().metadata();
    Context current = Context.current();
    boolean isTraced = Span.fromContext(current).getSpanContext().isValid();
    Span span =
        span("send", event.detailType(), metadata)
            .setSpanKind(SpanKind.PRODUCER)
            .setParent(isTraced ? current : context(metadata))
            .startSpan();
    span.end();
    return traceparent(span)
        .map(traceparent ->
            new OutgoingEvent(
                event.detailType(),
                new EventEnvelope<>(metadata.tracedBy(traceparent), event.envelope().data())))
        .orElse(event);
  }

  private static SpanBuilder span(String operation, String detailType, EventMetadata metadata) {
    return GlobalOpenTelemetry.getTracer(SCOPE)
        .spanBuilder(operation + " " + detailType)
        .setAttribute("messaging.system", "eventbridge")
        .setAttribute("messaging.operation.type", operation)
        .setAttribute("messaging.message.id", metadata.id())
        .setAttribute("messaging.message.conversation_id", metadata.correlationId());
  }

  private static Context context(EventMetadata metadata) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), metadata, OF_ENVELOPE);
  }

  private static Optional<String> traceparent(Span span) {
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, Map::put);
    return Optional.ofNullable(headers.get(TRACEPARENT));
  }
}
