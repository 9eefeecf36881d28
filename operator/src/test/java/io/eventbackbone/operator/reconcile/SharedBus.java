package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * A bus of the operator on which somebody else has a statement, a rule with a target, and a tag.
 *
 * @param kind of the custom resource that it is made for
 * @param object name of the custom resource
 */
record SharedBus(String account, Class<? extends HasMetadata> kind, String object, String name) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String THEIRS = "theirs";
  private static final String PATTERN = "{\"source\":[\"theirs\"]}";
  private static final Tag TAG = Tag.builder().key(THEIRS).value("kept").build();

  boolean isOf(Class<? extends HasMetadata> otherKind, String otherObject) {
    return kind.equals(otherKind) && object.equals(otherObject);
  }

  /** Whether it is there, and nobody is about to delete it. */
  boolean isThere(Simulation simulation) {
    boolean isMeantToBe =
        simulation.cluster().objects().stream()
            .filter(it -> isOf(it.getClass(), it.getMetadata().getName()))
            .anyMatch(it -> !it.isMarkedForDeletion());
    try {
      policy(simulation);
      return isMeantToBe;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  void share(Simulation simulation) {
    ObjectNode policy =
        policy(simulation).orElseGet(() -> (ObjectNode) json("{'Version': '2012-10-17'}"));
    ArrayNode statements = policy.withArray("Statement");
    if (statement(policy).isEmpty()) {
      statements.add(theirs());
    }
    EventBridgeClient events = events(simulation);
    events.putPermission(it -> it.eventBusName(name).policy(policy.toString()));
    events.putRule(it -> it.eventBusName(name).name(THEIRS).eventPattern(PATTERN));
    events.putTargets(it ->
        it.eventBusName(name)
            .rule(THEIRS)
            .targets(Target.builder().id(THEIRS).arn(arn("sqs", THEIRS)).build()));
    events.tagResource(it -> it.resourceARN(arn("events", "event-bus/" + name)).tags(TAG));
  }

  /** Takes the rule away; whoever deletes the bus may have the rest. */
  void leave(Simulation simulation) {
    EventBridgeClient events = events(simulation);
    events.removeTargets(it -> it.eventBusName(name).rule(THEIRS).ids(THEIRS));
    events.deleteRule(it -> it.eventBusName(name).name(THEIRS));
  }

  /** To the letter: a list of one is no single value, and the other way round. */
  void assertUntouched(Simulation simulation) {
    EventBridgeClient events = events(simulation);
    assertThat(policy(simulation).flatMap(SharedBus::statement)).contains(theirs());
    Rule rule = events.listRules(it -> it.eventBusName(name).namePrefix(THEIRS)).rules().get(0);
    assertThat(rule.stateAsString() + " " + rule.eventPattern()).isEqualTo("ENABLED " + PATTERN);
    assertThat(events.listTargetsByRule(it -> it.eventBusName(name).rule(THEIRS)).targets())
        .singleElement()
        .satisfies(it -> assertThat(it.arn()).isEqualTo(arn("sqs", THEIRS)));
    assertThat(
            events
                .listTagsForResource(it -> it.resourceARN(arn("events", "event-bus/" + name)))
                .tags())
        .contains(TAG);
  }

  private JsonNode theirs() {
    return json(
        """
        {'Sid': '%s', 'Effect': 'Deny', 'Principal': '*',
          'Action': ['events:PutEvents'], 'Resource': '%s',
          'Condition': {'StringNotEquals': {'aws:PrincipalOrgID': ['o-f6g7h8i9j0', 'o-a1b2c3d4e5']},
            'Bool': {'aws:PrincipalIsAWSService': 'false'}}}
        """
            .formatted(THEIRS, arn("events", "event-bus/" + name)));
  }

  private static Optional<JsonNode> statement(JsonNode policy) {
    return StreamSupport.stream(policy.path("Statement").spliterator(), false)
        .filter(it -> it.path("Sid").asText().equals(THEIRS))
        .findFirst();
  }

  private Optional<ObjectNode> policy(Simulation simulation) {
    return Optional.ofNullable(events(simulation).describeEventBus(it -> it.name(name)).policy())
        .map(text -> (ObjectNode) json(text));
  }

  private String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, Simulation.REGION, account, resource);
  }

  private EventBridgeClient events(Simulation simulation) {
    return Account.of(simulation.aws(), account).events();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
