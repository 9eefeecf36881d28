package io.eventbackbone.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {

  /** {@code why} tells by them that a spec changed after an event. */
  @Test
  void knowsWhichPartsWereChanged() {
    HasMetadata route =
        ObjectReader.read(
            Kind.EVENT_ROUTE,
            ObjectReader.tree(
                """
                {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "EventRoute",
                 "metadata": {"name": "fan-out", "namespace": "event-platform", "managedFields": [
                   {"manager": "kubectl", "time": "2026-11-29T00:00:00Z",
                    "fieldsV1": {"f:spec": {"f:backboneRef": {"f:name": {}}}}}]},
                 "spec": {"backboneRef": {"name": "main"}}}
                """));

    assertThat(route.getMetadata().getManagedFields())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.getTime()).isEqualTo("2026-11-29T00:00:00Z");
          assertThat(change.getFieldsV1().getAdditionalProperties()).containsOnlyKeys("f:spec");
        });
  }
}
