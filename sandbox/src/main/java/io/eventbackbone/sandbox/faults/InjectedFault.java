package io.eventbackbone.sandbox.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.errors.AwsException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fault that strikes until it is lifted. */
public final class InjectedFault implements AutoCloseable {

  private record Request(String service, Call call) {}

  /** Whose rate is limited. */
  private record Caller(String accountId, String region) {

    static Caller of(Call call) {
      return new Caller(call.caller().accountId(), call.region());
    }
  }

  /** An answer, or a refusal. */
  private record Answer(Optional<ObjectNode> output, Optional<AwsException> refusal, long at) {

    ObjectNode give() {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      return output.orElseThrow().deepCopy();
    }
  }

  private static final String DATA_PLANE = "PutEvents";
  private static final Logger LOG = LoggerFactory.getLogger(InjectedFault.class);

  private final Fault fault;
  private final Faults faults;
  private final Clock clock;
  private final AtomicInteger matching = new AtomicInteger();
  private final AtomicInteger struck = new AtomicInteger();
  private final Map<Request, Answer> answers = new ConcurrentHashMap<>();
  private final Map<Caller, TokenBucket> rates = new ConcurrentHashMap<>();
  private volatile long lastWrite = Long.MIN_VALUE;

  InjectedFault(Fault fault, Faults faults, Clock clock) {
    this.fault = fault;
    this.faults = faults;
    this.clock = clock;
  }

  /** How many calls the fault has changed so far. */
  public int struck() {
    return struck.get();
  }

  /** Lifts the fault. */
  @Override
  public void close() {
    faults.lift(this);
  }

  ObjectNode around(AwsService service, Call call, Function<Call, ObjectNode> next) {
    if (!fault.isAt(service.name(), call.caller().accountId(), call.operation())) {
      return next.apply(call);
    }
    int number = matching.incrementAndGet();
    if (number < fault.from() || number > fault.to()) {
      return next.apply(call);
    }
    return strike(service, call, next);
  }

  private ObjectNode strike(AwsService service, Call call, Function<Call, ObjectNode> next) {
    return switch (fault.effect()) {
      case Effect.StaleReads stale -> stale(stale, new Request(service.name(), call), next);
      case Effect.FailedEntry failedEntry ->
          FailedEntries.isOf(call)
              ? counted(() -> FailedEntries.fail(call, next))
              : next.apply(call);
      case Effect.RateLimit limit ->
          isWithin(limit, call)
              ? next.apply(call)
              : counted(() -> refuse(Effect.Refusal.THROTTLING, service));
      case Effect.Refusal refusal -> counted(() -> refuse(refusal, service));
      case Effect.Latency latency ->
          counted(() -> {
            pause(latency);
            return next.apply(call);
          });
      case Effect.Connection connection -> counted(() -> cut(connection, call, next));
    };
  }

  private static ObjectNode refuse(Effect.Refusal refusal, AwsService service) {
    throw Refusals.of(refusal, service.errors());
  }

  private static ObjectNode cut(
      Effect.Connection connection, Call call, Function<Call, ObjectNode> next) {
    switch (connection) {
      case RESET -> {}
      case ANSWER_LOST -> {
        ObjectNode lost = next.apply(call);
        LOG.debug("the answer to {} is lost: {}", call.operation(), lost);
      }
    }
    throw new ConnectionCut();
  }

  private boolean isWithin(Effect.RateLimit limit, Call call) {
    long now = clock.millis();
    return call.operation().equals(DATA_PLANE)
        || rates
            .computeIfAbsent(Caller.of(call), caller -> new TokenBucket(limit.perSecond(), now))
            .take(now);
  }

  private ObjectNode counted(Supplier<ObjectNode> answer) {
    struck.incrementAndGet();
    return answer.get();
  }

  private ObjectNode stale(
      Effect.StaleReads stale, Request request, Function<Call, ObjectNode> next) {
    if (!request.call().operation().matches("(Describe|List|Get).*")) {
      ObjectNode written = next.apply(request.call());
      lastWrite = clock.millis();
      return written;
    }
    Answer before = answers.get(request);
    if (before != null
        && before.at() <= lastWrite
        && clock.millis() < lastWrite + stale.duration().toMillis()) {
      struck.incrementAndGet();
      return before.give();
    }
    Answer now = answer(request, next);
    answers.put(request, now);
    return now.give();
  }

  private Answer answer(Request request, Function<Call, ObjectNode> next) {
    try {
      return new Answer(
          Optional.of(next.apply(request.call()).deepCopy()), Optional.empty(), clock.millis());
    } catch (AwsException refusal) {
      return new Answer(Optional.empty(), Optional.of(refusal), clock.millis());
    }
  }

  private static void pause(Effect.Latency latency) {
    try {
      Thread.sleep(latency.duration().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionCut();
    }
  }
}
