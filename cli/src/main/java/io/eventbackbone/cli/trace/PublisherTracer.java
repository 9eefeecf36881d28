package io.eventbackbone.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.answer.Trace.Ending;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether a service may publish, and whether it did. EventBridge gives a refused event no id,
 * and logs it nowhere, so no id leads to it.
 */
public final class PublisherTracer {

  private final Sight sight;
  private final Witness witness;
  private final Instant since;

  /**
   * By what the caller sees of the cluster and of AWS.
   *
   * @param since how far back logs are read
   */
  public PublisherTracer(Sight sight, Witness witness, Instant since) {
    this.sight = sight;
    this.witness = witness;
    this.since = since;
  }

  /** The service that has the bus. */
  public Trace of(ServiceAccountBus sender) {
    return sight
        .snapshot()
        .admissions()
        .bus(sender)
        .admitted()
        .map(it -> new OfBus(it).trace())
        .orElseGet(() ->
            trace(
                sender,
                Optional.of(Code.PUBLISHER_NOT_ADMITTED),
                "the operator does not accept the bus, so the global bus does not admit its account: kubectl backbone status tells why",
                Ending.STOPPED,
                List.of()));
  }

  private Trace trace(
      ServiceAccountBus sender,
      Optional<Code> code,
      String message,
      Ending ending,
      List<String> unseen) {
    return new Trace(
        Stream.concat(sight.unseen().stream(), unseen.stream()).toList(),
        Snapshot.key(sender),
        code,
        Optional.of(message),
        List.of(),
        ending);
  }

  /** An accepted bus. */
  private final class OfBus {

    private final AdmittedBus sender;
    private final AdmittedBackbone backbone;
    private final String account;
    private final View<JsonNode> policy;

    OfBus(AdmittedBus sender) {
      this.sender = sender;
      backbone = sender.backbone();
      account = sender.scope().accountId();
      policy = witness.policy(backbone.busKey());
    }

    Trace trace() {
      return PolicyCheck.isRefused(policy, account, sender.identifier()) ? denied() : byLog();
    }

    private Trace denied() {
      return ending(
          Code.PUBLISH_DENIED,
          "the policy of bus %s in account %s does not let account %s publish with Source %s. EventBridge refuses its events, and logs them nowhere. The operator writes the policy: see kubectl backbone status"
              .formatted(
                  backbone.spec().busName(),
                  backbone.scope().accountId(),
                  account,
                  sender.identifier()),
          Ending.STOPPED);
    }

    private Trace byLog() {
      if (!backbone.spec().audit().enabled()) {
        return unlogged("no log tells whether it publishes", LogTexts.off(backbone.resource()));
      }
      String group = backbone.logGroupName();
      return switch (witness.log(backbone.scope(), group, account, since)) {
        case View.Seen<List<Logged>> seen -> logged(eventsOf(seen.value()));
        case View.Missing<List<Logged>> missing ->
            unlogged(
                "no log tells whether it publishes",
                "log group %s does not exist".formatted(group));
        case View.Unseen<List<Logged>> unseen ->
            unlogged("you may not see whether it published", unseen.why());
      };
    }

    private List<ObjectNode> eventsOf(List<Logged> logged) {
      return logged.stream()
          .map(Logged::event)
          .filter(it -> it.path("account").asText().equals(account))
          .toList();
    }

    private Trace logged(List<ObjectNode> events) {
      return events.isEmpty() ? nothing() : last(events);
    }

    private Trace nothing() {
      return ending(
          Code.NOT_LOGGED,
          "account %s may publish%s, and since %s nothing from it was logged: it did not publish, published to another bus, or its own IAM policy does not let it (events:PutEvents on %s)"
              .formatted(account, bound(), since, backbone.busKey().arn()),
          Ending.STOPPED);
    }

    private String bound() {
      return backbone.spec().publishers().bindSources()
          ? " with Source %s alone".formatted(sender.identifier())
          : "";
    }

    private Trace last(List<ObjectNode> events) {
      ObjectNode last = events.getLast();
      return ending(
          Optional.empty(),
          "account %s may publish%s, and since %s %d of its events were logged, the last of them %s with Source %s, id %s"
              .formatted(
                  account,
                  bound(),
                  since,
                  events.size(),
                  last.path("detail-type").asText(),
                  last.path("source").asText(),
                  last.path("id").asText()),
          Ending.DELIVERED,
          Stream.empty());
    }

    private Trace unlogged(String message, String unseen) {
      return ending(
          Optional.of(Code.LOG_NOT_VISIBLE), message, Ending.CANNOT_TELL, Stream.of(unseen));
    }

    private Trace ending(Code code, String message, Ending ending) {
      return ending(Optional.of(code), message, ending, Stream.empty());
    }

    private Trace ending(
        Optional<Code> code, String message, Ending ending, Stream<String> unseen) {
      Stream<String> ofPolicy =
          policy instanceof View.Unseen<JsonNode> it ? Stream.of(it.why()) : Stream.empty();
      return PublisherTracer.this.trace(
          sender.resource(), code, message, ending, Stream.concat(ofPolicy, unseen).toList());
    }
  }
}
