package io.eventbackbone.sandbox.eventbridge.delivery;

import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.EventTarget;
import io.eventbackbone.sandbox.api.EventTarget.Delivery;
import io.eventbackbone.sandbox.api.EventTarget.Result;
import io.eventbackbone.sandbox.api.EventTarget.Result.Delivered;
import io.eventbackbone.sandbox.api.EventTarget.Result.Failed;
import io.eventbackbone.sandbox.api.EventTarget.Retry;
import io.eventbackbone.sandbox.api.Scheduler;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.eventbridge.model.Archive;
import io.eventbackbone.sandbox.eventbridge.model.Archives;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.Event;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.Rule;
import io.eventbackbone.sandbox.eventbridge.model.Target;
import io.eventbackbone.sandbox.eventbridge.model.TargetInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each event on a bus to every target of every rule that matches it, off the caller's
 * thread, with retries and dead letters. One line is logged for an event taken and one for what
 * became of each delivery; payloads are not logged.
 */
public final class EventDelivery {

  private static final Logger log = LoggerFactory.getLogger(EventDelivery.class);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /** So that 185 attempts take about the 24 hours that AWS gives them. */
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(8);

  private final Map<String, EventTarget> targetsByService;
  private final EventBridgeAccess access;
  private final BusForwarding forwarding;
  private final Archives archives;
  private final BusLog busLog;
  private final Scheduler scheduler;
  private final Clock clock;

  public EventDelivery(
      Map<String, EventTarget> targetsByService,
      EventBridgeAccess access,
      BusForwarding forwarding,
      Archives archives,
      BusLog busLog,
      Scheduler scheduler,
      Clock clock) {
    this.targetsByService = targetsByService;
    this.access = access;
    this.forwarding = forwarding;
    this.archives = archives;
    this.busLog = busLog;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** One event on its way from a rule to a target. */
  private record Route(EventBus bus, Arrival arrival, Rule rule, Target target) {

    BusLog.Invocation invocation(int retries) {
      return new BusLog.Invocation(bus, arrival, rule, target, retries + 1);
    }

    TargetInput.Match match() {
      return new TargetInput.Match(rule, arrival.event(), arrival.ingested());
    }
  }

  /** Takes an event onto the bus, as the bus is now. */
  public void accept(EventBus bus, Arrival arrival) {
    accept(bus, arrival, rule -> true);
  }

  /**
   * Takes an event onto the bus for some of its rules.
   *
   * @param rules those that a replay is for
   */
  public void accept(EventBus bus, Arrival arrival, Predicate<Rule> rules) {
    Event event = arrival.event();
    log.info(
        "Event accepted: id={} source={} detail-type={} account={} bus={}",
        event.id(),
        event.source(),
        event.detailType(),
        event.account(),
        bus.id().arn());
    busLog.taken(bus, arrival);
    scheduler.after(Duration.ZERO, () -> match(bus, arrival, rules));
  }

  private void match(EventBus bus, Arrival arrival, Predicate<Rule> rules) {
    String json = arrival.event().json();
    List<Rule> matching =
        bus.rules().values().stream().filter(rules).filter(rule -> rule.matches(json)).toList();
    busLog.matched(bus, arrival, matching);
    matching.stream()
        .flatMap(
            rule -> rule.targets().values().stream().map(t -> new Route(bus, arrival, rule, t)))
        .forEach(route -> scheduler.after(Duration.ZERO, () -> attempt(route, 0)));
  }

  private void attempt(Route route, int retries) {
    busLog.attempted(route.invocation(retries));
    Result result = deliver(route);
    switch (result) {
      case Failed failed -> onFailure(route, failed, retries);
      case Delivered delivered -> {
        log(
            route,
            reaches(route) ? "Event delivered" : "Event not delivered, target not supported");
        busLog.succeeded(route.invocation(retries));
      }
    }
  }

  /** Whether the sandbox has the service of the target. */
  private boolean reaches(Route route) {
    String service = route.target().service();
    boolean isOther =
        service.equals("events") && route.target().arn().contains(":api-destination/");
    return !isOther && (service.equals("events") || targetsByService.containsKey(service));
  }

  private Result deliver(Route route) {
    if (BusId.ofArn(route.target().arn()).isPresent()) {
      return forward(route);
    }
    if (Archive.owns(route.rule())) {
      return archive(route);
    }
    return route
        .target()
        .input()
        .of(route.match())
        .map(body -> deliver(route, body))
        .orElseGet(() -> new Failed("INVALID_JSON", "Invalid input for target.", Retry.POINTLESS));
  }

  private Result deliver(Route route, String body) {
    Target target = route.target();
    if (!reaches(route)) {
      return new Delivered();
    }
    try {
      return targetsByService
          .get(target.service())
          .deliver(
              Delivery.of(target.arn(), route.rule().arn(), body)
                  .from(sender(route))
                  .inGroup(target.messageGroupId())
                  .traced(route.arrival().event().traceHeader()));
    } catch (AwsException roleRefused) {
      return new Failed("NO_PERMISSIONS", roleRefused.getMessage(), Retry.POINTLESS);
    }
  }

  /** A queue of another account gets events from the target's role (User Guide, "Targets"). */
  private Principal sender(Route route) {
    return route
        .target()
        .roleArn()
        .filter(role -> !route.target().account().equals(route.rule().bus().home().accountId()))
        .<Principal>map(access::assume)
        .orElse(Delivery.EVENTBRIDGE);
  }

  private Result forward(Route route) {
    BusForwarding.Decision decision =
        forwarding.decide(route.arrival(), route.rule().bus(), route.target());
    return switch (decision) {
      case BusForwarding.Decision.Refuse refused -> refused.failure();
      case BusForwarding.Decision.Drop dropped -> new Delivered();
      case BusForwarding.Decision.Forward forward -> {
        accept(forward.bus(), forward.arrival());
        yield new Delivered();
      }
    };
  }

  private Result archive(Route route) {
    archives.store(route.rule(), route.arrival().event());
    return new Delivered();
  }

  private void onFailure(Route route, Failed failed, int retries) {
    switch (failed.retry()) {
      case POINTLESS -> giveUp(route, failed, retries, Map.of());
      case WORTHWHILE -> retry(route, failed, retries);
    }
  }

  private void retry(Route route, Failed failed, int retries) {
    Target.RetryPolicy policy = route.target().retries();
    Duration backOff = backOff(retries);
    Instant tooOld = route.arrival().ingested().plus(policy.eventAge());
    if (retries >= policy.attempts()) {
      giveUp(route, failed, retries, exhausted("MaximumRetryAttempts", retries));
    } else if (clock.instant().plus(backOff).isAfter(tooOld)) {
      giveUp(route, failed, retries, exhausted("MaximumEventAgeInSeconds", retries));
    } else {
      log(route, "Event delivery is retried after " + failed.errorCode());
      busLog.failed(route.invocation(retries), failed);
      scheduler.after(backOff, () -> attempt(route, retries + 1));
    }
  }

  private static Duration backOff(int retries) {
    Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(retries, 16));
    return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
  }

  private static Map<String, String> exhausted(String condition, int retries) {
    return Map.of(
        "EXHAUSTED_RETRY_CONDITION", condition, "RETRY_ATTEMPTS", Integer.toString(retries));
  }

  private void giveUp(Route route, Failed failed, int retries, Map<String, String> exhausted) {
    log(route, "Event not delivered, " + failed.errorCode() + " (" + failed.message() + ")");
    busLog.gaveUp(route.invocation(retries), failed);
    route
        .target()
        .deadLetterArn()
        .ifPresent(queue -> deadLetter(route, queue, failed, retries, exhausted));
  }

  /** EventBridge User Guide, "Using dead-letter queues": the event itself, and why it is there. */
  private void deadLetter(
      Route route, String queue, Failed failed, int retries, Map<String, String> exhausted) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("RULE_ARN", route.rule().arn());
    attributes.put("TARGET_ARN", route.target().arn());
    attributes.put("ERROR_CODE", failed.errorCode());
    attributes.put("ERROR_MESSAGE", failed.message());
    attributes.putAll(exhausted);
    Result result =
        targetsByService
            .get("sqs")
            .deliver(
                Delivery.of(queue, route.rule().arn(), route.arrival().event().json())
                    .with(attributes));
    switch (result) {
      case Failed lost ->
          log(route, "Event lost, its dead-letter queue " + queue + ": " + lost.errorCode());
      case Delivered delivered -> {
        log(route, "Event put into dead-letter queue " + queue);
        busLog.deadLettered(route.invocation(retries), failed);
      }
    }
  }

  private static void log(Route route, String what) {
    Event event = route.arrival().event();
    log.info(
        "{}: id={} source={} detail-type={} bus={} rule={} target={}",
        what,
        event.id(),
        event.source(),
        event.detailType(),
        route.rule().bus().arn(),
        route.rule().name(),
        route.target().arn());
  }
}
