package io.eventbackbone.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.kubeapi.Crds;
import io.eventbackbone.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server refuses, by the schemas alone. */
@ExtendWith(RealKubeApi.class)
class SchemaIT {

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
            "more than 125 characters together"),
        Arguments.of(
            backbone(
                "accountRef: {name: a}, region: eu-west-1, schemaDiscovery: {enabled: true},"
                    + " encryption: {kmsKeyIdentifier: alias/events}"),
            "EventBridge discovers no schemas on a bus with a customer's key"),
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
            backbone(
                "accountRef: {name: a}, region: eu-west-1, fanOut: Packed, forwarding: Subscribed"),
            "choose one of the two"),
        Arguments.of(backbone("accountRef: {name: a}, region: eu-west-1, fanOut: Some"), "fanOut"),
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
            "accountId is immutable"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1"),
            backbone("accountRef: {name: a}, region: eu-west-2"),
            "region is immutable"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1"),
            backbone("accountRef: {name: a}, region: eu-west-1, busName: other"),
            "busName is immutable"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: one"),
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: two"),
            "identifier is immutable"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}"),
            bus("backboneRef: {name: m}, accountRef: {name: a}, identifier: late"),
            "identifier is immutable"),
        Arguments.of(
            bus("backboneRef: {name: m}, accountRef: {name: a}, busName: one"),
            bus("backboneRef: {name: m}, accountRef: {name: a}"),
            "busName is immutable"),
        Arguments.of(
            backbone("accountRef: {name: a}, region: eu-west-1, logging: {logGroupName: /a}"),
            backbone("accountRef: {name: a}, region: eu-west-1, logging: {logGroupName: /b}"),
            "logGroupName is immutable"),
        Arguments.of(
            subscription("busRef: {name: b}, filter: {detailTypes: [A.B]}"),
            subscription("busRef: {name: b}, filter: {detailTypes: [A.B]}, queue: {fifo: true}"),
            "queue.fifo is immutable"));
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
