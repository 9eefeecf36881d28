package io.eventbackbone.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What tenants can name in words of their own. Whatever is new here is a way to reach for what is
 * others': docs/threat-model.md is to say what stops it.
 */
class TenantFieldsTest {

  @Test
  void aBusNamesItsReferencesItselfItsLogsAndAKey() throws IOException {
    assertThat(words("serviceaccountbuses"))
        .containsExactlyInAnyOrder(
            "accountRef.name",
            "backboneRef.name",
            "backboneRef.namespace",
            "busName",
            "identifier",
            "audit.logGroupName",
            "logging.logGroupName",
            "encryption.kmsKeyIdentifier");
  }

  @Test
  void aSubscriptionNamesItsBusAlone() throws IOException {
    assertThat(words("eventsubscriptions"))
        .containsExactlyInAnyOrder("busRef.name", "busRef.namespace");
  }

  @Test
  void aReplayNamesItsSubscriptionOrBackboneAndTimes() throws IOException {
    assertThat(words("eventreplays"))
        .containsExactlyInAnyOrder("subscriptionRef.name", "backboneRef.name", "from", "to");
  }

  private static Stream<String> words(String plural) throws IOException {
    String manifest = Files.readString(Path.of(plural + ".eventbackbone.io.yaml"));
    return words(
        "",
        Serialization.unmarshal(manifest, CustomResourceDefinition.class)
            .getSpec()
            .getVersions()
            .get(0)
            .getSchema()
            .getOpenAPIV3Schema()
            .getProperties()
            .get("spec"));
  }

  /** Strings that are no choice among a few. */
  private static Stream<String> words(String path, JSONSchemaProps schema) {
    if (!schema.getProperties().isEmpty()) {
      return schema.getProperties().entrySet().stream()
          .flatMap(
              it -> words(path.isEmpty() ? it.getKey() : path + "." + it.getKey(), it.getValue()));
    }
    boolean isWords =
        "string".equals(schema.getType())
            && (schema.getEnum() == null || schema.getEnum().isEmpty());
    return isWords ? Stream.of(path) : Stream.empty();
  }
}
