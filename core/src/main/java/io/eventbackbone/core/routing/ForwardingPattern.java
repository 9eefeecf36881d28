package io.eventbackbone.core.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.pattern.EventRuler;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.PatternLimits;
import io.eventbackbone.core.pattern.PatternProblem;
import io.eventbackbone.core.pattern.PatternQuota;
import io.eventbackbone.core.routing.Forwarding.Nothing;
import io.eventbackbone.core.routing.Forwarding.Refused;
import io.eventbackbone.core.routing.Forwarding.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compiles all routes to a bus into the pattern of one rule. A route forwards an event that passes
 * its filter and whose sender is one of its producers, but not the bus's own. The routes are
 * alternatives of {@code $or} in one pattern, because EventBridge delivers an event once for each
 * rule that it matches.
 */
public final class ForwardingPattern {

  private static final String FEWER_PRODUCERS =
      ", or let spec.from be All, which needs no list of producers";

  private ForwardingPattern() {}

  /**
   * Forwards everything that the clauses let through. The order of the clauses does not matter.
   *
   * @param quota of the global bus's account
   */
  public static Forwarding compile(
      Receiver receiver, List<RouteClause> clauses, PatternQuota quota) {
    return compile(receiver, clauses, new Demand.Everything(), quota);
  }

  /**
   * Forwards what is demanded of everything that the clauses let through. It forwards more where
   * one pattern can't express the demand, and never less. The order of clauses and filters does not
   * matter.
   */
  public static Forwarding compile(
      Receiver receiver, List<RouteClause> clauses, Demand demand, PatternQuota quota) {
    Optional<Refused> refused = refusal(clauses);
    if (refused.isPresent()) {
      return refused.get();
    }
    List<String> routes = new ArrayList<>();
    List<Alternative> alternatives = new ArrayList<>();
    for (RouteClause clause : clauses) {
      List<Alternative> asked = alternatives(receiver, clause, demand);
      if (!asked.isEmpty()) {
        routes.add(clause.route());
        alternatives.addAll(asked);
      }
    }
    return alternatives.isEmpty()
        ? new Nothing()
        : rule(union(alternatives), routes.stream().sorted().distinct().toList(), quota);
  }

  /**
   * Whether no event can pass both a clause and a filter.
   *
   * @param clause one with a valid filter
   * @param filter a valid event pattern
   */
  public static boolean isNothing(Receiver receiver, RouteClause clause, EventFilter filter) {
    return alternatives(receiver, clause, new Demand.AnyOf(List.of(filter))).isEmpty();
  }

  private static List<Alternative> alternatives(
      Receiver receiver, RouteClause clause, Demand demand) {
    return SenderClause.of(clause.senderMatch(), clause.producers(), receiver)
        .map(sender -> new Alternative(sender, Filters.conditions(clause.filter())))
        .map(alternative -> asked(alternative, demand))
        .orElse(List.of());
  }

  private static List<Alternative> asked(Alternative alternative, Demand demand) {
    return switch (demand) {
      case Demand.Everything everything -> List.of(alternative);
      case Demand.AnyOf(List<EventFilter> filters) ->
          filters.stream()
              .map(Filters::conditions)
              .flatMap(filter -> alternative.narrowedTo(filter).stream())
              .toList();
    };
  }

  private static Optional<Refused> refusal(List<RouteClause> clauses) {
    Map<String, List<PatternProblem>> byRoute = new TreeMap<>();
    for (RouteClause clause : clauses) {
      List<PatternProblem> problems = Filters.problems(clause.filter(), clause.senderMatch());
      if (!problems.isEmpty()) {
        byRoute.put(clause.route(), problems);
      }
    }
    if (byRoute.isEmpty()) {
      return Optional.empty();
    }
    String message =
        byRoute.entrySet().stream()
            .flatMap(route ->
                route.getValue().stream()
                    .map(problem ->
                        "EventRoute %s: spec.filter: %s".formatted(route.getKey(), problem)))
            .collect(Collectors.joining("; "));
    return Optional.of(new Refused(message, List.copyOf(byRoute.keySet())));
  }

  /**
   * Fewer alternatives that match the same events, in an order that does not depend on the routes.
   */
  private static List<Alternative> union(List<Alternative> alternatives) {
    Comparator<Alternative> order =
        Comparator.<Alternative, SenderMatch>comparing(alternative -> alternative.sender().match())
            .thenComparing(alternative -> alternative.sender().values().toString())
            .thenComparing(alternative -> EventPattern.of(alternative.pattern()).text());
    Deque<Alternative> open = new ArrayDeque<>(alternatives.stream().sorted(order).toList());
    List<Alternative> settled = new ArrayList<>();
    while (!open.isEmpty()) {
      Alternative next = open.pop();
      Optional<Alternative> partner =
          settled.stream().filter(other -> other.or(next).isPresent()).findFirst();
      partner.ifPresentOrElse(
          other -> {
            settled.remove(other);
            other.or(next).ifPresent(open::push);
          },
          () -> settled.add(next));
    }
    return settled.stream().sorted(order).toList();
  }

  /** Marks alternatives that event-ruler would drop as repetitions of earlier ones. */
  private static List<Alternative> distinct(List<Alternative> alternatives) {
    List<Alternative> distinct = new ArrayList<>();
    for (Alternative next : alternatives) {
      boolean isMistaken =
          distinct.stream()
              .map(earlier -> anyOf(List.of(earlier.pattern(), next.pattern())))
              .anyMatch(both -> EventRuler.droppedAlternative(both).isPresent());
      distinct.add(isMistaken && next.canBeMarked() ? next.marked(distinct.size()) : next);
    }
    return distinct;
  }

  /** Alternatives of the same sender stand in one $or beside it, those of several in another. */
  private static ObjectNode pattern(List<Alternative> alternatives) {
    Map<SenderClause, List<ObjectNode>> bySender =
        alternatives.stream()
            .collect(
                Collectors.groupingBy(
                    Alternative::sender,
                    LinkedHashMap::new,
                    Collectors.mapping(Alternative::conditions, Collectors.toList())));
    return anyOf(
        bySender.entrySet().stream()
            .map(group -> {
              ObjectNode pattern = anyOf(group.getValue());
              pattern.set(Filters.senderField(group.getKey().match()), group.getKey().values());
              return pattern;
            })
            .toList());
  }

  private static ObjectNode anyOf(List<ObjectNode> patterns) {
    if (patterns.size() == 1) {
      return patterns.get(0).deepCopy();
    }
    ObjectNode any = JsonNodeFactory.instance.objectNode();
    ArrayNode alternatives = any.putArray(EventPattern.OR);
    alternatives.addAll(patterns);
    return any;
  }

  private static Forwarding rule(
      List<Alternative> united, List<String> routes, PatternQuota quota) {
    List<Alternative> alternatives =
        united.size() == 1 ? united : united.stream().map(Alternative::withinOr).toList();
    return refusal(pattern(alternatives), routes, quota)
        .<Forwarding>map(refused -> refused)
        .orElseGet(() -> distinctRule(pattern(distinct(alternatives)), routes, quota));
  }

  private static Forwarding distinctRule(
      ObjectNode pattern, List<String> routes, PatternQuota quota) {
    return refusal(pattern, routes, quota)
        .or(() -> overlap(pattern, routes))
        .<Forwarding>map(refused -> refused)
        .orElseGet(() -> new Rule(EventPattern.of(pattern), routes));
  }

  /** Why EventBridge would not take the pattern, though it takes every filter. */
  private static Optional<Refused> refusal(
      ObjectNode pattern, List<String> routes, PatternQuota quota) {
    return PatternLimits.tooLarge(pattern, quota)
        .map(exceeded -> overLimit(exceeded, routes, quota))
        .or(() -> EventRuler.refusal(pattern).map(reason -> noPattern(reason, routes)))
        .or(() ->
            PatternLimits.tooComplex(pattern).map(exceeded -> overLimit(exceeded, routes, quota)));
  }

  private static Refused overLimit(
      PatternLimits.Exceeded exceeded, List<String> routes, PatternQuota quota) {
    return new Refused(
        "EventRoutes %s together come to a pattern of %s: %s in their filters%s"
            .formatted(
                String.join(", ", routes),
                exceeded.figure(),
                exceeded.limit().remedy(),
                exceeded.limit() == PatternLimits.Limit.LENGTH
                    ? FEWER_PRODUCERS + quota.orMore()
                    : ""),
        routes);
  }

  private static Refused noPattern(String reason, List<String> routes) {
    return new Refused(
        "EventRoutes %s together come to a pattern that EventBridge does not take, as alternatives of $or: %s"
            .formatted(String.join(", ", routes), reason),
        routes);
  }

  private static Optional<Refused> overlap(ObjectNode pattern, List<String> routes) {
    return EventRuler.droppedAlternative(pattern)
        .map(fields ->
            new Refused(
                "filters of EventRoutes %s share a value in each of their fields (%s), and"
                        .formatted(String.join(", ", routes), String.join(", ", fields))
                    + " EventBridge may drop one of them: leave id out",
                routes));
  }
}
