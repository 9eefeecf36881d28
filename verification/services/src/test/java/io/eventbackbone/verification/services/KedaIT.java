package io.eventbackbone.verification.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.kubeapi.programs.GoModule;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sample for KEDA, held to the schemas that KEDA publishes. */
@ExtendWith(RealKubeApi.class)
class KedaIT {

  private static final Path SAMPLE = Path.of("../..", "samples", "keda", "scaledobject.yaml");

  private static final Path NAMESPACES =
      Path.of("../..", "samples", "ecommerce", "namespaces.yaml");

  private static Path keda;

  @TempDir private Path folder;

  @BeforeAll
  static void fetch() {
    keda = GoModule.KEDA.orSkip(KedaIT.class);
  }

  @Test
  void anApiServerWithItsKindsTakesTheSampleWithoutAWarning(KubeApi api) throws Exception {
    Path crds = Files.createDirectory(folder.resolve("crds"));
    for (String kind : List.of("scaledobjects", "triggerauthentications")) {
      String file = "keda.sh_" + kind + ".yaml";
      Files.copy(keda.resolve("config/crd/bases").resolve(file), crds.resolve(file));
    }
    Crds.apply(api.client(), crds);
    Manifests.objects(Files.readString(NAMESPACES))
        .forEach(namespace -> api.client().resource(namespace).serverSideApply());
    Path kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
    String kubectl = RealKubeApi.kubectl(getClass()).toString();
    Shell shell = new Shell(folder, Map.of("KUBECONFIG", kubeconfig.toString()));
    String apply =
        kubectl + " apply --validate=strict --dry-run=server -f " + SAMPLE.toAbsolutePath();
    try (Shell.Command command = shell.start("apply", apply)) {
      assertThat(command.exit()).as(command.output()).isZero();
      assertThat(command.output())
          .contains("scaledobject.keda.sh/delivery-service")
          .doesNotContainIgnoringCase("warning");
    }
  }

  /** The CRD says nothing of a trigger's metadata; KEDA publishes a schema of the scalers apart. */
  @Test
  void itsTriggerHasTheScalersParameters() throws Exception {
    JsonNode schema =
        new JsonMapper().readTree(keda.resolve("schema/generated/scalers-schema.json").toFile());
    GenericKubernetesResource scaledObject =
        Manifests.objects(Files.readString(SAMPLE)).stream()
            .filter(it -> it.getKind().equals("ScaledObject"))
            .findFirst()
            .orElseThrow();
    String type = scaledObject.get("spec", "triggers", 0, "type");
    Map<String, String> metadata = scaledObject.get("spec", "triggers", 0, "metadata");
    assertThat(parameters(schema, type)).containsAll(metadata.keySet());
  }

  /** With the suffix that takes a parameter from a variable of the scaled container. */
  private static List<String> parameters(JsonNode schema, String type) {
    return elements(schema.get("scalers"))
        .filter(it -> it.path("type").asText().equals(type))
        .flatMap(it -> elements(it.get("parameters")))
        .flatMap(it ->
            it.path("envVariableReadable").asBoolean()
                ? Stream.of(it.path("name").asText(), it.path("name").asText() + "FromEnv")
                : Stream.of(it.path("name").asText()))
        .toList();
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
