package io.eventbackbone.cli.reception;

import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.routing.ForwardingPattern;
import io.eventbackbone.core.routing.Receiver;
import io.eventbackbone.core.routing.RouteClause;
import io.eventbackbone.core.routing.Routes;
import io.eventbackbone.core.routing.SenderClause;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one accepted route carries.
 *
 * @param clause the route as the compiler of forwarding rules takes it
 */
record Way(RouteClause clause) {

  static List<Way> of(Routes routes) {
    return routes.accepted().stream().map(Routes.Accepted::clause).map(Way::new).toList();
  }

  /** What becomes of an event on the way. */
  sealed interface Outcome {

    /**
     * It arrives, if it meets the conditions.
     *
     * @param conditions none: it arrives
     */
    record Arrives(List<String> conditions) implements Outcome {}

    /** It does not. */
    record Ends(Code code, String message) implements Outcome {}
  }

  /** To the local bus. */
  Outcome to(AdmittedBus bus, Facts facts) {
    Outcome sent = fromSender(bus, facts);
    return sent instanceof Outcome.Arrives arrives ? both(arrives, filtered(facts)) : sent;
  }

  /** To the queue of a subscription of the bus. */
  Outcome to(AdmittedSubscription subscription, Facts facts) {
    Outcome forwarded = to(subscription.bus(), facts);
    if (!(forwarded instanceof Outcome.Arrives arrives)) {
      return forwarded;
    }
    Outcome both = both(arrives, filtered(subscription, facts));
    return both instanceof Outcome.Arrives it
            && !it.conditions().isEmpty()
            && haveNothing(subscription, facts)
        ? new Outcome.Ends(
            Code.CONTRADICTING_FILTERS,
            "the filters of EventRoute %s and of the subscription have no event in common"
                .formatted(clause.route()))
        : both;
  }

  /** Whether the filter of a subscription matches. */
  static Outcome filtered(AdmittedSubscription subscription, Facts facts) {
    return outcome(
        PatternEvaluation.of(Filters.conditions(subscription.resource().getSpec().filter()), facts),
        Code.SUBSCRIPTION_FILTER,
        "");
  }

  private Outcome filtered(Facts facts) {
    return outcome(
        PatternEvaluation.of(Filters.conditions(clause.filter()), facts),
        Code.ROUTE_FILTER,
        "EventRoute %s: ".formatted(clause.route()));
  }

  private static Outcome outcome(Evaluation evaluation, Code code, String prefix) {
    return switch (evaluation) {
      case Evaluation.Met met -> new Outcome.Arrives(List.of());
      case Evaluation.Open open -> new Outcome.Arrives(open.conditions());
      case Evaluation.Unmet unmet ->
          new Outcome.Ends(code, prefix + String.join("; ", unmet.mismatches()));
    };
  }

  private static Outcome both(Outcome.Arrives one, Outcome other) {
    return switch (other) {
      case Outcome.Ends ends -> ends;
      case Outcome.Arrives arrives ->
          new Outcome.Arrives(
              Stream.concat(one.conditions().stream(), arrives.conditions().stream())
                  .distinct()
                  .toList());
    };
  }

  private Outcome fromSender(AdmittedBus bus, Facts facts) {
    Optional<SenderClause> clauses =
        SenderClause.of(clause.senderMatch(), clause.producers(), receiver(bus));
    String field = Filters.senderField(clause.senderMatch());
    Optional<String> sender = facts.text(field);
    if (sender.filter(selfOf(bus)::equals).isPresent()) {
      return new Outcome.Ends(
          Code.ECHO,
          "%s = \"%s\": the event is the bus's own, and what a service sends never comes back to it"
              .formatted(field, sender.get()));
    }
    if (clauses.isEmpty()) {
      return new Outcome.Ends(
          Code.SENDER_NOT_SELECTED,
          "EventRoute %s: its spec.from selects no bus besides the receiver's own"
              .formatted(clause.route()));
    }
    return switch (clauses.get()) {
      case SenderClause.EveryoneBut everyone -> new Outcome.Arrives(List.of());
      case SenderClause.Only only ->
          sender.isEmpty()
              ? new Outcome.Arrives(List.of(PatternTexts.condition(List.of(field), only.values())))
              : only.senders().contains(sender.get())
                  ? new Outcome.Arrives(List.of())
                  : new Outcome.Ends(
                      Code.SENDER_NOT_SELECTED,
                      "EventRoute %s: its spec.from selects %s, and the event has %s = \"%s\""
                          .formatted(clause.route(), only.values(), field, sender.get()));
    };
  }

  private String selfOf(AdmittedBus bus) {
    return switch (clause.senderMatch()) {
      case ACCOUNT -> bus.scope().accountId();
      case SOURCE -> bus.identifier();
    };
  }

  private static Receiver receiver(AdmittedBus bus) {
    return new Receiver(bus.scope().accountId(), bus.identifier());
  }

  /** Whether the compiler of forwarding rules finds that no event meets both filters. */
  private boolean haveNothing(AdmittedSubscription subscription, Facts facts) {
    EventFilter written = subscription.resource().getSpec().filter();
    EventFilter asked =
        facts
            .detailType()
            .filter(written.detailTypes()::contains)
            .map(type -> new EventFilter(List.of(type), written.pattern()))
            .orElse(written);
    return ForwardingPattern.isNothing(receiver(subscription.bus()), clause, asked);
  }
}
