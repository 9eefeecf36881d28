package io.eventbackbone.core.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.resource.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {

  /** What the schemas let pass (SchemaIT). */
  private static final int LONGEST_NAME = 137;

  private static final int LONGEST_NAMESPACE = 63;
  private static final int LONGEST_OBJECT_NAME = 253;

  /** Tagging AWS Resources User Guide, "Tag naming limits and requirements". */
  private static final int LONGEST_TAG_VALUE = 256;

  @ParameterizedTest
  @ValueSource(classes = {EventBackbone.class, ServiceAccountBus.class, EventSubscription.class})
  void theLongestOwnerFitsIntoATag(Class<? extends HasMetadata> kind) {
    String clusterId = "c".repeat(Owner.LONGEST_CLUSTER_ID);
    String name = "n".repeat(LONGEST_NAME);
    Owner owner =
        new Owner(clusterId, HasMetadata.getKind(kind), "s".repeat(LONGEST_NAMESPACE), name);
    assertThat(owner.tagValue()).hasSizeLessThanOrEqualTo(LONGEST_TAG_VALUE);
    assertThat(Names.bindingSecret(name)).hasSizeLessThanOrEqualTo(LONGEST_OBJECT_NAME);
    assertThat(Names.contractsConfigMap(name)).hasSizeLessThanOrEqualTo(LONGEST_OBJECT_NAME);
    assertThat(UUID.randomUUID().toString()).hasSizeLessThanOrEqualTo(Owner.LONGEST_CLUSTER_ID);
  }
}
