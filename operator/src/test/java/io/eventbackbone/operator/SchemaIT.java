package io.eventbackbone.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.SelectorCases;
import io.eventbackbone.core.routing.Routing;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server refuses, by the schemas alone. */
@ExtendWith(RealKubeApi.class)
class SchemaIT {

  /** What remains of a tag's 256 characters besides cluster, kind and namespace. */
  private static final int LONGEST_NAME = 137;

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("eventbackbone")
          .withForce(true)
          .build();

  @BeforeAll
  static void installCrds(KubernetesClient client) {
    Crds.apply(client, Path.of("..", "crds"));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(account("accountId: '12345'"), "accountId"),
        Arguments.of(account("accountId: '12345678901a'"), "accountId"),
        Arguments.of(
            account("accountId: '555555555555', roleArn: 'arn:aws:iam::666666666666:role/x'"),
            "roleArn must be a role of the account"),
        Arguments.of(account("accountId: '555555555555', externalId: abc"), "it needs roleArn"),
        Arguments.of(
            account("accountId: '555555555555', allowedNamespaces: {from: Selector}"),
            "selector belongs to from: Selector"),
        Arguments.of(
            account("accountId: '555555555555', allowedNamespaces: {from: Some}"),
            "allowedNamespaces.from"),
        Arguments.of(type("busRef: {name: b}, detailType: A.B"), "versions"),
        Arguments.of(type("busRef: {name: b}", VERSION), "detailType"),
        Arguments.of(type("detailType: A.B", VERSION), "busRef"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B, compatibility: Some", VERSION),
            "compatibility"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B", VERSION, VERSION), "Duplicate value"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B", "{version: '1', schema: {}}"), "schema"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B", "{version: '-', schema: {type: object}}"),
            "version"),
        Arguments.of(
            backbone(
                "accountRef: {name: a}, region: eu-west-1, conventions: {unknownTypes: Maybe}"),
            "unknownTypes"),
        Arguments.of(backbone("accountRef: {name: a}"), "region"),
        Arguments.of(backbone("region: eu-west-1"), "accountRef"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, busName: default"),
            "choose another busName"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, busName: 'a/b'"), "busName"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, publishers: {mode: Organization}"),
            "mode Organization needs organizationId"),
        Arguments.of(
            backbone(
                "accountRef: {name: a}, region: eu-west-1, publishers: {organizationId:"
                    + " o-abcdefghij}"),
            "only that mode takes one"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, audit: {retentionDays: 8}"),
            "CloudWatch Logs takes"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, driftCheckInterval: soon"),
            "driftCheckInterval"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, driftCheckInterval: 0s"),
            "between 1s and 24h"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, managementPolicy: Ignore"),
            "managementPolicy"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, tags: {'aws:by': me}"),
            "doesn't begin with aws:"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, tags: {a+b: c}"),
            "a key has letters, digits, single spaces"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, tags: {team: 'a*'}"),
            "spec.tags.team"),
        Arguments.of(
            bus(
                "backboneRef: {name: m}, accountRef: {name: a}, tags: {%s: b, %s: d}"
                    .formatted("a".repeat(62), "c".repeat(62))),
            "the keys may have at most 125 characters together"),
        Arguments.of(
            backbone(
                "accountRef: {name: a}, region: eu-west-1, schemaDiscovery: {enabled: true},"
                    + " encryption: {kmsKeyIdentifier: alias/events}"),
            "EventBridge discovers no schemas on a bus with a customer's key"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, schemaRegistry: {}"),
            "schemaRegistry.schemaType"),
        Arguments.of(
            backbone(
                "accountRef: {name: a}, region: eu-west-1, schemaRegistry: {schemaType: Avro}"),
            "schemaRegistry.schemaType"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, logging: {level: Debug}"),
            "logging.level"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, logging: {includeDetail: All}"),
            "logging.includeDetail"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, logging: {retentionDays: 2}"),
            "CloudWatch Logs takes 1, 3, 5, 7"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, logging: {logGroupName: 'a b'}"),
            "logging.logGroupName"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, busName: default"),
            "choose another busName"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: '-x-'"), "identifier"),
        Arguments.of(route("backboneRef: {name: m}, filter: {pattern: [1]}"), "filter.pattern"),
        Arguments.of(route("backboneRef: {name: m}, filter: {pattern: text}"), "filter.pattern"),
        Arguments.of(
            route("backboneRef: {name: m}, filter: {}"), "a filter needs detailTypes, a pattern"),
        Arguments.of(
            route("backboneRef: {name: m}, to: {type: Selected}"), "busSelector belongs to"),
        Arguments.of(
            route("backboneRef: {name: m}, from: {type: All, busSelector: {}}"),
            "busSelector belongs to"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: AWS.orders"),
            "EventBridge refuses events whose Source begins with aws."),
        Arguments.of(
            manifest(
                "ServiceAccountBus",
                "metadata: {name: aws.orders, namespace: default}",
                "backboneRef: {name: m}, accountRef: {name: a}"),
            "set spec.identifier to one that begins otherwise"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, archive: {pattern: {}}"),
            "archive.pattern"),
        Arguments.of(route("backboneRef: {name: m}, filter: {pattern: {}}"), "filter.pattern"),
        Arguments.of(
            subscription("busRef: {name: b}, filter: {detailTypes: [A.B], pattern: {}}"),
            "filter.pattern"),
        Arguments.of(replay("from: %s, to: %s"), "name either subscriptionRef or backboneRef"),
        Arguments.of(
            replay(
                "subscriptionRef: {name: s}, backboneRef: {name: m}, busSelector: {matchLabels: {a:"
                    + " b}}, from: %s, to: %s"),
            "name either subscriptionRef or backboneRef"),
        Arguments.of(
            replay("backboneRef: {name: m}, from: %s, to: %s"),
            "busSelector belongs to backboneRef"),
        Arguments.of(
            replay(
                "subscriptionRef: {name: s}, busSelector: {matchLabels: {a: b}}, from: %s, to: %s"),
            "busSelector belongs to backboneRef"),
        Arguments.of(
            replay("backboneRef: {name: m}, busSelector: {}, from: %s, to: %s"),
            "an empty selector selects nothing"),
        Arguments.of(replay("subscriptionRef: {name: s}, to: %2$s"), "from"),
        Arguments.of(replay("subscriptionRef: {name: s}, from: %s"), "to"),
        Arguments.of(
            replay("subscriptionRef: {name: s}, from: %2$s, to: %1$s"), "from must be before to"),
        Arguments.of(replay("subscriptionRef: {name: s}, from: yesterday, to: %2$s"), "date-time"),
        Arguments.of(
            replay("subscriptionRef: {name: s}, from: '2026-11-28T00:00:00', to: %2$s"),
            "date-time"),
        Arguments.of(
            replay("subscriptionRef: {name: s}, from: %s, to: %s, ttlSecondsAfterFinished: -1"),
            "ttlSecondsAfterFinished"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, archive: {retentionDays: -1}"),
            "archive.retentionDays"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, archive: {pattern: {}}"),
            "archive.pattern"),
        Arguments.of(
            bus(
                "backboneRef: {name: m}, accountRef: {name: a}, archive: {allowedReplays: {from:"
                    + " Selector}}"),
            "selector belongs to from: Selector"),
        Arguments.of(
            bus(
                "backboneRef: {name: m}, accountRef: {name: a}, archive: {allowedReplays: {from:"
                    + " None}}"),
            "allowedReplays.from"),
        Arguments.of(subscription("busRef: {name: b}"), "filter"),
        Arguments.of(subscription("busRef: {name: b}, filter: {detailTypes: []}"), "detailTypes"),
        Arguments.of(subscription("busRef: {name: b}, filter: {pattern: 'x'}"), "filter.pattern"),
        Arguments.of(
            subscription(
                "busRef: {name: b}, filter: {detailTypes: [A.B]}, queue: {maxReceiveCount: 0}"),
            "maxReceiveCount"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(String manifest, String message, KubernetesClient client) {
    assertRefused(() -> client.resource(manifest).dryRun().create(), message);
  }

  /** Null and misspelt fields, which the API server drops where nobody asks it to be strict. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "allowedNamespaces: null",
        "allowedNamespaces: {from: null}",
        "allowedNamespaces: {form: All}",
        "allowedNamespaces: {from: Selector, selector: null}",
        "allowedNamespaces: {from: Selector, selectors: {matchLabels: {a: b}}}",
        "allowedNamespaces: {from: Selector, selector: {matchLabels: null}}",
        "allowedNamespaces: {from: Selector, selector: {matchLabels: {a: null}}}",
        "allowedNamespaces: {from: Selector, selector: {matchLabel: {a: b}}}",
        "allowedNamespaces: {from: Selector, selector: {matchExpressions: null}}",
        "allowedNamespaces: {from: Selector, selector: {matchExpressions: [{}]}}",
        "allowedNamespaces: {from: Selector, selector: {matchExpressions: [{key: a, operator: In,"
            + " values: null}]}}",
        "allowedNamespaces: {from: all}",
        "allowedNamespaces: {from: ''}",
        "allowedNamespace: {from: All}",
      })
  void whatIsNullOrMisspeltAdmitsNobody(String spec, KubernetesClient client) {
    assertThat(stored(account("accountId: '555555555555', " + spec), client))
        .allSatisfy(stored ->
            assertThat(
                    new Admissions(
                            Cluster.of(
                                "{apiVersion: v1, kind: Namespace, metadata: {name: default}}"))
                        .isAdmitted(
                            Cluster.read(bus("backboneRef: {name: m}, accountRef: {name: a}")),
                            (AwsAccount) stored))
                .isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: {type: Selected, busSelector: null}",
        "to: {type: null, busSelector: {matchLabels: {a: b}}}",
        "to: {busSelector: {matchLabels: {a: b}}}",
        "to: {type: selected, busSelector: {matchLabels: {a: b}}}",
        "to: {type: Selected, selector: {matchLabels: {a: b}}}",
        "to: {type: Selected, busSelector: {matchLabel: {a: b}}}",
        "to: {type: Selected, busSelector: {matchLabels: {a: null}}}",
      })
  void whatIsNullOrMisspeltSelectsNothing(String spec, KubernetesClient client) {
    assertThat(stored(route("backboneRef: {name: m}, " + spec), client))
        .allSatisfy(stored ->
            assertThat(
                    Routing.reaches(
                        (EventRoute) stored,
                        (ServiceAccountBus)
                            Cluster.read(bus("backboneRef: {name: m}, accountRef: {name: a}"))))
                .isFalse());
  }

  /** What is stored of the manifest; nothing if it is refused. */
  private static List<HasMetadata> stored(String manifest, KubernetesClient client) {
    try {
      return List.of(
          Cluster.read(Serialization.asYaml(client.resource(generic(manifest)).dryRun().create())));
    } catch (KubernetesClientException refusal) {
      assertThat(refusal.getCode()).isEqualTo(422);
      return List.of();
    }
  }

  static Stream<String> validSelectors() {
    return SelectorCases.VALID.stream();
  }

  static Stream<String> invalidSelectors() {
    return SelectorCases.INVALID.stream();
  }

  @ParameterizedTest
  @MethodSource
  void validSelectors(String selector, KubernetesClient client) {
    assertThat(SelectorCases.objectsWith(selector).map(SchemaIT::generic))
        .allSatisfy(object -> assertThat(client.resource(object).dryRun().create()).isNotNull());
  }

  @ParameterizedTest
  @MethodSource
  void invalidSelectors(String selector, KubernetesClient client) {
    assertThat(SelectorCases.objectsWith(selector).map(SchemaIT::generic))
        .allSatisfy(
            object -> assertRefused(() -> client.resource(object).dryRun().create(), "elector"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schemaDiscovery: {enabled: true}",
        "schemaDiscovery: {enabled: true}, encryption: {}",
        "schemaDiscovery: {}, encryption: {kmsKeyIdentifier: alias/events}",
        "schemaDiscovery: {enabled: false}, encryption: {kmsKeyIdentifier: alias/events}"
      })
  void schemasAreDiscoveredOrAKeyEncrypts(String settings, KubernetesClient client) {
    String manifest = backbone("accountRef: {name: a}, region: eu-west-1, " + settings);
    assertThat(client.resource(manifest).dryRun().create()).isNotNull();
  }

  static Stream<Arguments> immutable() {
    return Stream.of(
        Arguments.of(
            account("accountId: '555555555555'"),
            account("accountId: '666666666666'"),
            "accountId is immutable: create another AwsAccount"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1"),
            backbone("accountRef: {name: a}, region: eu-west-2"),
            "region is immutable: create another EventBackbone"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1"),
            backbone("accountRef: {name: a}, region: eu-west-1, busName: other"),
            "busName is immutable"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: one"),
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: two"),
            "identifier is immutable: delete the bus and its subscriptions, and create them again"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}"),
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: late"),
            "identifier is immutable"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, busName: one"),
            bus("backboneRef: {name: m}, accountRef: {name: a}"),
            "busName is immutable"),
        Arguments.of(
            subscription("busRef: {name: b}, filter: {detailTypes: [A.B]}"),
            subscription("busRef: {name: b}, filter: {detailTypes: [A.B]}, queue: {fifo: true}"),
            "delete this one when its queue is empty"),
        Arguments.of(
            replay("subscriptionRef: {name: s}, from: %s, to: %s"),
            replay("subscriptionRef: {name: t}, from: %s, to: %s"),
            "a replay runs once"),
        Arguments.of(
            replay("subscriptionRef: {name: s}, from: %s, to: %s"),
            replay("subscriptionRef: {name: s}, from: %s, to: '2026-11-29T00:00:00Z'"),
            "a replay runs once"),
        Arguments.of(
            replay("subscriptionRef: {name: s}, from: %s, to: %s"),
            replay("subscriptionRef: {name: s}, from: %s, to: %s, ttlSecondsAfterFinished: 1"),
            "a replay runs once"),
        Arguments.of(
            replay("backboneRef: {name: m}, busSelector: {matchLabels: {a: b}}, from: %s, to: %s"),
            replay("backboneRef: {name: m}, busSelector: {matchLabels: {a: c}}, from: %s, to: %s"),
            "a replay runs once"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B", VERSION),
            type("busRef: {name: c}, detailType: A.B", VERSION),
            "busRef is immutable"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B", VERSION),
            type("busRef: {name: b}, detailType: A.C", VERSION),
            "detailType is immutable: create another EventType"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B", VERSION),
            type(
                "busRef: {name: b}, detailType: A.B",
                VERSION.replace("type: string", "type: integer")),
            "a listed version never changes"),
        Arguments.of(
            type("busRef: {name: b}, detailType: A.B", VERSION, VERSION.replace("'1'", "'2'")),
            type(
                "busRef: {name: b}, detailType: A.B",
                VERSION.replace("'1'", "'2'").replace("{a: {type: string}}", "{}"),
                VERSION),
            "a listed version never changes"));
  }

  @Test
  void anEventTypeTakesAnotherVersion(KubernetesClient client) {
    GenericKubernetesResource created =
        client.resource(generic(type("busRef: {name: b}, detailType: A.B", VERSION))).create();
    try {
      GenericKubernetesResource change =
          generic(
              type("busRef: {name: b}, detailType: A.B", VERSION, VERSION.replace("'1'", "'2'")));
      change.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
      assertThat(client.resource(change).update().<List<?>>get("spec", "versions")).hasSize(2);
    } finally {
      client.resource(created).delete();
    }
  }

  @ParameterizedTest
  @MethodSource
  void immutable(String manifest, String changed, String message, KubernetesClient client) {
    GenericKubernetesResource created = client.resource(generic(manifest)).create();
    try {
      GenericKubernetesResource change = generic(changed);
      change.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
      assertRefused(() -> client.resource(change).update(), message);
    } finally {
      client.resource(created).delete();
    }
  }

  /** Of an optional field rules of its own see no change from or to its absence. */
  static Stream<Arguments> logGroupsStay() {
    return Stream.of("audit", "logging")
        .flatMap(log ->
            Stream.of(
                    List.of("", "%s: {logGroupName: /a}"),
                    List.of("%s: {}", "%s: {logGroupName: /a}"),
                    List.of("%s: {retentionDays: 1}", "%s: {logGroupName: /a}"),
                    List.of("%s: {logGroupName: /a}", ""),
                    List.of("%s: {logGroupName: /a}", "%s: {}"),
                    List.of("%s: {logGroupName: /a}", "%s: {logGroupName: /b}"))
                .flatMap(change ->
                    logsOfBoth(change.get(0).formatted(log), change.get(1).formatted(log)))
                .map(manifests ->
                    Arguments.of(
                        manifests.get(0), manifests.get(1), log + ".logGroupName is immutable")));
  }

  @ParameterizedTest
  @MethodSource
  void logGroupsStay(String manifest, String changed, String message, KubernetesClient client) {
    immutable(manifest, changed, message, client);
  }

  static Stream<Arguments> logsChangeBesidesTheirGroups() {
    return Stream.of(
            List.of("", "audit: {}, logging: {}"),
            List.of("audit: {}, logging: {}", ""),
            List.of(
                "audit: {logGroupName: /a}, logging: {logGroupName: /b}",
                "audit: {logGroupName: /a, enabled: false},"
                    + " logging: {logGroupName: /b, level: Error}"))
        .flatMap(change -> logsOfBoth(change.get(0), change.get(1)))
        .map(manifests -> Arguments.of(manifests.get(0), manifests.get(1)));
  }

  @ParameterizedTest
  @MethodSource
  void logsChangeBesidesTheirGroups(String manifest, String changed, KubernetesClient client) {
    GenericKubernetesResource created = client.resource(generic(manifest)).create();
    try {
      GenericKubernetesResource change = generic(changed);
      change.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
      assertThat(client.resource(change).update()).isNotNull();
    } finally {
      client.resource(created).delete();
    }
  }

  /** Manifests before and after, of a backbone and of a bus. */
  private static Stream<List<String>> logsOfBoth(String before, String after) {
    return Stream.of(
        Stream.of(before, after)
            .map(logs -> backbone("accountRef: {name: a}, region: eu-west-1, " + logs))
            .toList(),
        Stream.of(before, after)
            .map(logs -> bus("backboneRef: {name: m}, accountRef: {name: a}, " + logs))
            .toList());
  }

  static Stream<String> namedAtLength() {
    return Stream.of(
        backbone("accountRef: {name: a}, region: eu-west-1"),
        bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: i"),
        subscription("busRef: {name: b}, filter: {detailTypes: [A.B]}"));
  }

  @ParameterizedTest
  @MethodSource("namedAtLength")
  void aNameFitsIntoTheTagOfItsOwner(String manifest, KubernetesClient client) {
    assertThat(client.resource(named(manifest, LONGEST_NAME)).dryRun().create()).isNotNull();
    assertRefused(
        () -> client.resource(named(manifest, LONGEST_NAME + 1)).dryRun().create(),
        "a name has at most 137 characters");
  }

  /** Else whoever has such a name from before the rule could not even delete the object. */
  @ParameterizedTest
  @MethodSource("namedAtLength")
  void whatHasALongerNameFromBeforeCanBeChangedAndDeleted(
      String manifest, KubernetesClient client) {
    GenericKubernetesResource longer = named(manifest, LONGEST_NAME + 1);
    dropRulesOfNames(client, longer.getKind());
    try {
      GenericKubernetesResource created =
          await().ignoreExceptions().until(() -> client.resource(longer).create(), it -> true);
      Crds.apply(client, Path.of("..", "crds"));
      GenericKubernetesResource other = named(manifest, LONGEST_NAME + 2);
      await().until(() -> isRefused(() -> client.resource(other).dryRun().create()));

      created.getMetadata().setFinalizers(List.of("eventbackbone.io/finalizer"));
      GenericKubernetesResource kept = client.resource(created).update();
      kept.setAdditionalProperty("status", Map.of("observedGeneration", 1));
      GenericKubernetesResource seen = client.resource(kept).updateStatus();
      client.resource(seen).delete();
      GenericKubernetesResource going = client.resource(seen).get();
      going.getMetadata().setFinalizers(List.of());
      client.resource(going).update();
      assertThat(client.resource(going).get()).isNull();
    } finally {
      Crds.apply(client, Path.of("..", "crds"));
    }
  }

  /** Former versions had packs, in spec and status. */
  @Test
  void whatAFormerVersionStoredIsReadAndAppliedOver(KubernetesClient client) {
    definePacks(client);
    GenericKubernetesResource former =
        generic(backbone("accountRef: {name: a}, region: eu-west-1, fanOut: Packed"));
    try (KubernetesClient operator = OperatorClient.of(client.getConfiguration())) {
      await()
          .ignoreExceptions()
          .until(
              () -> client.resource(former).patch(APPLY), it -> it.get("spec", "fanOut") != null);
      former.setAdditionalProperty(
          "status", Map.of("packs", List.of(Map.of("rule", "globalTo-pack-1"))));
      assertThat(client.resource(former).subresource("status").patch(APPLY))
          .satisfies(it -> assertThat(it.<Object>get("status", "packs")).isNotNull());
      EventBackbone read = read(operator);
      assertThat(read.getSpec().region()).isEqualTo("eu-west-1");

      Crds.apply(client, Path.of("..", "crds"));
      await().until(() -> client.resource(former).get().get("spec", "fanOut") == null);
      EventBackbone pruned = read(operator);
      pruned.setMetadata(
          new ObjectMetaBuilder().withNamespace("default").withName("schema").build());
      pruned.setSpec(null);
      pruned.setStatus(
          EventBackboneStatusBuilder.builder()
              .observedGeneration(1L)
              .busArn("arn:of:the:bus")
              .build());
      assertThat(operator.resource(pruned).subresource("status").patch(APPLY).getStatus().busArn())
          .isEqualTo("arn:of:the:bus");
    } finally {
      client.resource(former).delete();
      Crds.apply(client, Path.of("..", "crds"));
    }
  }

  private static EventBackbone read(KubernetesClient client) {
    return client.resources(EventBackbone.class).inNamespace("default").withName("schema").get();
  }

  private static void definePacks(KubernetesClient client) {
    JSONSchemaProps any =
        new JSONSchemaPropsBuilder().withXKubernetesPreserveUnknownFields(true).build();
    for (CustomResourceDefinition crd : Crds.read(Path.of("..", "crds"))) {
      if (crd.getSpec().getNames().getKind().equals("EventBackbone")) {
        Map<String, JSONSchemaProps> fields =
            crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema().getProperties();
        fields.get("spec").getProperties().put("fanOut", any);
        fields.get("status").getProperties().put("packs", any);
        client.resource(crd).fieldManager("event-backbone").forceConflicts().serverSideApply();
      }
    }
  }

  private static void dropRulesOfNames(KubernetesClient client, String kind) {
    client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .filter(crd -> crd.getSpec().getNames().getKind().equals(kind))
        .forEach(crd ->
            client
                .resource(crd)
                .edit(it -> {
                  it.getSpec()
                      .getVersions()
                      .get(0)
                      .getSchema()
                      .getOpenAPIV3Schema()
                      .setXKubernetesValidations(List.of());
                  return it;
                }));
  }

  private static boolean isRefused(Runnable call) {
    try {
      call.run();
      return false;
    } catch (KubernetesClientException refusal) {
      return refusal.getCode() == 422;
    }
  }

  private static GenericKubernetesResource named(String manifest, int length) {
    GenericKubernetesResource object = generic(manifest);
    object.getMetadata().setName("n".repeat(length));
    return object;
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(422))
        .hasMessageContaining(message);
  }

  private static GenericKubernetesResource generic(String manifest) {
    return Serialization.unmarshal(manifest, GenericKubernetesResource.class);
  }

  private static final String VERSION =
      "{version: '1', schema: {type: object, properties: {a: {type: string}}}}";

  private static String type(String spec, String... versions) {
    return manifest(
        "EventType",
        "metadata: {name: schema, namespace: default}",
        "%s, versions: [%s]".formatted(spec, String.join(", ", versions)));
  }

  /**
   * @param spec with the places of two times, one after the other
   */
  private static String replay(String spec) {
    return manifest(
        "EventReplay",
        "metadata: {name: schema, namespace: default}",
        spec.formatted("'2026-11-28T00:00:00Z'", "'2026-11-28T02:00:00+01:00'"));
  }

  private static String account(String spec) {
    return manifest("AwsAccount", "metadata: {name: schema}", spec);
  }

  private static String backbone(String spec) {
    return manifest("EventBackbone", "metadata: {name: schema, namespace: default}", spec);
  }

  private static String bus(String spec) {
    return manifest("ServiceAccountBus", "metadata: {name: schema, namespace: default}", spec);
  }

  private static String route(String spec) {
    return manifest("EventRoute", "metadata: {name: schema, namespace: default}", spec);
  }

  private static String subscription(String spec) {
    return manifest("EventSubscription", "metadata: {name: schema, namespace: default}", spec);
  }

  private static String manifest(String kind, String metadata, String spec) {
    return "---\n{apiVersion: eventbackbone.io/v1alpha1, kind: %s, %s, spec: {%s}}"
        .formatted(kind, metadata, spec);
  }
}
