package io.eventbackbone.core.topology;

import static io.eventbackbone.core.model.Cluster.ECOMMERCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.EncryptionKey;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogConfig.IncludeDetail;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.Queue.Redrive;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.DeliveryDestinationKey;
import io.eventbackbone.core.resource.ResourceKey.DeliverySourceKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.core.routing.Routing.Extent;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {

  private static final AccountScope GLOBAL = new AccountScope("111111111111", "eu-west-1");
  private static final AccountScope DELIVERIES = new AccountScope("333333333333", "eu-west-1");
  private static final String REGION = "region: eu-west-1";
  private static final String SUBSCRIBED =
      ECOMMERCE.replace(REGION, REGION + "\n  forwarding: Subscribed");
  private static final String ALL_BUT_DELIVERIES =
      "{\"account\":[{\"anything-but\":[\"333333333333\"]}]}";

  @Test
  void aBackboneHasABusWithPolicyLogAndDeadLetterQueue() {
    WantedState wanted = backbone(Cluster.of(ECOMMERCE));
    assertThat(wanted.owner().tagValue()).isEqualTo("c1/EventBackbone/event-platform/main");
    assertThat(present(wanted))
        .containsExactly(
            "Queue global-bus-dlq",
            "EventBus global-bus",
            "EventBusPolicy global-bus",
            "LogGroup /aws/events/global-bus",
            "LogResourcePolicy event-backbone-global-bus",
            "Rule global-bus/global-logging");
    assertThat(statement(wanted))
        .contains("arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root");
  }

  @Test
  void onlyAccountsThatAreKnownToExistMayPublish() {
    String unseen =
        ECOMMERCE.replace(
            "status: {callerArn: \"arn:aws:sts::333333333333:assumed-role/x/y\"}", "");
    assertThat(statement(backbone(Cluster.of(unseen))))
        .contains("222222222222")
        .doesNotContain("333333333333");
  }

  @Test
  void anOrganizationPublishesByItsId() {
    String organization =
        ECOMMERCE.replace(
            REGION, REGION + "\n  publishers: {mode: Organization, organizationId: o-abcdefghij}");
    assertThat(statement(backbone(Cluster.of(organization))))
        .contains("\"aws:PrincipalOrgID\":[\"o-abcdefghij\"]")
        .doesNotContain("222222222222");
  }

  @Test
  void whatIsSwitchedOffKeepsItsData() {
    String off =
        ECOMMERCE.replace(
            REGION, REGION + "\n  audit: {enabled: false}\n  deadLetter: {enabled: false}");
    WantedState wanted = backbone(Cluster.of(off));
    assertThat(find(wanted, ResourceKey.Type.LOG_RULE)).isInstanceOf(Absent.class);
    assertThat(find(wanted, ResourceKey.Type.LOG_RESOURCE_POLICY)).isInstanceOf(Absent.class);
    assertThat(find(wanted, ResourceKey.Type.LOG_GROUP)).isInstanceOf(Untouched.class);
    assertThat(find(wanted, ResourceKey.Type.QUEUE)).isInstanceOf(Untouched.class);
  }

  @Test
  void whatIsSwitchedOffGoesWhenDeleteIsAskedFor() {
    String off =
        ECOMMERCE.replace(REGION, REGION + "\n  deletionPolicy: Delete\n  audit: {enabled: false}");
    assertThat(find(backbone(Cluster.of(off)), ResourceKey.Type.LOG_GROUP))
        .isInstanceOf(Absent.class);
  }

  @Test
  void anArchiveNamesItsOwner() {
    String archived =
        ECOMMERCE.replace(REGION, REGION + "\n  archive: {enabled: true, retentionDays: 90}");
    Wanted archive = find(backbone(Cluster.of(archived)), ResourceKey.Type.ARCHIVE);
    assertThat(((Present) archive).resource())
        .isEqualTo(
            new Archive(
                new ArchiveKey(GLOBAL, "event-backbone-global-bus"),
                "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus",
                90,
                Optional.empty(),
                Optional.empty(),
                "c1/EventBackbone/event-platform/main"));
  }

  @Test
  void theArchiveOfAnEncryptedBusTakesTheBussKey() {
    String archived =
        ECOMMERCE.replace(
            "identifier: delivery-service",
            "identifier: delivery-service\n  archive: {enabled: true, retentionDays: 7}\n"
                + "  encryption: {kmsKeyIdentifier: alias/events}");
    Wanted archive = find(bus(Cluster.of(archived), "deliveries"), ResourceKey.Type.ARCHIVE);
    assertThat(((Present) archive).resource())
        .isEqualTo(
            new Archive(
                new ArchiveKey(DELIVERIES, "event-backbone-local-bus-delivery-service"),
                "arn:aws:events:eu-west-1:333333333333:event-bus/local-bus-delivery-service",
                7,
                Optional.empty(),
                Optional.of(EncryptionKey.ofCustomer("alias/events")),
                "c1/ServiceAccountBus/deliveries/deliveries"));
  }

  /** Roles of before there were archives of local buses may not ask for one. */
  @Test
  void theArchiveOfALocalBusIsLookedForWhereThereWasOneAlone() {
    Cluster cluster = Cluster.of(ECOMMERCE);
    assertThat(bus(cluster, "deliveries").keys())
        .noneMatch(key -> key.type() == ResourceKey.Type.ARCHIVE);

    cluster
        .get(ServiceAccountBus.class, "deliveries")
        .setStatus(ServiceAccountBusStatusBuilder.builder().archiveArn("arn").build());
    assertThat(find(bus(cluster, "deliveries"), ResourceKey.Type.ARCHIVE))
        .isInstanceOf(Untouched.class);
  }

  @Test
  void aReplayHasANameOfAllThatItAsksFor() {
    String spec =
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventReplay
        metadata: {name: yesterday, namespace: deliveries}
        spec:
          subscriptionRef: {name: new-orders}
          from: "2026-11-28T00:00:00Z"
          to: "2026-11-29T00:00:00Z"
        """;
    String name = replayName("c1", spec);
    assertThat(name).matches("event-backbone-yesterday-[0-9a-f]{32}");
    assertThat(replayName("c1", spec + "  ttlSecondsAfterFinished: 7\n")).isEqualTo(name);
    assertThat(replayName("c1", spec.replace("T00:00:00Z", "T01:00:00+01:00"))).isEqualTo(name);
    assertThat(
            Stream.of(
                    replayName("c2", spec),
                    replayName("c1", spec.replace("name: new-orders", "name: others")),
                    replayName("c1", spec.replace("namespace: deliveries", "namespace: orders")),
                    replayName("c1", spec.replace("11-28", "11-27")),
                    replayName("c1", spec.replace("11-29", "11-30")),
                    replayName("c1", spec.replace("name: yesterday", "name: " + "y".repeat(99))),
                    replayName(
                        "c1",
                        spec.replace(
                            "subscriptionRef: {name: new-orders}",
                            "backboneRef: {name: main}\n  busSelector: {matchLabels: {a: b}}")),
                    replayName(
                        "c1",
                        spec.replace(
                            "subscriptionRef: {name: new-orders}",
                            "backboneRef: {name: main}\n  busSelector: {matchLabels: {a: c}}")))
                .distinct())
        .hasSize(8)
        .doesNotContain(name)
        .allSatisfy(it -> assertThat(it).hasSizeLessThanOrEqualTo(64).matches("[A-Za-z0-9._-]+"));
  }

  private static String replayName(String clusterId, String manifest) {
    return new Topology(clusterId)
        .replayId((EventReplay) Cluster.read(manifest), DELIVERIES)
        .name();
  }

  @Test
  void aDiscovererLooksAtWhatOtherAccountsPublish() {
    String discovered = ECOMMERCE.replace(REGION, REGION + "\n  schemaDiscovery: {enabled: true}");
    Wanted discoverer = find(backbone(Cluster.of(discovered)), ResourceKey.Type.DISCOVERER);
    assertThat(discoverer.key().arn())
        .isEqualTo("arn:aws:events:eu-west-1:111111111111:event-bus/global-bus");
    assertThat(((Present) discoverer).resource())
        .isEqualTo(
            new Discoverer(
                new EventBusKey(GLOBAL, "global-bus").discoverer(),
                "Schemas of the events on the event backbone, kept by the event backbone operator",
                true,
                Discoverer.State.STARTED));
  }

  @Test
  void aDiscovererIsLookedForWhereThereWasOneAlone() {
    Cluster cluster = Cluster.of(ECOMMERCE);
    assertThat(backbone(cluster).keys())
        .noneMatch(key -> key.type() == ResourceKey.Type.DISCOVERER);

    Cluster withStatus = Cluster.of(ECOMMERCE);
    EventBackbone hadOne = withStatus.get(EventBackbone.class, "main");
    hadOne.setStatus(
        EventBackboneStatusBuilder.builder()
            .discovererArn("arn:aws:schemas:eu-west-1:111111111111:discoverer/d")
            .build());
    assertThat(find(backbone(withStatus), ResourceKey.Type.DISCOVERER)).isInstanceOf(Absent.class);
  }

  @Test
  void anArchiveStaysAsItIsWhenItsPatternIsNone() {
    String archived =
        ECOMMERCE.replace(
            REGION, REGION + "\n  archive: {enabled: true, pattern: {source: orders}}");
    Cluster cluster = Cluster.of(archived);
    assertThat(find(backbone(cluster), ResourceKey.Type.ARCHIVE)).isInstanceOf(Untouched.class);
    assertThat(SpecCheck.archiveOf(cluster.get(EventBackbone.class, "main")).toString())
        .contains("spec.archive.pattern.source");
  }

  @Test
  void thePatternOfAnArchiveThatIsSwitchedOffIsNotValidated() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE.replace(
                REGION, REGION + "\n  archive: {enabled: false, pattern: {detail: {}}}"));
    EventBackbone main = cluster.get(EventBackbone.class, "main");
    assertThat(SpecCheck.archiveOf(main)).isInstanceOf(Admission.Admitted.class);
    assertThat(new Admissions(cluster).backbone(main).admitted().orElseThrow().archive().problem())
        .isEmpty();
  }

  @Test
  void aBusAdmitsTheGlobalAccountAndIsForwardedTo() {
    WantedState wanted = bus(Cluster.of(ECOMMERCE), "deliveries");
    assertThat(present(wanted))
        .containsExactly(
            "Queue local-bus-delivery-service-dlq",
            "EventBus local-bus-delivery-service",
            "EventBusPolicy local-bus-delivery-service",
            "Rule global-bus/globalToDeliveryService",
            "LogGroup /aws/events/local-bus-delivery-service",
            "LogResourcePolicy event-backbone-local-bus-delivery-service",
            "Rule local-bus-delivery-service/local-logging");
    assertThat(statement(wanted)).contains("111111111111").doesNotContain("222222222222");
    assertThat(rule(wanted, "global-bus/globalToDeliveryService"))
        .isEqualTo(
            new Rule(
                new EventBusKey(GLOBAL, "global-bus").rule("globalToDeliveryService"),
                "{\"account\":[{\"anything-but\":[\"333333333333\"]}]}",
                Rule.State.ENABLED,
                Set.of(
                    new Target(
                        "Target0",
                        "arn:aws:events:eu-west-1:333333333333:event-bus/local-bus-delivery-service",
                        Optional.of("arn:aws:iam::111111111111:role/event-backbone-forwarding"),
                        Optional.of("arn:aws:sqs:eu-west-1:111111111111:global-bus-dlq"),
                        Optional.empty()))));
  }

  @Test
  void withoutARouteNothingIsForwarded() {
    String routedElsewhere =
        ECOMMERCE.replace("backboneRef: {name: main}\n", "backboneRef: {name: other}\n");
    assertThat(
            find(
                bus(Cluster.of(routedElsewhere), "orders"),
                ResourceKey.Type.RULE,
                "global-bus/globalToOrderService"))
        .isInstanceOf(Absent.class);
  }

  @Test
  void aRefusedRouteLeavesTheRuleAsItWas() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE,
            Manifests.of(
                "EventRoute",
                "event-platform/broken",
                "backboneRef: {name: main}",
                "filter: {pattern: {detail: \"text\"}}"));
    assertThat(
            find(bus(cluster, "orders"), ResourceKey.Type.RULE, "global-bus/globalToOrderService"))
        .isInstanceOfSatisfying(Untouched.class, left -> assertThat(left.ifMissing()).isPresent());
  }

  @Test
  void whatSubscriptionsAskForIsForwardedAndNothingToABusWithoutAny() {
    Cluster cluster = Cluster.of(SUBSCRIBED);
    assertThat(patternTo(cluster, "deliveries"))
        .isEqualTo(
            "{\"account\":[{\"anything-but\":[\"333333333333\"]}],"
                + "\"detail-type\":[\"Order.Created\"]}");
    assertThat(
            find(bus(cluster, "orders"), ResourceKey.Type.RULE, "global-bus/globalToOrderService"))
        .isInstanceOf(Absent.class);
    assertThat(forwarded(cluster, "orders").extent()).isEqualTo(new Extent.AsSubscribed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "busRef: {name: deliveries}\n  suspend: true", // its rule is disabled
        "busRef: {name: deliveries, namespace: orders}", // another bus, which is not there
      })
  void whoHasNoRuleThatWorksAsksForNothing(String reference) {
    assertThat(
            forwarded(
                    Cluster.of(SUBSCRIBED.replace("busRef: {name: deliveries}", reference)),
                    "deliveries")
                .forwarding())
        .isEqualTo(new Forwarding.Nothing());
  }

  @Test
  void whoIsNotAdmittedAsksForNothing() {
    Cluster cluster =
        Cluster.of(
            SUBSCRIBED,
            Manifests.of(
                "EventSubscription",
                "orders/elsewhere",
                "busRef: {name: deliveries, namespace: deliveries}",
                "filter: {detailTypes: [Order.Updated]}"));
    assertThat(patternTo(cluster, "deliveries")).doesNotContain("Order.Updated");
  }

  /** What its rule matches is known to AWS alone. */
  @Test
  void aRefusedFilterAsksForAllOnceThereIsARule() {
    String refused = SUBSCRIBED.replace("[Order.Created]", "[order-created]");
    String ruled = refused + "status: {ruleArn: \"arn:aws:events:eu-west-1:333333333333:rule/x\"}";
    assertThat(forwarded(Cluster.of(refused), "deliveries").forwarding())
        .isEqualTo(new Forwarding.Nothing());
    assertThat(patternTo(Cluster.of(ruled), "deliveries")).isEqualTo(ALL_BUT_DELIVERIES);
    assertThat(forwarded(Cluster.of(ruled), "deliveries").extent())
        .isInstanceOfSatisfying(
            Extent.AsRoutedAfterAll.class,
            all -> assertThat(all.cause()).contains("EventSubscription deliveries/new-orders"));
  }

  @Test
  void whatDoesNotFitIntoAPatternIsNotNarrowed() {
    Cluster cluster = Cluster.of(SUBSCRIBED, manyTypes("a", "Order"), manyTypes("b", "Invoice"));
    assertThat(patternTo(cluster, "deliveries")).isEqualTo(ALL_BUT_DELIVERIES);
    assertThat(forwarded(cluster, "deliveries").extent())
        .isEqualTo(
            new Extent.AsRoutedAfterAll(
                "the filters of the bus's subscriptions do not fit into one pattern"));
  }

  /** The field has the name of an operator, for which event-ruler keeps it within $or. */
  @Test
  void whatEventBridgeDoesNotTakeTogetherIsNotNarrowed() {
    Cluster cluster =
        Cluster.of(
            SUBSCRIBED,
            Manifests.of(
                "EventSubscription",
                "deliveries/addresses",
                "busRef: {name: deliveries}",
                "filter: {pattern: {cidr: [x]}}"));
    assertThat(patternTo(cluster, "deliveries")).isEqualTo(ALL_BUT_DELIVERIES);
    assertThat(forwarded(cluster, "deliveries").extent())
        .isInstanceOf(Extent.AsRoutedAfterAll.class);
  }

  @Test
  void aBusOverridesWhatItSaysAndInheritsTheRest() {
    String own =
        ECOMMERCE
            .replace(REGION, REGION + "\n  audit: {retentionDays: 30}")
            .replace(
                "identifier: order-service",
                "identifier: order-service\n  busName: events\n  audit: {logGroupName: /x}");
    assertThat(find(bus(Cluster.of(own), "orders"), ResourceKey.Type.LOG_GROUP))
        .isEqualTo(
            new Present(
                new LogGroup(
                    new LogGroupKey(
                        new AccountScope("222222222222", "eu-west-1"),
                        "/x",
                        LogGroupKey.Content.EVENTS),
                    Optional.of(30))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          None  | OFF   |
          Error | ERROR | error-logs
          Info  | INFO  | error-logs info-logs
          Trace | TRACE | error-logs info-logs trace-logs
          """)
  void aLogIsDeliveredByOneSourceForEachOfItsLevels(
      String level, LogConfig.Level logged, String logTypes) {
    WantedState wanted =
        backbone(
            Cluster.of(ECOMMERCE.replace(REGION, REGION + "\n  logging: {level: " + level + "}")));
    assertThat(eventBus(wanted).logConfig().map(LogConfig::level)).contains(logged);
    List<String> ends = logTypes == null ? List.of() : List.of(logTypes.split(" "));
    assertThat(present(wanted).stream().filter(it -> it.matches("Deliver.*")))
        .containsExactlyElementsOf(
            Stream.of(
                    ends.stream()
                        .limit(1)
                        .map(it -> "DeliveryDestination event-backbone-global-bus"),
                    ends.stream().map(it -> "DeliverySource event-backbone-global-bus-" + it),
                    ends.stream().map(it -> "Delivery event-backbone-global-bus-" + it))
                .flatMap(it -> it)
                .toList());
    assertThat(wanted.keys().stream().filter(it -> it.type().isOfBusLog()))
        .as("what another level needs is to go")
        .hasSize(8);
  }

  @Test
  void aLogsDeliveryLeadsFromTheBusToTheLogGroup() {
    WantedState wanted =
        backbone(Cluster.of(ECOMMERCE.replace(REGION, REGION + "\n  logging: {level: Error}")));
    String source = "event-backbone-global-bus-error-logs";
    assertThat(((Present) find(wanted, ResourceKey.Type.DELIVERY_SOURCE, source)).resource())
        .isEqualTo(
            new DeliverySource(
                new DeliverySourceKey(GLOBAL, source),
                "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus",
                "ERROR_LOGS"));
    assertThat(((Present) find(wanted, ResourceKey.Type.DELIVERY_DESTINATION)).resource())
        .isEqualTo(
            new DeliveryDestination(
                new DeliveryDestinationKey(GLOBAL, "event-backbone-global-bus"),
                "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/vendedlogs/events/event-bus/global-bus"));
    assertThat(((Present) find(wanted, ResourceKey.Type.DELIVERY, source)).resource())
        .isEqualTo(
            new Delivery(
                new DeliverySourceKey(GLOBAL, source).delivery(),
                "arn:aws:logs:eu-west-1:111111111111:delivery-destination:event-backbone-global-bus"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {level: Info}                                        | INFO  | FULL | 30 | /aws/vendedlogs/events/event-bus/local-bus-order-service
          {level: Trace, includeDetail: None, retentionDays: 1} | TRACE | NONE | 1  | /aws/vendedlogs/events/event-bus/local-bus-order-service
          {logGroupName: /orders/log}                          | ERROR | FULL | 30 | /orders/log
          """)
  void aLocalBusLogsAsItsBackboneUnlessItSaysOtherwise(
      String own, LogConfig.Level level, IncludeDetail detail, int days, String logGroup) {
    WantedState wanted =
        bus(
            Cluster.of(
                ECOMMERCE
                    .replace(
                        REGION,
                        REGION
                            + "\n  logging: {level: Error, includeDetail: Full, retentionDays: 30,"
                            + " logGroupName: /global/log}")
                    .replace(
                        "identifier: order-service",
                        "identifier: order-service\n  logging: " + own)),
            "orders");
    assertThat(eventBus(wanted).logConfig()).contains(new LogConfig(level, detail));
    LogGroup group = (LogGroup) ((Present) find(wanted, ResourceKey.Type.BUS_LOG_GROUP)).resource();
    assertThat(group.key().name()).isEqualTo(logGroup);
    assertThat(group.retentionInDays()).contains(days);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          of the backbone | of the bus                                   | told                                                     | log   | key
                          |                                              |                                                          |       |
                          | logging: {includeDetail: Full}               |                                                          |       |
                          | encryption: {}                               |                                                          |       |
          logging: {level: None} |                                       |                                                          | OFF   |
          logging: {level: Info} | logging: {level: None}                |                                                          | OFF   |
                          | logging: {level: Info}                       |                                                          | INFO  |
                          |                                              | busLogGroupName: /log                                    | OFF   |
                          |                                              | kmsKeyIdentifier: alias/old                              |       | none
          encryption: {kmsKeyIdentifier: alias/a} |                      | kmsKeyIdentifier: alias/old                              |       | alias/a
          encryption: {kmsKeyIdentifier: alias/a} | encryption: {kmsKeyIdentifier: alias/b} |                                       |       | alias/b
          logging: {level: Error} |                                      | {busLogGroupName: /log, kmsKeyIdentifier: alias/old}     | ERROR | none
          """,
      useHeadersInDisplayName = true)
  void whatNobodyNamesOfABusIsAsItIs(
      String backbone, String own, String told, LogConfig.Level level, String key) {
    String manifests =
        ECOMMERCE
            .replace(REGION, REGION + (backbone == null ? "" : "\n  " + backbone))
            .replace(
                "identifier: order-service",
                "identifier: order-service"
                    + (own == null ? "" : "\n  " + own)
                    + (told == null
                        ? ""
                        : "\nstatus: {%s}".formatted(told.replaceAll("[{}]", ""))));
    EventBus bus = eventBus(bus(Cluster.of(manifests), "orders"));
    assertThat(bus.logConfig().map(LogConfig::level)).isEqualTo(Optional.ofNullable(level));
    assertThat(bus.encryption().map(it -> it.kmsKeyIdentifier().orElse("none")))
        .isEqualTo(Optional.ofNullable(key));
  }

  @Test
  void whatIsLeftOfALogIsThatOfTheStatus() {
    String was =
        ECOMMERCE.replace(
            "metadata: {name: main, namespace: event-platform}",
            "metadata: {name: main, namespace: event-platform}\n"
                + "status: {busLogGroupName: /old/log}");
    assertThat(find(backbone(Cluster.of(was)), ResourceKey.Type.LOG_GROUP, "/old/log"))
        .isInstanceOf(Untouched.class);
    String delete = was.replace(REGION, REGION + "\n  deletionPolicy: Delete");
    assertThat(find(backbone(Cluster.of(delete)), ResourceKey.Type.LOG_GROUP, "/old/log"))
        .isInstanceOf(Absent.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enabled: true, retentionDays: 3  | Error | EVENTS  | 3
          enabled: true, retentionDays: 3  | None  | EVENTS  | 3
          enabled: true                    | Error | EVENTS  | 5
          enabled: true                    | None  | EVENTS  |
          enabled: false                   | Error | BUS_LOG | 5
          """)
  void bothLogsMayShareAGroup(
      String audit, String level, LogGroupKey.Content content, Integer days) {
    WantedState wanted =
        backbone(
            Cluster.of(
                ECOMMERCE.replace(
                    REGION,
                    REGION
                        + "\n  audit: {logGroupName: /shared, %s}\n  logging: {logGroupName: /shared, retentionDays: 5, level: %s}"
                            .formatted(audit, level))));
    assertThat(wanted.resources().stream().filter(it -> it.key().qualifiedName().equals("/shared")))
        .singleElement()
        .isEqualTo(
            new Present(
                new LogGroup(
                    new LogGroupKey(GLOBAL, "/shared", content), Optional.ofNullable(days))));
  }

  @Test
  void aSubscriptionHasARuleTwoQueuesAndAPolicyForExactlyThatRule() {
    WantedState wanted = subscription(Cluster.of(ECOMMERCE));
    String rule = Names.subscriptionRule("deliveries", "new-orders");
    Queue queue = queue(wanted, rule);
    assertThat(queue.visibilityTimeoutSeconds()).contains(60);
    assertThat(queue.messageRetentionSeconds()).isEqualTo(4 * 86_400);
    assertThat(queue.redrive().orElseThrow())
        .isEqualTo(new Redrive("arn:aws:sqs:eu-west-1:333333333333:" + rule + "-dlq", 5));
    assertThat(queue.statements())
        .singleElement()
        .satisfies(it ->
            assertThat(it.json().at("/Condition/ArnEquals/aws:SourceArn").asText())
                .isEqualTo(
                    "arn:aws:events:eu-west-1:333333333333:rule/local-bus-delivery-service/"
                        + rule));
    assertThat(queue(wanted, rule + "-dlq").messageRetentionSeconds()).isEqualTo(14 * 86_400);
    assertThat(rule(wanted, "local-bus-delivery-service/" + rule))
        .isEqualTo(
            new Rule(
                new EventBusKey(DELIVERIES, "local-bus-delivery-service").rule(rule),
                "{\"detail-type\":[\"Order.Created\"]}",
                Rule.State.ENABLED,
                Set.of(
                    new Target(
                        "Target0",
                        "arn:aws:sqs:eu-west-1:333333333333:" + rule,
                        Optional.empty(),
                        Optional.of(
                            "arn:aws:sqs:eu-west-1:333333333333:local-bus-delivery-service-dlq"),
                        Optional.empty()))));
  }

  @Test
  void aFifoSubscriptionHasFifoQueuesAndAMessageGroup() {
    WantedState wanted =
        subscription(
            Cluster.of(
                ECOMMERCE.replace(
                    "filter: {detailTypes: [Order.Created]}",
                    "filter: {detailTypes: [Order.Created]}\n  queue: {fifo: true}")));
    String name = Names.subscriptionRule("deliveries", "new-orders");
    for (String queue : List.of(name + ".fifo", name + "-dlq.fifo")) {
      assertThat(queue(wanted, queue).kind()).isEqualTo(Queue.Kind.FIFO);
      assertThat(queue(wanted, queue).contentBasedDeduplication()).isTrue();
    }
    assertThat(rule(wanted, "local-bus-delivery-service/" + name).targets())
        .singleElement()
        .satisfies(it -> assertThat(it.messageGroupId()).contains("new-orders"));
  }

  @Test
  void aSuspendedSubscriptionHasADisabledRule() {
    WantedState wanted =
        subscription(
            Cluster.of(
                ECOMMERCE.replace(
                    "filter: {detailTypes: [Order.Created]}",
                    "filter: {detailTypes: [Order.Created]}\n  suspend: true")));
    String name = Names.subscriptionRule("deliveries", "new-orders");
    assertThat(rule(wanted, "local-bus-delivery-service/" + name).state())
        .isEqualTo(Rule.State.DISABLED);
  }

  private static WantedState backbone(Cluster cluster) {
    Admissions admissions = new Admissions(cluster);
    AdmittedBackbone backbone =
        admissions.backbone(cluster.get(EventBackbone.class, "main")).admitted().orElseThrow();
    return new Topology("c1").of(backbone, PolicyBudget.of(backbone, admissions.busesOf(backbone)));
  }

  private static WantedState bus(Cluster cluster, String name) {
    AdmittedBus bus =
        new Admissions(cluster)
            .bus(cluster.get(ServiceAccountBus.class, name))
            .admitted()
            .orElseThrow();
    return new Topology("c1").of(bus, new Routing(cluster).to(bus));
  }

  /** A subscription that takes more than half of a pattern's room. */
  private static String manyTypes(String name, String entity) {
    String detailTypes =
        IntStream.range(0, 60)
            .mapToObj(i -> entity + ".ChangedInPlace" + i)
            .collect(Collectors.joining(", "));
    return Manifests.of(
        "EventSubscription",
        "deliveries/" + name,
        "busRef: {name: deliveries}",
        "filter: {detailTypes: [%s]}".formatted(detailTypes));
  }

  private static Routing.Forwarded forwarded(Cluster cluster, String name) {
    return new Routing(cluster)
        .to(
            new Admissions(cluster)
                .bus(cluster.get(ServiceAccountBus.class, name))
                .admitted()
                .orElseThrow());
  }

  private static String patternTo(Cluster cluster, String name) {
    return ((Forwarding.Rule) forwarded(cluster, name).forwarding()).pattern().text();
  }

  private static WantedState subscription(Cluster cluster) {
    return new Topology("c1")
        .of(
            new Admissions(cluster)
                .subscription(cluster.get(EventSubscription.class, "new-orders"))
                .admitted()
                .orElseThrow());
  }

  private static List<String> present(WantedState wanted) {
    return wanted.resources().stream()
        .filter(Present.class::isInstance)
        .map(it -> it.key().type().title() + " " + it.key().qualifiedName())
        .toList();
  }

  private static EventBus eventBus(WantedState wanted) {
    return (EventBus) ((Present) find(wanted, ResourceKey.Type.EVENT_BUS)).resource();
  }

  private static Wanted find(WantedState wanted, ResourceKey.Type type) {
    return wanted.resources().stream()
        .filter(it -> it.key().type() == type)
        .findFirst()
        .orElseThrow();
  }

  private static Wanted find(WantedState wanted, ResourceKey.Type type, String name) {
    return wanted.resources().stream()
        .filter(it -> it.key().type() == type && it.key().qualifiedName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String statement(WantedState wanted) {
    Present policy = (Present) find(wanted, ResourceKey.Type.BUS_POLICY);
    return ((BusPolicy) policy.resource()).statements().iterator().next().toString();
  }

  private static Rule rule(WantedState wanted, String name) {
    return (Rule) ((Present) find(wanted, ResourceKey.Type.RULE, name)).resource();
  }

  private static Queue queue(WantedState wanted, String name) {
    return (Queue) ((Present) find(wanted, ResourceKey.Type.QUEUE, name)).resource();
  }
}
