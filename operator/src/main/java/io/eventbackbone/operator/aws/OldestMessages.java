package io.eventbackbone.operator.aws;

import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.aws.failure.FailureTranslation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/**
 * When the oldest messages of queues were sent, from CloudWatch: SQS itself does not tell. One call
 * asks for all queues that were asked about lately. A role may lack the permission; then nothing is
 * known, and nothing else fails.
 */
final class OldestMessages {

  private static final Logger LOG = LoggerFactory.getLogger(OldestMessages.class);

  /** The limit of GetMetricData (CloudWatch API Reference). */
  private static final int MOST_QUERIES = 500;

  /** SQS sends the metric each minute, and late by some minutes (SQS Developer Guide). */
  private static final Duration LOOK_BACK = Duration.ofMinutes(15);

  private static final int PERIOD_SECONDS = 60;

  /** How long CloudWatch is not asked again after AWS denied it. */
  private static final Duration DENIED_FOR = Duration.ofHours(1);

  /** Callers ask about a queue once in as many times the age that a reading may have. */
  private static final int AGES_BETWEEN_CHECKS = 10;

  private record Reading(Map<QueueKey, Instant> sent, List<QueueKey> queues, Instant at) {

    static final Reading NONE = new Reading(Map.of(), List.of(), Instant.EPOCH);

    boolean tells(QueueKey queue, Instant earliest) {
      return !at.isBefore(earliest) && queues.contains(queue);
    }
  }

  private final CloudWatchClient cloudWatch;
  private final FailureTranslation failures;
  private final InstantSource clock;
  private final Map<QueueKey, Instant> askedAt = new HashMap<>();
  private Reading last = Reading.NONE;
  private Instant silentUntil = Instant.MIN;

  OldestMessages(CloudWatchClient cloudWatch, FailureTranslation failures, InstantSource clock) {
    this.cloudWatch = cloudWatch;
    this.failures = failures;
    this.clock = clock;
  }

  /**
   * When the oldest message of a queue was sent, to the minute. Empty: not known.
   *
   * @param oldest the greatest age of a reading
   */
  synchronized Optional<Instant> of(QueueKey queue, Duration oldest) {
    Instant now = clock.instant();
    Instant earliest = now.minus(oldest);
    askedAt.put(queue, now);
    if (!last.tells(queue, earliest) && !now.isBefore(silentUntil)) {
      Duration betweenChecks = oldest.multipliedBy(AGES_BETWEEN_CHECKS + 1);
      askedAt.values().removeIf(asked -> asked.isBefore(now.minus(betweenChecks)));
      last = read(queue, now, oldest.multipliedBy(AGES_BETWEEN_CHECKS));
    }
    return last.tells(queue, earliest)
        ? Optional.ofNullable(last.sent().get(queue))
        : Optional.empty();
  }

  private Reading read(QueueKey first, Instant now, Duration untilNextCheck) {
    List<QueueKey> queues = new ArrayList<>(List.of(first));
    askedAt.keySet().stream()
        .filter(queue -> !queue.equals(first))
        .limit(MOST_QUERIES - 1L)
        .forEach(queues::add);
    try {
      return new Reading(ask(queues, now), queues, now);
    } catch (SdkException e) {
      AwsFailure failure = failures.of(e).failure();
      boolean isDenied = failure instanceof AwsFailure.Denied;
      LOG.info("how long messages wait is not known: {}", failure.message());
      silentUntil = now.plus(isDenied ? DENIED_FOR : untilNextCheck);
      return Reading.NONE;
    }
  }

  private Map<QueueKey, Instant> ask(List<QueueKey> queues, Instant now) {
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .metricDataQueries(
                IntStream.range(0, queues.size()).mapToObj(i -> query(i, queues.get(i))).toList())
            .startTime(now.minus(LOOK_BACK))
            .endTime(now)
            .scanBy(ScanBy.TIMESTAMP_DESCENDING)
            .build();
    Map<QueueKey, Instant> sent = new HashMap<>();
    for (MetricDataResult result : cloudWatch.getMetricData(request).metricDataResults()) {
      QueueKey queue = queues.get(Integer.parseInt(result.id().substring(1)));
      sentAt(result).ifPresent(at -> sent.put(queue, at));
    }
    return sent;
  }

  private static MetricDataQuery query(int number, QueueKey queue) {
    return MetricDataQuery.builder()
        .id("q" + number)
        .metricStat(statistic ->
            statistic
                .stat("Maximum")
                .period(PERIOD_SECONDS)
                .metric(metric ->
                    metric
                        .namespace("AWS/SQS")
                        .metricName("ApproximateAgeOfOldestMessage")
                        .dimensions(
                            Dimension.builder().name("QueueName").value(queue.name()).build())))
        .build();
  }

  /** To the minute, so that the same message has the same time at each check. */
  private static Optional<Instant> sentAt(MetricDataResult result) {
    return result.values().isEmpty()
        ? Optional.empty()
        : Optional.of(
            result
                .timestamps()
                .get(0)
                .minusSeconds(Math.round(result.values().get(0)))
                .truncatedTo(ChronoUnit.MINUTES));
  }
}
