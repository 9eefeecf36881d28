package io.eventbackbone.operator.admission;

import static io.eventbackbone.core.model.Cluster.ECOMMERCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.SelectorCases;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequestBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewsTest {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private static final String TWIN =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: a-twin, creationTimestamp: "2020-01-01T00:00:00Z"}
      spec: {accountId: "222222222222"}
      """;

  @Test
  void aSpecThatCantBeReadIsDenied() {
    assertDenied(
        create(route("main", "{detailTypes: 7}")),
        "Unreadable",
        "spec.filter.detailTypes has another form");
    assertDenied(
        create(
            subscription("deliveries", "{pattern: {source: [%s]}}".formatted("k".repeat(40_000)))),
        "Unreadable",
        "longer than 32,768 characters");
  }

  /** Whatever the bus is, which may come later. */
  @ParameterizedTest
  @ValueSource(strings = {"orders", "nowhere"})
  void aSchemaThatIsNoneIsDeniedWithItsPlace(String bus) {
    assertDenied(
        create(type(bus, "{type: object, properties: {a: {type: strin}}}")),
        "InvalidSchema",
        "spec.versions[0].schema/properties/a/type");
    assertDenied(
        create(type(bus, "{type: object}", "{type: object, properties: {a: {}}, required: [a]}")),
        "Incompatible",
        "version 1 accepts {}, and version 2 refuses it");
    assertDenied(
        create(type(bus, "{title: %s}".formatted("k".repeat(70_000)))),
        "Unreadable",
        "longer than 65,536 characters");
  }

  private static String type(String bus, String... schemas) {
    String versions =
        IntStream.range(0, schemas.length)
            .mapToObj(i -> "{version: \"%d\", schema: %s}".formatted(i + 1, schemas[i]))
            .collect(Collectors.joining(", "));
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventType
    metadata: {name: created, namespace: orders}
    spec:
      busRef: {name: %s}
      detailType: Order.Created
      versions: [%s]
    """
        .formatted(bus, versions);
  }

  /** What nobody can mend any more: the spec of a replay never changes. */
  @Test
  void aReplayOfTheFutureIsDenied() {
    assertDenied(
        create(replay("new-orders", "2999-01-01T00:00:00Z")),
        "InvalidWindow",
        "spec.to, 2999-01-01T00:00:00Z, was in the future");
    assertDenied(create(replay("new-orders", "2019-01-01T00:00:00Z")), "InvalidWindow", "before");
  }

  @Test
  void aReplayWithoutAnArchiveIsWarnedOf() {
    AdmissionResponse response = create(replay("new-orders", "2021-01-01T00:00:00Z"));
    assertThat(response.getAllowed()).isTrue();
    assertThat(response.getWarnings())
        .singleElement()
        .asString()
        .contains("ServiceAccountBus deliveries/deliveries has no archive");
    assertThat(create(replay("nowhere", "2021-01-01T00:00:00Z")).getWarnings())
        .singleElement()
        .asString()
        .contains("EventSubscription deliveries/nowhere does not exist");
  }

  private static String replay(String subscription, String to) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventReplay
    metadata: {name: again, namespace: deliveries}
    spec:
      subscriptionRef: {name: %s}
      from: "2020-01-01T00:00:00Z"
      to: "%s"
    """
        .formatted(subscription, to);
  }

  @Test
  void aPatternThatIsTooDeepToWalkIsDenied() {
    String deep = "{pattern: %s[x]%s}".formatted("{a: ".repeat(150), "}".repeat(150));
    for (String object : List.of(subscription("deliveries", deep), route("main", deep))) {
      assertDenied(
          create(object), "InvalidFilter", "spec.filter: the pattern has 151 levels", "takes 100");
    }
  }

  static Stream<String> validSelectors() {
    return SelectorCases.VALID.stream();
  }

  static Stream<String> invalidSelectors() {
    return SelectorCases.INVALID.stream();
  }

  @ParameterizedTest
  @MethodSource("validSelectors")
  void aSelectorOfKubernetesPassesWhereverItIsWritten(String selector) {
    assertThat(SelectorCases.objectsWith(selector))
        .allSatisfy(object -> assertThat(create(object).getAllowed()).isTrue());
  }

  @ParameterizedTest
  @MethodSource("invalidSelectors")
  void anotherSelectorIsDeniedWithItsField(String selector) {
    assertThat(SelectorCases.objectsWith(selector))
        .allSatisfy(object -> assertDenied(create(object), "InvalidSelector", "spec."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws.orders", "AWS.Orders", "aWs.x"})
  void anIdentifierThatNobodyCanPublishWithIsDenied(String identifier) {
    assertDenied(
        create(bus("free", "orders", "identifier: " + identifier)),
        "InvalidIdentifier",
        "spec.identifier",
        "delete the bus and create it with another identifier");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws",
        "aws-orders",
        "awsome.orders",
        "my.aws.orders",
      })
  void othersThatHaveAwsInThemPass(String identifier) {
    assertThat(create(bus("free", "orders", "identifier: " + identifier)).getAllowed()).isTrue();
  }

  @Test
  void aFilterThatIsEmptyIsDenied() {
    for (String object :
        List.of(
            subscription("deliveries", "{}"),
            subscription("deliveries", "{detailTypes: []}"),
            subscription("deliveries", "{pattern: {}}"),
            subscription("deliveries", "{detailTypes: [], pattern: {source: [a]}}"),
            subscription("deliveries", "{detailTypes: [Order.Created], pattern: {}}"),
            route("main", "{}"),
            route("main", "{pattern: {}}"))) {
      assertDenied(create(object), "InvalidFilter", "spec.filter", "is empty");
    }
  }

  /** Who switches it off may leave its settings as they are. */
  @Test
  void whatIsSwitchedOffIsNotValidated() {
    String archive = "archive: {enabled: %s, pattern: {detail: {}}}";
    assertDenied(
        create(backboneWith(archive.formatted(true))), "InvalidFilter", "spec.archive.pattern");
    assertThat(create(backboneWith(archive.formatted(false))).getAllowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{numeric: ['>']}",
        "{prefix: 7}",
        "{nonsense: x}",
      })
  void aPatternThatIsNoneIsDeniedWithItsPlace(String matcher) {
    for (String object :
        List.of(
            subscription("deliveries", "{pattern: {detail: {total: [" + matcher + "]}}}"),
            subscription("nowhere", "{pattern: {detail: {total: [" + matcher + "]}}}"),
            route("main", "{pattern: {detail: {total: [" + matcher + "]}}}"),
            route("nowhere", "{pattern: {detail: {total: [" + matcher + "]}}}"))) {
      assertDenied(create(object), "InvalidFilter", "spec.filter: pattern.detail.total[0]");
    }
  }

  @Test
  void aFilterThatConventionsRefuseIsDenied() {
    assertDenied(
        create(subscription("deliveries", "{detailTypes: [order-created]}")),
        "InvalidFilter",
        "detailTypes[0]",
        "detailTypeFormat");
    assertDenied(
        create(route("main", "{detailTypes: [order-created]}")), "InvalidFilter", "detailTypes[0]");
    assertDenied(
        create(
            subscription("deliveries", "{pattern: {source: [order-service]}}"),
            Cluster.of(ECOMMERCE, backbone("{matchOnSource: Refuse}"))),
        "InvalidFilter",
        "pattern.source");
  }

  @Test
  void whatConventionsAdviseAgainstIsAWarning() {
    for (String object :
        List.of(
            subscription("deliveries", "{pattern: {source: [order-service]}}"),
            route("main", "{pattern: {source: [order-service]}}"))) {
      assertThat(warnings(create(object)))
          .singleElement()
          .asString()
          .contains("pattern.source", "matchOnSource");
    }
  }

  @Test
  void aPatternIsDeniedOnlyIfNoAccountCanHaveIt() {
    String raised = detailTypes(150);
    for (String object : List.of(subscription("deliveries", raised), route("main", raised))) {
      assertThat(warnings(create(object)))
          .singleElement()
          .asString()
          .contains("EventBridge takes 2,048", "have the EventBridge quota \"Event pattern size\"");
    }
    assertThat(warnings(create(subscription("nowhere", raised)))).hasSize(1);
    String never = detailTypes(200);
    for (String object :
        List.of(
            subscription("deliveries", never),
            subscription("nowhere", never),
            route("main", never),
            route("nowhere", never))) {
      assertDenied(create(object), "InvalidFilter", "EventBridge takes 4,096");
    }
  }

  @Test
  void conventionsOfAnUnknownBackboneAreNotGuessed() {
    assertThat(warnings(create(subscription("nowhere", "{detailTypes: [order-created]}"))))
        .singleElement()
        .asString()
        .contains("ServiceAccountBus deliveries/nowhere does not exist");
  }

  @Test
  void aRouteMustNotSpeakOfTheSender() {
    assertDenied(
        create(route("nowhere", "{pattern: {account: ['1']}}")), "InvalidFilter", "spec.from");
  }

  @Test
  void conventionsThatNoFilterCanBeHeldAgainstAreDenied() {
    assertDenied(
        create(backbone("{detailTypeFormat: '[A-Z'}")), "InvalidFilter", "no regular expression");
  }

  @Test
  void aReferenceToNothingIsAWarning() {
    Cluster empty = Cluster.of();
    assertThat(warnings(create(backbone("{}"), empty)))
        .containsExactly(
            "spec.accountRef: AwsAccount backbone does not exist, or can't be read: create it,"
                + " correct it, or correct the reference");
    assertThat(warnings(create(bus("billing", "orders", "{}"), empty)))
        .singleElement()
        .asString()
        .contains("EventBackbone event-platform/main does not exist");
    assertThat(warnings(create(route("main", "{detailTypes: [Order.Created]}"), empty)))
        .singleElement()
        .asString()
        .contains("EventBackbone event-platform/main does not exist");
  }

  @Test
  void aReferenceThatTheOtherSideDoesNotAdmitIsAWarning() {
    assertThat(warnings(create(bus("billing", "deliveries", "identifier: billing"))))
        .containsExactly(
            "AwsAccount deliveries does not admit namespace orders: label the namespace"
                + " team=deliveries (now orders), or have its owner admit it in"
                + " spec.allowedNamespaces");
  }

  @Test
  void theSecondAccountOfANumberIsDeniedHoweverOldItSaysItIs() {
    assertDenied(create(TWIN), "AccountIdConflict", "already AwsAccount orders");
    assertThat(warnings(create(TWIN, Cluster.of()))).isEmpty();
  }

  @Test
  void anAccountThatHasATwinAlreadyMayStillChange() {
    Cluster cluster = Cluster.of(ECOMMERCE, TWIN);
    String orders = TWIN.replace("a-twin", "orders");
    String changed =
        orders.replace("spec: {", "spec: {roleArn: 'arn:aws:iam::222222222222:role/x', ");
    assertThat(warnings(update(orders, changed, cluster))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "second, orders, identifier: order-service",
    "order-service, orders, 'busName: other'",
    "order.service, orders, 'busName: other'",
    "second, deliveries, identifier: order-service",
  })
  void theSecondBusOfAnIdentifierIsDeniedEvenIfItIsNotAdmittedYet(
      String name, String account, String spec) {
    assertDenied(
        create(bus(name, account, spec)),
        "IdentifierConflict",
        "globalToOrderService",
        "ServiceAccountBus orders/orders");
  }

  @Test
  void theSecondBusOfABusNameIsDenied() {
    assertDenied(
        create(bus("second", "orders", "busName: local-bus-order-service")),
        "ResourceConflict",
        "bus local-bus-order-service of AwsAccount orders",
        "ServiceAccountBus orders/orders",
        "set another spec.busName");
    assertThat(warnings(create(bus("second", "orders", "busName: another")))).isEmpty();
  }

  @Test
  void theOnlyBusOfAnIdentifierMayChange() {
    assertThat(
            warnings(
                update(
                    bus("orders", "orders", "identifier: order-service"),
                    bus("orders", "orders", "{identifier: order-service, audit: {enabled: false}}"),
                    Cluster.of(ECOMMERCE))))
        .isEmpty();
  }

  @Test
  void labelsAndFinalizersOfWhatIsRefusedMayChange() {
    String refused = subscription("deliveries", "{pattern: {detail: [{numeric: ['>']}]}}");
    String freed = refused.replace("metadata: {", "metadata: {finalizers: [], labels: {a: b}, ");
    assertThat(warnings(update(refused, freed, Cluster.of(ECOMMERCE)))).isEmpty();
    assertThat(answer(request("UPDATE", freed).withOldObject(object(TWIN))).getAllowed()).isFalse();
  }

  @Test
  void whatIsBeingDeletedMayChange() {
    assertThat(warnings(create(TWIN.replace("{name", "{deletionTimestamp: 2026-11-23, name"))))
        .isEmpty();
  }

  @Test
  void statusAndOtherOperationsAreNotReviewed() {
    assertThat(answer(request("UPDATE", TWIN).withSubResource("status")).getAllowed()).isTrue();
    assertThat(
            answer(new AdmissionRequestBuilder().withOperation("DELETE").withUid("u")).getAllowed())
        .isTrue();
  }

  @Test
  void whoDeletesASubscriptionIsToldThatItsQueueFillsAndHowToStopIt() {
    String leaving = subscription("deliveries", "{detailTypes: [Order.Created]}");
    List<String> warnings = warnings(delete(leaving, Cluster.of(ECOMMERCE)));
    assertThat(warnings)
        .satisfiesExactly(
            it -> assertThat(it).contains("stays enabled", "keeps each message for 4 days"),
            it -> assertThat(it).contains("aws events disable-rule --name applied-"));
    assertThat(warnings)
        .as("the API server may cut what is longer")
        .allMatch(it -> it.length() <= 256);
  }

  @Test
  void nobodyIsToldOfAQueueThatDoesNotFill() {
    String leaving = subscription("deliveries", "{detailTypes: [Order.Created]}");
    String suspended = leaving.replace("spec: {", "spec: {suspend: true, ");
    Cluster deletes =
        Cluster.of(
            ECOMMERCE,
            backbone("{}").replace("  conventions", "  deletionPolicy: Delete\n  conventions"));
    for (AdmissionResponse response :
        List.of(
            delete(suspended, Cluster.of(ECOMMERCE)),
            delete(leaving, deletes),
            delete(leaving, Cluster.of()),
            delete(route("main", "{detailTypes: [Order.Created]}"), Cluster.of(ECOMMERCE)))) {
      assertThat(warnings(response)).isEmpty();
    }
  }

  private static AdmissionResponse delete(String manifest, Cluster cluster) {
    return answer(
        new AdmissionRequestBuilder()
            .withUid("705ab4f5")
            .withOperation("DELETE")
            .withOldObject(object(manifest)),
        cluster);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON | not a readable AdmissionReview",
        "{} | not an AdmissionReview of admission.k8s.io/v1",
        "{\"apiVersion\": \"admission.k8s.io/v1beta1\", \"kind\": \"AdmissionReview\"}"
            + " | not an AdmissionReview of admission.k8s.io/v1",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"request\": {\"operation\": \"CREATE\"}}"
            + " | no object to review",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"request\": {\"operation\": \"CREATE\","
            + " \"object\": {\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {}}}}"
            + " | does not review Pod",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"request\": {\"operation\": \"CREATE\","
            + " \"object\": {\"apiVersion\": \"eventbackbone.io/v1alpha1\", \"kind\":"
            + " \"EventRoute\", \"metadata\": 7}}}"
            + " | not a readable AdmissionReview",
      })
  void whatCannotBeReviewedIsToldSo(String text, String message) {
    Reviews reviews = new Reviews(new Reviewer(Cluster.of(ECOMMERCE)));
    assertThatThrownBy(() -> reviews.answer(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static void assertDenied(
      AdmissionResponse response, String reason, String... messageParts) {
    assertThat(response.getAllowed()).isFalse();
    assertThat(response.getStatus().getReason()).isEqualTo(reason);
    assertThat(response.getStatus().getMessage()).contains(messageParts);
  }

  private static List<String> warnings(AdmissionResponse response) {
    assertThat(response.getAllowed()).as("%s", response.getStatus()).isTrue();
    return response.getWarnings();
  }

  private static AdmissionResponse create(String manifest) {
    return create(manifest, Cluster.of(ECOMMERCE));
  }

  private static AdmissionResponse create(String manifest, Cluster cluster) {
    return answer(request("CREATE", manifest), cluster);
  }

  private static AdmissionResponse update(String before, String after, Cluster cluster) {
    return answer(request("UPDATE", after).withOldObject(object(before)), cluster);
  }

  private static AdmissionRequestBuilder request(String operation, String manifest) {
    return new AdmissionRequestBuilder()
        .withUid("705ab4f5")
        .withOperation(operation)
        .withObject(object(manifest));
  }

  private static HasMetadata object(String manifest) {
    return JSON.unmarshal("---\n" + manifest, GenericKubernetesResource.class);
  }

  private static AdmissionResponse answer(AdmissionRequestBuilder request) {
    return answer(request, Cluster.of(ECOMMERCE));
  }

  private static AdmissionResponse answer(AdmissionRequestBuilder request, Cluster cluster) {
    AdmissionReview review =
        new AdmissionReviewBuilder()
            .withApiVersion("admission.k8s.io/v1")
            .withKind("AdmissionReview")
            .withRequest(request.build())
            .build();
    AdmissionReview answer =
        JSON.unmarshal(
            new Reviews(new Reviewer(cluster)).answer(JSON.asJson(review)), AdmissionReview.class);
    assertThat(answer.getApiVersion()).isEqualTo("admission.k8s.io/v1");
    assertThat(answer.getResponse().getUid()).isEqualTo(request.build().getUid());
    return answer.getResponse();
  }

  private static String detailTypes(int count) {
    return IntStream.range(0, count)
        .mapToObj("Order.Created%09d"::formatted)
        .collect(Collectors.joining(", ", "{detailTypes: [", "]}"));
  }

  private static String backbone(String conventions) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventBackbone
    metadata: {name: main, namespace: event-platform}
    spec:
      accountRef: {name: backbone}
      region: eu-west-1
      allowedBuses: {from: All}
      conventions: %s
    """
        .formatted(conventions);
  }

  private static String backboneWith(String settings) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventBackbone
    metadata: {name: another, namespace: event-platform}
    spec: {accountRef: {name: backbone}, region: eu-west-1, %s}
    """
        .formatted(settings);
  }

  private static String bus(String name, String account, String spec) {
    String settings = spec.startsWith("{") ? spec.substring(1, spec.length() - 1) : spec;
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: ServiceAccountBus
    metadata: {name: %s, namespace: orders}
    spec: {backboneRef: {name: main, namespace: event-platform}, accountRef: {name: %s}, %s}
    """
        .formatted(name, account, settings);
  }

  private static String route(String backbone, String filter) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventRoute
    metadata: {name: applied, namespace: event-platform}
    spec: {backboneRef: {name: %s}, filter: %s}
    """
        .formatted(backbone, filter);
  }

  private static String subscription(String bus, String filter) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventSubscription
    metadata: {name: applied, namespace: deliveries}
    spec: {busRef: {name: %s}, filter: %s}
    """
        .formatted(bus, filter);
  }
}
