package io.eventbackbone.sandbox.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.MeasuredResources;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.CloudWatchErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Amazon CloudWatch: GetMetricData. The sandbox keeps no history: a query whose time range reaches
 * to the present gets one data point, measured at the call.
 */
public final class CloudWatchService implements AwsService {

  /** A range that ends longer ago than this does not reach to the present. */
  private static final Duration PRESENT = Duration.ofMinutes(5);

  private static final int MOST_QUERIES = 500;
  private static final int LONGEST_PERIOD = 86_400;
  private static final Set<Integer> SHORT_PERIODS = Set.of(1, 5, 10, 20, 30);
  private static final Shape ID = Shape.of(1, 255, "[a-z][a-zA-Z0-9_]*");
  private static final Shape STATISTIC =
      Shape.of("SampleCount|Average|Sum|Minimum|Maximum|p\\d{1,2}(\\.\\d+)?|p100");
  private static final Set<String> MEMBERS =
      Set.of("MetricDataQueries", "StartTime", "EndTime", "NextToken", "ScanBy", "MaxDatapoints");
  private static final Set<String> QUERY_MEMBERS =
      Set.of("Id", "MetricStat", "Label", "ReturnData");

  private final Authorizer authorizer;
  private final Clock clock;
  private final List<MeasuredResources> services;

  /**
   * CloudWatch of services that can be measured.
   *
   * @param clock dates the data points
   */
  public CloudWatchService(Authorizer authorizer, Clock clock, List<MeasuredResources> services) {
    this.authorizer = authorizer;
    this.clock = clock;
    this.services = List.copyOf(services);
  }

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public String actionPrefix() {
    return "cloudwatch";
  }

  @Override
  public ServiceErrors errors() {
    return CloudWatchErrors.CLOUDWATCH;
  }

  /** Old clients send forms. */
  @Override
  public Members.Typing typing() {
    return Members.Typing.TEXTUAL;
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("GetMetricData", this::getMetricData);
  }

  /** One query of GetMetricData. */
  private record Query(
      String id,
      String label,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      int periodSeconds,
      String statistic,
      boolean isReturned) {}

  private record Range(Instant start, Instant end) {}

  private ObjectNode getMetricData(Request request) {
    authorizer.authorize(request.caller(), request.access("*"));
    Members input = request.input().requireOnly(request.action(), MEMBERS);
    Range range =
        new Range(input.requiredTimestamp("StartTime"), input.requiredTimestamp("EndTime"));
    if (!range.start().isBefore(range.end())) {
      throw CloudWatchErrors.invalidValue(
          "The parameter StartTime must be less than the parameter EndTime.");
    }
    List<Query> queries =
        input.requiredStructures("MetricDataQueries", MOST_QUERIES).stream()
            .map(query -> query(request, query))
            .toList();
    requireDistinct(queries);
    ObjectNode output = Json.object();
    ArrayNode results = output.putArray("MetricDataResults");
    queries.stream()
        .filter(Query::isReturned)
        .forEach(query -> results.add(result(query, request.home(), range)));
    output.putArray("Messages");
    return output;
  }

  private static Query query(Request request, Members query) {
    query.requireOnly(request.action(), QUERY_MEMBERS);
    Members statistic = query.requiredStructure("MetricStat");
    Members metric = statistic.requiredStructure("Metric");
    String name = metric.requiredNonEmptyText("MetricName");
    Map<String, String> dimensions = new TreeMap<>();
    for (Members dimension : metric.structures("Dimensions")) {
      dimensions.put(
          dimension.requiredNonEmptyText("Name"), dimension.requiredNonEmptyText("Value"));
    }
    int period = statistic.requiredInteger("Period", 1, LONGEST_PERIOD);
    if (period % 60 != 0 && !SHORT_PERIODS.contains(period)) {
      throw CloudWatchErrors.invalidValue(
          "The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.");
    }
    return new Query(
        query.requiredText("Id", ID),
        query.text("Label").orElse(name),
        metric.requiredNonEmptyText("Namespace"),
        name,
        dimensions,
        period,
        statistic.requiredText("Stat", STATISTIC),
        query.optionalFlag("ReturnData").orElse(true));
  }

  private static void requireDistinct(List<Query> queries) {
    Set<String> ids = new HashSet<>();
    for (Query query : queries) {
      if (!ids.add(query.id())) {
        throw CloudWatchErrors.invalidValue("The id %s is not unique.".formatted(query.id()));
      }
    }
  }

  private ObjectNode result(Query query, Home home, Range range) {
    ObjectNode result = Json.object().put("Id", query.id()).put("Label", query.label());
    ArrayNode timestamps = result.putArray("Timestamps");
    ArrayNode values = result.putArray("Values");
    Optional<Instant> time = dataPoint(query, range);
    OptionalLong value = time.isPresent() ? measure(query, home) : OptionalLong.empty();
    if (value.isPresent()) {
      timestamps.add(BigDecimal.valueOf(time.orElseThrow().getEpochSecond()));
      values.add(query.statistic().equals("SampleCount") ? 1.0 : (double) value.getAsLong());
    }
    return result.put("StatusCode", "Complete");
  }

  private OptionalLong measure(Query query, Home home) {
    return services.stream()
        .filter(service -> service.namespace().equals(query.namespace()))
        .map(service -> service.measure(home, query.metric(), query.dimensions()))
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElseGet(OptionalLong::empty);
  }

  /** The start of the last period in the range, when the range reaches to the present. */
  private Optional<Instant> dataPoint(Query query, Range range) {
    Instant now = clock.instant();
    Instant last = range.end().isAfter(now) ? now : range.end().minusMillis(1);
    long seconds = last.getEpochSecond();
    Instant period = Instant.ofEpochSecond(seconds - seconds % query.periodSeconds());
    boolean isPresent = !last.isBefore(now.minus(PRESENT));
    boolean isInRange =
        period.plusSeconds(query.periodSeconds()).isAfter(range.start())
            && !range.start().isAfter(now);
    return isPresent && isInRange ? Optional.of(period) : Optional.empty();
  }
}
