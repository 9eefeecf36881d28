package io.eventbackbone.cli.page;

import io.eventbackbone.cli.answer.Flow;
import io.eventbackbone.cli.answer.FlowingEvent;
import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.aws.AwsWitness;
import io.eventbackbone.cli.aws.RecentEvents;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.trace.AuditLog;
import io.eventbackbone.cli.trace.PublisherTracer;
import io.eventbackbone.cli.trace.Tracer;
import io.eventbackbone.cli.trace.View;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers the page's questions about AWS, with the caller's credentials. */
record AwsQuestions(Supplier<Sight> cluster, AwsAccess access) {

  private static final String AN_HOUR = "PT1H";

  /**
   * {@code why}. The parameter id is that of an event, or from names the bus of a service; to names
   * one subscription, if the question is about one; since is an ISO 8601 duration. Reads no
   * dead-letter queue.
   */
  Trace why(Request request) {
    Sight sight = cluster.get();
    Asked asked = new Asked(request, sight);
    AwsWitness witness = new AwsWitness(access, AwsWitness.Letters.LEFT_ALONE);
    Instant since = Instant.now().minus(since(request));
    return asked
        .bus("from")
        .map(new PublisherTracer(sight, witness, since)::of)
        .orElseGet(() ->
            new Tracer(sight, witness, since)
                .of(Asked.required("id", request), asked.subscription("to")));
  }

  private static Duration since(Request request) {
    String since = request.parameter("since").orElse(AN_HOUR);
    try {
      return Duration.parse(since);
    } catch (DateTimeParseException e) {
      throw new QuestionException(
          "since: '%s' is no duration, for instance PT1H".formatted(since), e);
    }
  }

  /** {@code tail}: parameters kind and name of a backbone, bus or subscription. */
  Flow flow(Request request) {
    Sight sight = cluster.get();
    return switch (AuditLog.of(new Asked(request, sight).object(), sight)) {
      case View.Seen<AuditLog> seen -> flow(seen.value(), sight);
      case View.Missing<AuditLog> missing ->
          throw new QuestionException("kind: objects of this kind have no log");
      case View.Unseen<AuditLog> unseen -> nothing("", unseen.why(), sight);
    };
  }

  private Flow flow(AuditLog log, Sight sight) {
    String name = "%s in account %s".formatted(log.group(), log.scope().accountId());
    return switch (new RecentEvents(access).of(log, Instant.now())) {
      case View.Seen<List<Logged>> seen ->
          new Flow(
              sight.unseen(),
              name,
              seen.value().stream().map(it -> FlowingEvent.withoutPayload(it.event())).toList());
      case View.Missing<List<Logged>> missing ->
          nothing(name, "log group %s, which does not exist".formatted(name), sight);
      case View.Unseen<List<Logged>> unseen -> nothing(name, unseen.why(), sight);
    };
  }

  private static Flow nothing(String log, String why, Sight sight) {
    return new Flow(
        Stream.concat(sight.unseen().stream(), Stream.of(why)).toList(), log, List.of());
  }
}
