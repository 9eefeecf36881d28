package io.eventbackbone.operator.aws.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Limits the requests to EventBridge: all requests except PutEvents share one quota of 50 a second
 * in an account and Region (Amazon EventBridge quotas). If AWS throttles nevertheless, because
 * others use the account too, this halves the rate and raises it again bit by bit. Lists go first:
 * many callers wait for one list, and behind their own requests its last page would come when its
 * first page is too old.
 */
final class ControlPlaneRate implements ExecutionInterceptor {

  /** The account whose quota a request uses. */
  static final ExecutionAttribute<String> ACCOUNT =
      new ExecutionAttribute<>("io.eventbackbone.account");

  private static final String EVENT_BRIDGE = "EventBridge";
  private static final String LISTS_OF_RULES = "ListRules";
  private static final String OWN_ACCOUNT = "own";

  /** Requests that may be sent at once after a pause. */
  private static final int BURST = 10;

  private final long intervalNanos;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param requestsPerSecond in one account and Region
   */
  ControlPlaneRate(int requestsPerSecond) {
    intervalNanos = Duration.ofSeconds(1).toNanos() / requestsPerSecond;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes request) {
    boolean isForMany =
        LISTS_OF_RULES.equals(request.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    bucket(request)
        .map(bucket -> isForMany ? bucket.takeFirst() : bucket.take())
        .ifPresent(ControlPlaneRate::sleep);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes request) {
    bucket(request).ifPresent(Bucket::speedUp);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes request) {
    if (context.exception() instanceof AwsServiceException failure
        && failure.isThrottlingException()) {
      bucket(request).ifPresent(Bucket::slowDown);
    }
  }

  private Optional<Bucket> bucket(ExecutionAttributes request) {
    if (!EVENT_BRIDGE.equals(request.getAttribute(SdkExecutionAttribute.SERVICE_NAME))) {
      return Optional.empty();
    }
    String account = Optional.ofNullable(request.getAttribute(ACCOUNT)).orElse(OWN_ACCOUNT);
    String region = request.getAttribute(AwsExecutionAttribute.AWS_REGION).id();
    return Optional.of(
        buckets.computeIfAbsent(account + "/" + region, key -> new Bucket(intervalNanos)));
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait.toMillis(), wait.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while waiting for the account's request rate", e);
    }
  }

  /** A token bucket, represented by the time of its next token. */
  static final class Bucket {

    private final long fastest;
    private long interval;
    private long next;

    Bucket(long intervalNanos) {
      fastest = intervalNanos;
      interval = intervalNanos;
      next = System.nanoTime() - BURST * intervalNanos;
    }

    Duration take() {
      return take(System.nanoTime());
    }

    /** Takes a token, and returns how long to wait for it. */
    synchronized Duration take(long now) {
      long at = Math.max(next, now - BURST * interval);
      next = at + interval;
      return Duration.ofNanos(Math.max(0, at - now));
    }

    Duration takeFirst() {
      return takeFirst(System.nanoTime());
    }

    /** Takes a token before all waiting callers; not while AWS throttles. */
    synchronized Duration takeFirst(long now) {
      Duration inTurn = take(now);
      return interval == fastest ? Duration.ZERO : inTurn;
    }

    synchronized void slowDown() {
      interval = Math.min(2 * interval, Duration.ofSeconds(1).toNanos());
    }

    synchronized void speedUp() {
      interval = Math.max(fastest, interval - interval / 50);
    }
  }
}
