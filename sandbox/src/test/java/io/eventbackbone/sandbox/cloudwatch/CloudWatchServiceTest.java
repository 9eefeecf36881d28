package io.eventbackbone.sandbox.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.MutableClock;
import io.eventbackbone.sandbox.RecordingAuthorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.MeasuredResources;
import io.eventbackbone.sandbox.errors.AwsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudWatchServiceTest {

  private static final Principal.Account CALLER =
      new Principal.Account("111111111111", "arn:aws:iam::111111111111:root");

  private final MutableClock clock = new MutableClock();
  private final RecordingAuthorizer authorizer = new RecordingAuthorizer();
  private final CloudWatchService service =
      new CloudWatchService(authorizer, clock, List.of(new Orders()));

  /** One queue with one metric. */
  private static final class Orders implements MeasuredResources {
    @Override
    public String namespace() {
      return "AWS/SQS";
    }

    @Override
    public OptionalLong measure(Home home, String metric, Map<String, String> dimensions) {
      return metric.equals("Age") && dimensions.equals(Map.of("QueueName", "orders"))
          ? OptionalLong.of(42)
          : OptionalLong.empty();
    }
  }

  @Test
  void measuresAtTheStartOfTheLastPeriod() {
    clock.advance(Duration.ofSeconds(90));

    JsonNode result = query("Age", "orders", "Maximum", now() - 600, now());

    assertThat(result.toString())
        .isEqualTo(
            "{\"Id\":\"a\",\"Label\":\"Age\",\"Timestamps\":[%d],\"Values\":[42.0],\"StatusCode\":\"Complete\"}"
                .formatted(now() - 30));
    assertThat(authorizer.last().action()).isEqualTo("cloudwatch:GetMetricData");
    assertThat(authorizer.last().resourceArn()).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource({
    "Age, other, Maximum, -600, 0, '[]'",
    "Other, orders, Maximum, -600, 0, '[]'",
    "Age, orders, SampleCount, -600, 0, '[1.0]'",
    "Age, orders, p99.9, -600, 600, '[42.0]'",
    "Age, orders, Average, -600, -299, '[42.0]'",
    "Age, orders, Average, -600, -301, '[]'",
    "Age, orders, Average, 60, 600, '[]'",
  })
  void tellsThePresentAlone(
      String metric, String queue, String statistic, long start, long end, String values) {
    JsonNode result = query(metric, queue, statistic, now() + start, now() + end);

    assertThat(result.get("Values").toString()).isEqualTo(values);
    assertThat(result.get("Timestamps")).hasSameSizeAs(result.get("Values"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                    | MissingRequiredParameterException | StartTime
          {'StartTime':2,'EndTime':1}           | InvalidParameterValueException    | less than
          {'StartTime':1,'EndTime':2}           | MissingRequiredParameterException | MetricDataQueries
          {'StartTime':1,'EndTime':2,'LabelOptions':{'Timezone':'x'}} | InvalidParameterValueException | does not implement LabelOptions
          {'StartTime':1,'EndTime':2,'MetricDataQueries':[{'Id':'a','Expression':'b+c'}]} | InvalidParameterValueException | does not implement Expression
          {'StartTime':1,'EndTime':2,'MetricDataQueries':[{'Id':'A','MetricStat':{'Metric':{'Namespace':'n','MetricName':'m'},'Period':60,'Stat':'Sum'}}]} | InvalidParameterValueException | Id
          {'StartTime':1,'EndTime':2,'MetricDataQueries':[{'Id':'a','MetricStat':{'Metric':{'Namespace':'n','MetricName':'m'},'Period':61,'Stat':'Sum'}}]} | InvalidParameterValueException | Period
          {'StartTime':1,'EndTime':2,'MetricDataQueries':[{'Id':'a','MetricStat':{'Metric':{'Namespace':'n','MetricName':'m'},'Period':60,'Stat':'Most'}}]} | InvalidParameterValueException | Stat
          """)
  void refuses(String input, String code, String message) {
    AwsException refusal = catchThrowableOfType(AwsException.class, () -> call(input));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(message);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private JsonNode query(String metric, String queue, String statistic, long start, long end) {
    return call("""
    {'StartTime': %d, 'EndTime': %d, 'MetricDataQueries': [{'Id': 'a', 'MetricStat': {
      'Metric': {'Namespace': 'AWS/SQS', 'MetricName': '%s',
        'Dimensions': [{'Name': 'QueueName', 'Value': '%s'}]},
      'Period': 60, 'Stat': '%s'}}]}
    """
            .formatted(start, end, metric, queue, statistic))
        .at("/MetricDataResults/0");
  }

  private JsonNode call(String input) {
    return service.handle(
        new Call(
            CALLER,
            "eu-west-1",
            "GetMetricData",
            Json.parseObject(input.replace('\'', '"')).orElseThrow()));
  }
}
