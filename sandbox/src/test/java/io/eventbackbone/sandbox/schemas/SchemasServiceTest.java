package io.eventbackbone.sandbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.access.AccessDecision;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.BadRequestException;
import software.amazon.awssdk.services.schemas.model.ConflictException;
import software.amazon.awssdk.services.schemas.model.CreateDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DescribeDiscovererResponse;
import software.amazon.awssdk.services.schemas.model.DiscovererState;
import software.amazon.awssdk.services.schemas.model.DiscovererSummary;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.SchemasException;

/** Discoverers by the AWS SDK, whose client is older here than its core. */
class SchemasServiceTest {

  private static final String ACCOUNT = "111111111111";
  private static final String BUS = "arn:aws:events:eu-west-1:111111111111:event-bus/bus";
  private static final String ID = "events-event-bus-bus";
  private static final String ARN =
      "arn:aws:schemas:eu-west-1:111111111111:discoverer/events-event-bus-bus";
  private static final String RULE = "Schemas-events-event-bus-bus";

  private final Sandbox sandbox = Sandbox.start();
  private final EventBridgeClient events = in(EventBridgeClient.builder(), ACCOUNT);
  private final SchemasClient schemas = in(SchemasClient.builder(), ACCOUNT);

  @BeforeEach
  void createBus() {
    events.createEventBus(it -> it.name("bus"));
    events.createEventBus(it -> it.name("bus-2"));
  }

  @AfterEach
  void close() {
    events.close();
    schemas.close();
    sandbox.close();
  }

  @Test
  void aDiscovererIsMadeAndStarted() {
    CreateDiscovererResponse created = create();
    assertThat(created.discovererId()).isEqualTo(ID);
    assertThat(created.discovererArn()).isEqualTo(ARN);
    assertThat(created.state()).isEqualTo(DiscovererState.STARTED);

    DescribeDiscovererResponse described = schemas.describeDiscoverer(it -> it.discovererId(ID));
    assertThat(described.sourceArn()).isEqualTo(BUS);
    assertThat(described.description()).isEqualTo("d");
    assertThat(described.crossAccount()).isTrue();
    assertThat(described.tags()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void itsManagedRuleIsThereAsLongAsTheDiscoverer() {
    create();
    assertThat(rule().managedBy()).isEqualTo("schemas.amazonaws.com");
    assertThatThrownBy(() -> events.deleteRule(it -> it.eventBusName("bus").name(RULE)))
        .hasMessageContaining("is managed by");
    assertThatThrownBy(() -> events.deleteEventBus(it -> it.name("bus")))
        .hasMessageContaining("has rules");

    schemas.deleteDiscoverer(it -> it.discovererId(ID));
    assertThat(events.listRules(it -> it.eventBusName("bus")).rules()).isEmpty();
    assertThatThrownBy(() -> schemas.describeDiscoverer(it -> it.discovererId(ID)))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void itStopsAndStartsWithItsRule() {
    create();
    assertThat(schemas.stopDiscoverer(it -> it.discovererId(ID)).state())
        .isEqualTo(DiscovererState.STOPPED);
    assertThat(rule().state()).isEqualTo(RuleState.DISABLED);
    assertThat(schemas.startDiscoverer(it -> it.discovererId(ID)).state())
        .isEqualTo(DiscovererState.STARTED);
    assertThat(rule().state()).isEqualTo(RuleState.ENABLED);
  }

  @Test
  void anUpdateChangesWhatIsGiven() {
    create();
    schemas.updateDiscoverer(it -> it.discovererId(ID).crossAccount(false));
    DescribeDiscovererResponse described = schemas.describeDiscoverer(it -> it.discovererId(ID));
    assertThat(described.crossAccount()).isFalse();
    assertThat(described.description()).isEqualTo("d");
  }

  @Test
  void tagsGoByTheArn() {
    create();
    schemas.tagResource(it -> it.resourceArn(ARN).tags(Map.of("b", "2", "c", "3")));
    schemas.untagResource(it -> it.resourceArn(ARN).tagKeys("a", "c"));
    assertThat(schemas.listTagsForResource(it -> it.resourceArn(ARN)).tags())
        .isEqualTo(Map.of("b", "2"));
    assertThatThrownBy(() -> schemas.listTagsForResource(it -> it.resourceArn(ARN + "-2")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void theyAreListedByPrefixesOfTheirOwnAccountAndInPages() {
    create();
    schemas.createDiscoverer(it -> it.sourceArn(BUS + "-2"));
    assertThat(schemas.listDiscoverers(it -> it.sourceArnPrefix(BUS)).discoverers())
        .extracting(DiscovererSummary::sourceArn)
        .containsExactly(BUS, BUS + "-2");
    assertThat(schemas.listDiscoverers(it -> it.discovererIdPrefix(ID + "-")).discoverers())
        .extracting(DiscovererSummary::discovererId)
        .containsExactly(ID + "-2");
    assertThat(schemas.listDiscoverersPaginator(it -> it.limit(1)).discoverers()).hasSize(2);
    try (SchemasClient others = in(SchemasClient.builder(), "222222222222")) {
      assertThat(others.listDiscoverers(it -> {}).discoverers()).isEmpty();
    }
  }

  @Test
  void aBusHasOneDiscovererAtMost() {
    create();
    assertThatThrownBy(this::create).isInstanceOf(ConflictException.class);
  }

  @Test
  void aBusOfACustomersKeyHasNone() {
    events.updateEventBus(it -> it.name("bus").kmsKeyIdentifier("alias/events"));
    assertThatThrownBy(this::create)
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("customer managed key");

    events.updateEventBus(it -> it.name("bus").kmsKeyIdentifier(""));
    create();
    assertThatThrownBy(
            () -> events.updateEventBus(it -> it.name("bus").kmsKeyIdentifier("alias/events")))
        .isInstanceOf(EventBridgeException.class)
        .hasMessageContaining("Schema discovery is enabled");
  }

  @Test
  void theSourceIsABusOfTheAccount() {
    for (String source : new String[] {BUS + "-none", BUS.replace(ACCOUNT, "222222222222"), "x"}) {
      assertThatThrownBy(() -> schemas.createDiscoverer(it -> it.sourceArn(source)))
          .as(source)
          .isInstanceOf(BadRequestException.class);
    }
  }

  @Test
  void whatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> schemas.getResourcePolicy(it -> {}))
        .isInstanceOf(SchemasException.class)
        .hasMessageContaining("/v1/policy");
  }

  @Test
  void aCallerNeedsTheManagedRuleToo() {
    create();
    schemas.startDiscoverer(it -> it.discovererId(ID));
    schemas.deleteDiscoverer(it -> it.discovererId(ID));
    create();
    assertThat(sandbox.decisions())
        .extracting(AccessDecision::action)
        .containsExactly(
            "events:CreateEventBus",
            "events:CreateEventBus",
            "schemas:CreateDiscoverer",
            "schemas:TagResource",
            "iam:CreateServiceLinkedRole",
            "events:PutRule",
            "events:PutTargets",
            "schemas:StartDiscoverer",
            "events:EnableRule",
            "schemas:DeleteDiscoverer",
            "events:ListTargetsByRule",
            "events:RemoveTargets",
            "events:DeleteRule",
            "schemas:CreateDiscoverer",
            "schemas:TagResource",
            "events:PutRule",
            "events:PutTargets");
  }

  private CreateDiscovererResponse create() {
    return schemas.createDiscoverer(
        it -> it.sourceArn(BUS).description("d").tags(Map.of("a", "1")));
  }

  private DescribeRuleResponse rule() {
    return events.describeRule(it -> it.eventBusName("bus").name(RULE));
  }

  private <B extends AwsClientBuilder<B, C>, C> C in(B builder, String account) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")))
        .build();
  }
}
