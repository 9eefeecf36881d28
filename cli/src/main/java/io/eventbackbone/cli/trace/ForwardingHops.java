package io.eventbackbone.cli.trace;

import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace.Hop;
import io.eventbackbone.cli.answer.Trace.Passage;
import io.eventbackbone.cli.answer.Trace.Stage;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.reception.Reception;
import io.eventbackbone.cli.reception.Reception.Forwarded;
import io.eventbackbone.cli.trace.Witness.Letter;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From the global bus to a local one: by the local log where it tells, else by what is set up. */
final class ForwardingHops {

  private final Sight sight;
  private final Witness witness;
  private final Instant since;
  private final Sighting sighting;
  private final Facts facts;

  ForwardingHops(Sight sight, Witness witness, Instant since, Sighting sighting, Facts facts) {
    this.sight = sight;
    this.witness = witness;
    this.since = since;
    this.sighting = sighting;
    this.facts = facts;
  }

  /** Forward, and Local unless it stopped before. */
  List<Hop> to(AdmittedBus bus) {
    View<List<Logged>> log =
        bus.audit().enabled()
            ? witness.log(bus.scope(), bus.logGroupName(), sighting.text("id"), since)
            : new View.Unseen<>(LogTexts.off(bus.resource()));
    Optional<Logged> arrived =
        log.seen().stream()
            .flatMap(List::stream)
            .filter(it -> Journey.isSame(it.event(), sighting))
            .findFirst();
    if (arrived.isPresent()) {
      return List.of(
          forward(bus, Passage.PASSED, Optional.empty(), ""), arrived(bus, arrived.get()));
    }
    return stopped(bus)
        .map(List::of)
        .orElseGet(() ->
            List.of(
                forward(bus, Passage.PASSED, Optional.empty(), "its rule matches, and is enabled"),
                notLogged(bus, log)));
  }

  /** Why the event can't have been forwarded. */
  private Optional<Hop> stopped(AdmittedBus bus) {
    Forwarded bySpec = new Reception(sight).toBus(bus, facts);
    if (bySpec.verdict() == Verdict.NEVER) {
      return Optional.of(
          forward(bus, Passage.STOPPED, bySpec.code(), bySpec.message() + routesChanged(bus)));
    }
    return byRule(bus).or(() -> byPolicy(bus)).or(() -> byLetters(bus));
  }

  private String routesChanged(AdmittedBus bus) {
    return sight.snapshot().routesOf(bus.backbone().resource()).stream()
        .map(it -> Changes.note(it, sighting.time()))
        .filter(it -> !it.isEmpty())
        .collect(Collectors.joining());
  }

  private Optional<Hop> byRule(AdmittedBus bus) {
    return RuleCheck.of(witness.rule(bus.forwardingRuleKey()), facts)
        .map(it -> forward(bus, it.passage(), Optional.of(it.code()), it.message()));
  }

  private Optional<Hop> byPolicy(AdmittedBus bus) {
    AdmittedBackbone backbone = bus.backbone();
    boolean isRefused =
        PolicyCheck.isRefused(
            witness.policy(bus.busKey()), backbone.scope().accountId(), sighting.text("source"));
    return isRefused
        ? Optional.of(
            forward(
                bus,
                Passage.STOPPED,
                Optional.of(Code.FORWARDING_DENIED),
                "the policy of %s does not let account %s of the global bus put events on it: the operator writes it at its next drift check, see kubectl backbone status"
                    .formatted(bus.busKey().describe(), backbone.scope().accountId())))
        : Optional.empty();
  }

  /** What the rule could not deliver is in the global bus's dead-letter queue. */
  private Optional<Hop> byLetters(AdmittedBus bus) {
    QueueKey queue = bus.backbone().deadLetterQueueKey();
    String rule = bus.forwardingRuleKey().arn();
    return witness.letters(queue).seen().stream()
        .flatMap(List::stream)
        .filter(it -> it.ruleArn().equals(rule) && Journey.isSame(it.event(), sighting))
        .map(Letter::error)
        .map(it ->
            forward(
                bus,
                Passage.STOPPED,
                Optional.of(Code.FORWARDING_FAILED),
                "EventBridge could not deliver it, and put it into %s: %s"
                    .formatted(queue.describe(), it)))
        .findFirst();
  }

  private static Hop arrived(AdmittedBus bus, Logged logged) {
    return new Hop(
        Stage.LOCAL,
        bus.busKey().describe(),
        Admissions.describe(bus.resource()),
        Optional.of(logged.logged().toString()),
        Passage.PASSED,
        Optional.empty(),
        Optional.empty(),
        Optional.of("log group %s, stream %s".formatted(logged.group(), logged.stream())));
  }

  private Hop notLogged(AdmittedBus bus, View<List<Logged>> log) {
    String why =
        switch (log) {
          case View.Seen<List<Logged>> seen ->
              "its audit log does not have it, or not yet" + letters(bus);
          case View.Missing<List<Logged>> missing ->
              "its log group %s does not exist".formatted(bus.logGroupName());
          case View.Unseen<List<Logged>> unseen -> "not seen: " + unseen.why();
        };
    return new Hop(
        Stage.LOCAL,
        bus.busKey().describe(),
        Admissions.describe(bus.resource()),
        Optional.empty(),
        Passage.UNKNOWN,
        Optional.of(log instanceof View.Seen ? Code.NOT_IN_LOCAL_LOG : Code.LOG_NOT_VISIBLE),
        Optional.of(why),
        Optional.empty());
  }

  private String letters(AdmittedBus bus) {
    QueueKey queue = bus.backbone().deadLetterQueueKey();
    return Stream.of(witness.queue(queue))
        .flatMap(it -> it.seen().stream())
        .filter(it -> it.waiting() > 0)
        .map(it ->
            "; %s has %d messages, and --look-into-dead-letters tells whether it is one of them"
                .formatted(queue.describe(), it.waiting()))
        .findFirst()
        .orElse("");
  }

  private static Hop forward(
      AdmittedBus bus, Passage passage, Optional<Code> code, String message) {
    return new Hop(
        Stage.FORWARD,
        bus.forwardingRuleKey().describe(),
        Admissions.describe(bus.resource()),
        Optional.empty(),
        passage,
        code,
        Optional.of(message).filter(it -> !it.isEmpty()),
        Optional.empty());
  }
}
