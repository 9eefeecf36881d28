package io.eventbackbone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Metrics of a queue in the three protocols of CloudWatch: CBOR of the SDK for Java, JSON of boto3,
 * and the Query protocol of older clients.
 */
class CloudWatchProtocolsTest {

  private static final String ACCOUNT = "111111111111";
  private static final Dimension ORDERS =
      Dimension.builder().name("QueueName").value("orders").build();

  private final Sandbox sandbox = Sandbox.start();
  private final SqsClient sqs = client(SqsClient.builder()).build();
  private final CloudWatchClient cloudWatch = client(CloudWatchClient.builder()).build();

  @BeforeEach
  void sendTwoMessages() {
    String queue = sqs.createQueue(it -> it.queueName("orders")).queueUrl();
    sqs.sendMessage(it -> it.queueUrl(queue).messageBody("a"));
    sqs.sendMessage(it -> it.queueUrl(queue).messageBody("b"));
  }

  @AfterEach
  void close() {
    cloudWatch.close();
    sqs.close();
    sandbox.close();
  }

  @Test
  void inCbor() {
    Instant now = Instant.now();

    MetricDataResult result =
        cloudWatch
            .getMetricData(query("a", now.minus(Duration.ofHours(1)), now.plusSeconds(60)))
            .metricDataResults()
            .get(0);

    assertThat(result.id()).isEqualTo("a");
    assertThat(result.values()).containsExactly(2.0);
    assertThat(result.timestamps().get(0)).isBetween(now.minusSeconds(60), now.plusSeconds(60));
    assertThat(result.statusCodeAsString()).isEqualTo("Complete");
  }

  @Test
  void aRefusalInCborHasTheCodeOfTheQueryProtocol() {
    Instant now = Instant.now();

    assertThatThrownBy(() -> cloudWatch.getMetricData(query("A", now.minusSeconds(60), now)))
        .isInstanceOfSatisfying(
            CloudWatchException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
              assertThat(refusal.awsErrorDetails().errorMessage()).contains("Id");
            });
  }

  @Test
  void inJson() throws IOException, InterruptedException {
    long now = Instant.now().getEpochSecond();
    String query =
        """
        {"StartTime": %d, "EndTime": %d.5, "MetricDataQueries": [{"Id": "a", "MetricStat": {
          "Metric": {"Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible",
            "Dimensions": [{"Name": "QueueName", "Value": "orders"}]},
          "Period": 300, "Stat": "Maximum"}}]}
        """
            .formatted(now - 3600, now + 60);

    String answer = post("application/x-amz-json-1.0", query);

    assertThat(answer)
        .matches(".*\"Timestamps\":\\[\\d{10}],\"Values\":\\[2.0],\"StatusCode\":\"Complete\".*");
  }

  @Test
  void inAForm() throws IOException, InterruptedException {
    Instant now = Instant.now();
    String query =
        """
        Action=GetMetricData&Version=2010-08-01&StartTime=%s&EndTime=%s\
        &MetricDataQueries.member.1.Id=a&MetricDataQueries.member.1.MetricStat.Period=60\
        &MetricDataQueries.member.1.MetricStat.Stat=Maximum\
        &MetricDataQueries.member.1.MetricStat.Metric.Namespace=AWS/SQS\
        &MetricDataQueries.member.1.MetricStat.Metric.MetricName=ApproximateNumberOfMessagesVisible\
        &MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name=QueueName\
        &MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=orders\
        """
            .formatted(now.minusSeconds(3600), now.plusSeconds(60));

    String answer = post("application/x-www-form-urlencoded", query);

    assertThat(answer).contains("<Values><member>2.0</member></Values>");
    assertThat(answer)
        .containsPattern("<Timestamps><member>\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z</member>");
  }

  private static GetMetricDataRequest query(String id, Instant start, Instant end) {
    return GetMetricDataRequest.builder()
        .startTime(start)
        .endTime(end)
        .metricDataQueries(
            MetricDataQuery.builder()
                .id(id)
                .metricStat(stat ->
                    stat.period(60)
                        .stat("Maximum")
                        .metric(metric ->
                            metric
                                .namespace("AWS/SQS")
                                .metricName("ApproximateNumberOfMessagesVisible")
                                .dimensions(ORDERS)))
                .build())
        .build();
  }

  private String post(String contentType, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.endpoint().resolve("/"))
            .header("Content-Type", contentType)
            .header("X-Amz-Target", "GraniteServiceVersion20100801.GetMetricData")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20261123/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(ACCOUNT))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private <B extends AwsClientBuilder<B, ?>> B client(B builder) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "any")));
  }
}
