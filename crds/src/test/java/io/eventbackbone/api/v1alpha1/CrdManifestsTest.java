package io.eventbackbone.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifests in the module's folder are generated from the types. {@code ./mvnw -pl crds test
 * -Dcrds.write} writes them.
 */
class CrdManifestsTest {

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          AwsAccount.class,
          EventBackbone.class,
          ServiceAccountBus.class,
          EventRoute.class,
          EventSubscription.class);

  @Test
  void areGeneratedFromTheTypes(@TempDir Path folder) throws IOException {
    Map<String, String> generated = generateInto(folder);

    if (System.getProperty("crds.write") != null) {
      for (Map.Entry<String, String> manifest : generated.entrySet()) {
        Files.writeString(Path.of(manifest.getKey()), manifest.getValue());
      }
    }

    assertThat(manifestsIn(Path.of("")))
        .as("crds/*.yaml; `./mvnw -pl crds test -Dcrds.write` writes them")
        .isEqualTo(generated);
  }

  private static Map<String, String> generateInto(Path folder) throws IOException {
    new CRDGenerator()
        .customResourceClasses(List.copyOf(KINDS))
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(new ApiConventions(KINDS))
        .inOutputDir(folder.toFile())
        .detailedGenerate();
    return manifestsIn(folder);
  }

  private static Map<String, String> manifestsIn(Path folder) throws IOException {
    try (var files = Files.list(folder.toAbsolutePath())) {
      return files
          .filter(file -> file.toString().matches(".*\\.ya?ml"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replaceFirst("-v1\\.yml$", ".yaml"),
                  CrdManifestsTest::read,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
