package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.errors.StsErrors;
import io.eventbackbone.sandbox.faults.Faults;
import io.eventbackbone.sandbox.sts.Sessions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The one place that every call of every service passes. */
public final class Dispatcher {

  private static final int REMEMBERED = 100_000;

  /** The caller of a request that nobody signed. */
  private static final Principal.Account NOBODY = new Principal.Account("", "");

  /** The Region of the global endpoint of STS. */
  private static final String REGION_OF_UNSIGNED = "us-east-1";

  private final Map<String, AwsService> services;
  private final Sessions sessions;
  private final Faults faults;
  private final Clock clock;
  private final Deque<RecordedCall> calls = new ArrayDeque<>();
  private final Map<CallKind, LongAdder> counts = new ConcurrentHashMap<>();

  public Dispatcher(
      Collection<AwsService> services, Sessions sessions, Faults faults, Clock clock) {
    this.sessions = sessions;
    this.faults = faults;
    this.services =
        services.stream()
            .collect(Collectors.toUnmodifiableMap(AwsService::name, Function.identity()));
    this.clock = clock;
  }

  /** The last calls, oldest first. */
  public List<RecordedCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  ObjectNode dispatch(
      Optional<Signature> signature, Optional<String> sessionToken, Protocol.Request request) {
    String service =
        signature
            .map(Signature::service)
            .or(() -> serviceOfUnsigned(request.operation()))
            .orElseThrow(CommonErrors::unsigned);
    String region = signature.map(Signature::region).orElse(REGION_OF_UNSIGNED);
    if (!Regions.all().contains(region)) {
      throw CommonErrors.unknownRegion(service, region);
    }
    Call call =
        new Call(
            signature
                .map(signed -> sessions.caller(signed.accessKeyId(), sessionToken))
                .orElse(NOBODY),
            region,
            request.operation(),
            request.input());
    record(service, call);
    try {
      ObjectNode output = faults.around(service(service, call), call);
      count(service, call, CallKind.DONE);
      return output;
    } catch (AwsException e) {
      count(service, call, e.code());
      throw e;
    }
  }

  private Optional<String> serviceOfUnsigned(String operation) {
    return services.values().stream()
        .filter(service -> service.unsignedOperations().contains(operation))
        .map(AwsService::name)
        .findFirst();
  }

  /** The errors of a service; those of STS for a request to none that the sandbox has. */
  ServiceErrors errors(String service) {
    return Optional.ofNullable(services.get(service)).map(AwsService::errors).orElse(StsErrors.STS);
  }

  private AwsService service(String name, Call call) {
    return Optional.ofNullable(services.get(name))
        .orElseThrow(() ->
            CommonErrors.unknownService(name, call.operation(), new TreeSet<>(services.keySet())));
  }

  /** How many calls there were of each kind so far. */
  Map<CallKind, Long> counts() {
    return counts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, count -> count.getValue().sum()));
  }

  private void count(String service, Call call, String answer) {
    counts
        .computeIfAbsent(new CallKind(service, call.operation(), answer), kind -> new LongAdder())
        .increment();
  }

  private void record(String service, Call call) {
    RecordedCall recorded =
        new RecordedCall(
            clock.instant(), call.caller().accountId(), call.region(), service, call.operation());
    synchronized (calls) {
      calls.addLast(recorded);
      if (calls.size() > REMEMBERED) {
        calls.removeFirst();
      }
    }
  }
}
