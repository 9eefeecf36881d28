package io.eventbackbone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.InvalidParameterException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;
import software.amazon.awssdk.services.sqs.SqsClient;

/** GetResources of the Resource Groups Tagging API. */
class TaggingTest {

  private static final String ACCOUNT = "111111111111";
  private static final String BUS = "arn:aws:events:eu-west-1:111111111111:event-bus/orders";
  private static final String RULE = "arn:aws:events:eu-west-1:111111111111:rule/orders/log";
  private static final String QUEUE = "arn:aws:sqs:eu-west-1:111111111111:orders";
  private static final String GROUP = "arn:aws:logs:eu-west-1:111111111111:log-group:/orders";

  private final Sandbox sandbox = Sandbox.start();
  private final ResourceGroupsTaggingApiClient tagging =
      in(ResourceGroupsTaggingApiClient.builder(), ACCOUNT).build();

  @BeforeEach
  void make() {
    Tag team = Tag.builder().key("team").value("orders").build();
    try (EventBridgeClient events = in(EventBridgeClient.builder(), ACCOUNT).build();
        SqsClient sqs = in(SqsClient.builder(), ACCOUNT).build();
        CloudWatchLogsClient logs = in(CloudWatchLogsClient.builder(), ACCOUNT).build()) {
      events.createEventBus(it -> it.name("orders").tags(team));
      events.putRule(it ->
          it.eventBusName("orders").name("log").eventPattern("{\"source\":[\"a\"]}").tags(team));
      events.createEventBus(it -> it.name("untagged"));
      sqs.createQueue(it -> it.queueName("orders").tags(Map.of("team", "orders", "stage", "x")));
      logs.createLogGroup(it -> it.logGroupName("/orders").tags(Map.of("team", "other")));
    }
  }

  @AfterEach
  void close() {
    tagging.close();
    sandbox.close();
  }

  @Test
  void tellsTheTagsOfEveryService() {
    assertThat(found(it -> {})).containsExactly(BUS, RULE, GROUP, QUEUE);
  }

  @Test
  void filtersByKeyAndValue() {
    assertThat(found(it -> it.tagFilters(filter("team", "orders"))))
        .containsExactly(BUS, RULE, QUEUE);
    assertThat(found(it -> it.tagFilters(filter("stage")))).containsExactly(QUEUE);
    assertThat(found(it -> it.tagFilters(filter("stage"), filter("team", "other")))).isEmpty();
  }

  @Test
  void pages() {
    assertThat(found(it -> it.resourcesPerPage(3))).containsExactly(BUS, RULE, GROUP, QUEUE);
    assertThat(tagging.getResources(it -> it.resourcesPerPage(3)).resourceTagMappingList())
        .hasSize(3);
  }

  @Test
  void anotherAccountSeesNothing() {
    try (ResourceGroupsTaggingApiClient other =
        in(ResourceGroupsTaggingApiClient.builder(), "222222222222").build()) {
      assertThat(other.getResources(it -> {}).resourceTagMappingList()).isEmpty();
    }
  }

  @Test
  void refusesWhatWouldChangeTheAnswer() {
    assertThatThrownBy(() -> tagging.getResources(it -> it.resourceTypeFilters("sqs")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("ResourceTypeFilters");
  }

  private List<String> found(Consumer<GetResourcesRequest.Builder> request) {
    return tagging.getResourcesPaginator(request).stream()
        .flatMap(page -> page.resourceTagMappingList().stream())
        .map(ResourceTagMapping::resourceARN)
        .toList();
  }

  private static TagFilter filter(String key, String... values) {
    return TagFilter.builder().key(key).values(values).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B in(B builder, String account) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")));
  }
}
