package io.eventbackbone.local.kubeapi;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The CustomResourceDefinitions lying as YAML files directly in a folder. */
public final class Crds {

  private static final long ESTABLISHED_TIMEOUT_SECONDS = 30;

  private Crds() {}

  /**
   * Applies them, forcing ownership of their fields, and returns when the API serves their kinds.
   */
  public static void apply(KubernetesClient client, Path folder) {
    var crds = read(folder);
    for (var crd : crds) {
      client.resource(crd).fieldManager("event-backbone").forceConflicts().serverSideApply();
    }
    for (var crd : crds) {
      client
          .resource(crd)
          .waitUntilCondition(Crds::isEstablished, ESTABLISHED_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Reads them. */
  public static List<CustomResourceDefinition> read(Path folder) {
    try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
      var crds = new ArrayList<CustomResourceDefinition>();
      for (Path file : files) {
        crds.add(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
      }
      return List.copyOf(crds);
    } catch (IOException e) {
      throw new UncheckedIOException("no CRD manifests could be read from " + folder, e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(condition ->
                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }
}
