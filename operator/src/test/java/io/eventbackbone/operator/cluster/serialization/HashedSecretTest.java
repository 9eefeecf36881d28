package io.eventbackbone.operator.cluster.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HashedSecretTest {

  private static final KubernetesSerialization KUBERNETES = new ObjectSerialization();

  @Test
  void isReadWhereAWatchTellsOfASecret() {
    assertThat(KUBERNETES.unmarshal(secret("{a: Yg==}"), HasMetadata.class))
        .isInstanceOf(HashedSecret.class);
  }

  @Test
  void aConfigMapIsReadTheSameWay() {
    String text = secret("{a: b}").replace("kind: Secret", "kind: ConfigMap");
    assertThat(KUBERNETES.unmarshal(text, HasMetadata.class))
        .isInstanceOfSatisfying(
            HashedConfigMap.class,
            map -> {
              assertThat(map.getKind()).isEqualTo("ConfigMap");
              assertThat(map.holds(Map.of("a", "b"))).isTrue();
              assertThat(map.holds(Map.of("a", "c"))).isFalse();
            });
  }

  @Test
  void tellsDataFromOtherData() {
    HashedSecret secret = read("{a: Yg==, c: ZA==}");
    assertThat(secret.holds(Map.of("c", "ZA==", "a", "Yg=="))).isTrue();
    assertThat(secret.holds(Map.of("a", "Yg=="))).isFalse();
    assertThat(secret.holds(Map.of("a", "Yg==", "c", "ZA==" + "x"))).isFalse();
    assertThat(secret.holds(Map.of("a", "ZA==", "c", "Yg=="))).isFalse();
    assertThat(secret.holds(Map.of("aYg==c", "ZA=="))).isFalse();
  }

  @Test
  void aSecretMayHaveNoData() {
    assertThat(read("null").holds(Map.of())).isTrue();
    assertThat(read("{}").holds(Map.of())).isTrue();
    assertThat(new HashedSecret().holds(Map.of())).isTrue();
  }

  @Test
  void keepsItsNameItsVersionItsTypeAndItsController() {
    HashedSecret secret = read("{}");
    assertThat(secret.getMetadata().getNamespace()).isEqualTo("orders");
    assertThat(secret.getMetadata().getName()).isEqualTo("deliveries-binding");
    assertThat(secret.getMetadata().getUid()).isEqualTo("1-2-3");
    assertThat(secret.getMetadata().getResourceVersion()).isEqualTo("42");
    assertThat(secret.type()).isEqualTo("Opaque");
    assertThat(secret.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getName)
        .containsExactly("b");
  }

  @Test
  void keepsNothingElse() {
    HashedSecret secret = read("{}");
    assertThat(secret.getMetadata().getAnnotations()).isEmpty();
    assertThat(secret.getMetadata().getLabels()).isEmpty();
    assertThat(secret.getMetadata().getFinalizers()).isEmpty();
  }

  private static HashedSecret read(String data) {
    return KUBERNETES.unmarshal(secret(data), HashedSecret.class);
  }

  private static String secret(String data) {
    return """
    ---
    apiVersion: v1
    kind: Secret
    metadata:
      namespace: orders
      name: deliveries-binding
      uid: 1-2-3
      resourceVersion: "42"
      labels: {a: b}
      annotations: {a: b}
      finalizers: [a/b]
      ownerReferences:
      - {apiVersion: v1, kind: A, name: a, uid: "1"}
      - {apiVersion: v1, kind: B, name: b, uid: "2", controller: true}
      managedFields: [{manager: a}]
    type: Opaque
    immutable: true
    data: %s
    """
        .formatted(data);
  }
}
