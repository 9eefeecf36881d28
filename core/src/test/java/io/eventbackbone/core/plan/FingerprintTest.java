package io.eventbackbone.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.EncryptionKey;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.PolicyStatement;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.SchemaRegistry;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import io.eventbackbone.core.wanted.WantedState.Wanted.Withdrawn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final AccountScope SCOPE = new AccountScope("222222222222", "eu-west-1");
  private static final EventBusKey BUS = new EventBusKey(SCOPE, "local-bus");
  private static final Rule RULE = rule("{\"source\":[\"a\"],\"account\":[\"1\"]}");

  /**
   * The text that statuses store. If this fails, the fingerprints of this version differ from those
   * of the last one: raise the version in Fingerprint, and put the new text here.
   */
  @Test
  void staysTheSameWithinAVersion() {
    assertThat(Fingerprint.of(oneOfEach())).isEqualTo("v1:2b2702b38981869b0967e53848d0501e");
  }

  @Test
  void hasEveryTypeOfResource() {
    assertThat(resources().map(AwsResource::getClass))
        .containsAll(
            Arrays.stream(AwsResource.class.getPermittedSubclasses())
                .<Class<? extends AwsResource>>map(it -> it.asSubclass(AwsResource.class))
                .toList());
  }

  @Test
  void orderAndSpellingDoNotMatter() {
    Rule respelt = rule("{ \"account\": [\"1\"], \"source\": [\"a\"] }");
    assertThat(of(new Present(RULE), new Absent(BUS)))
        .isEqualTo(of(new Absent(BUS), new Present(respelt)));
  }

  @Test
  void everyDifferenceMatters() {
    assertThat(
            List.of(
                of(new Present(RULE)),
                of(new Present(rule("{\"source\":[\"b\"]}"))),
                of(new Untouched(RULE.key(), Optional.of(RULE))),
                of(new Untouched(RULE.key(), Optional.empty())),
                of(new Absent(RULE.key())),
                of(new Withdrawn(RULE.key())),
                of(new Absent(BUS.rule("other"))),
                of()))
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsNothingOfAnotherVersion() {
    String wanted = of(new Present(RULE));
    assertThat(Fingerprint.match(Optional.of(wanted), wanted)).isEqualTo(Fingerprint.Match.SAME);
    assertThat(Fingerprint.match(Optional.of(of()), wanted)).isEqualTo(Fingerprint.Match.OTHER);
    assertThat(Fingerprint.match(Optional.empty(), wanted)).isEqualTo(Fingerprint.Match.OTHER);
    assertThat(Stream.of("0123456789abcdef0123456789abcdef", wanted.replace("v1:", "v2:")))
        .allSatisfy(it ->
            assertThat(Fingerprint.match(Optional.of(it), wanted))
                .isEqualTo(Fingerprint.Match.UNKNOWN));
  }

  private static String of(Wanted... resources) {
    return Fingerprint.of(wanted(Arrays.asList(resources)));
  }

  private static WantedState oneOfEach() {
    return wanted(
        Stream.<Wanted>concat(
                resources().map(Present::new),
                Stream.of(
                    new Absent(BUS.rule("absent")),
                    new Withdrawn(BUS.rule("withdrawn")),
                    new Untouched(BUS.rule("left"), Optional.of(RULE))))
            .toList());
  }

  private static WantedState wanted(List<Wanted> resources) {
    Owner owner = new Owner("c1", "ServiceAccountBus", "orders", "orders");
    return new WantedState(
        new Tags(owner, new TreeMap<>(Map.of("team", "orders", "stage", "prod"))), resources);
  }

  private static Stream<AwsResource> resources() {
    PolicyStatement statement = new PolicyStatement("event-backbone-rule", document());
    QueueKey queue = new QueueKey(SCOPE, "q.fifo");
    return Stream.of(
        new EventBus(
            BUS,
            Optional.of(EncryptionKey.ofCustomer("alias/a")),
            Optional.of(new LogConfig(LogConfig.Level.INFO, LogConfig.IncludeDetail.FULL))),
        new BusPolicy(BUS.policy(), Set.of(statement)),
        RULE,
        new Queue(
            queue,
            true,
            Optional.of(60),
            345_600,
            Optional.of(new Queue.Redrive("arn:dlq", 5)),
            Set.of(statement)),
        new LogGroup(new LogGroupKey(SCOPE, "/log", LogGroupKey.Content.EVENTS), Optional.of(7)),
        new LogResourcePolicy(new LogResourcePolicyKey(SCOPE, "p"), document()),
        new Archive(
            new ArchiveKey(SCOPE, "a"),
            BUS.arn(),
            30,
            Optional.of("{\"source\":[\"a\"]}"),
            Optional.empty(),
            "o"),
        new Discoverer(BUS.discoverer(), "d", true, Discoverer.State.STARTED),
        new DeliveryDestination(BUS.logDestination(), "arn:log"),
        new DeliverySource(BUS.logSource(LogConfig.LogType.ERROR_LOGS), BUS.arn(), "ERROR_LOGS"),
        new Delivery(BUS.logSource(LogConfig.LogType.ERROR_LOGS).delivery(), "arn:d"),
        new SchemaRegistry(new SchemaRegistryKey(SCOPE, "r"), "d"),
        new SchemaRegistry.Schema(
            new SchemaRegistryKey(SCOPE, "r").schema("s"), "OpenApi3", "{\"a\":1}", "d"));
  }

  private static ObjectNode document() {
    return JsonNodeFactory.instance.objectNode().put("Resource", "arn:q").put("Action", "a");
  }

  private static Rule rule(String pattern) {
    Rule.Target target =
        new Rule.Target(
            "Target0", "arn:q", Optional.empty(), Optional.of("arn:dlq"), Optional.of("group"));
    return new Rule(BUS.rule("rule"), pattern, Rule.State.ENABLED, Set.of(target));
  }
}
