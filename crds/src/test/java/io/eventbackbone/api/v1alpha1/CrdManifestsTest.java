package io.eventbackbone.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
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
          EventSubscription.class,
          EventType.class,
          EventReplay.class);

  /** Helm doesn't read beyond the chart, so it has a copy. */
  private static final List<Path> PLACES =
      List.of(Path.of(""), Path.of("..", "helm", "event-backbone-operator", "files", "crds"));

  @Test
  void areGeneratedFromTheTypes(@TempDir Path folder) throws IOException {
    Map<String, String> generated = generateInto(folder);

    for (Path place : PLACES) {
      if (System.getProperty("crds.write") != null) {
        for (Map.Entry<String, String> manifest : generated.entrySet()) {
          Files.writeString(place.resolve(manifest.getKey()), manifest.getValue());
        }
      }

      assertThat(manifestsIn(place))
          .as("%s/*.yaml; `./mvnw -pl crds test -Dcrds.write` writes them", place)
          .isEqualTo(generated);
    }
  }

  /** kubectl and Helm read YAML 1.1, in which these are booleans, in users' manifests, too. */
  @Test
  void haveNoValueThatYamlTakesForABoolean(@TempDir Path folder) throws IOException {
    assertThat(generateInto(folder).values())
        .allSatisfy(manifest ->
            assertThat(manifest.lines())
                .noneMatch(line -> line.matches("(?i)\\s*(- |default: )(y|n|yes|no|on|off)")));
  }

  @Test
  void areDocumented() throws IOException {
    Path reference = Path.of("..", "docs", "reference.md");
    String generated =
        CrdReference.of(
            KINDS.stream()
                .map(kind -> "%s.eventbackbone.io.yaml".formatted(HasMetadata.getPlural(kind)))
                .map(Path::of)
                .map(CrdManifestsTest::read)
                .map(text -> Serialization.unmarshal(text, CustomResourceDefinition.class))
                .toList());

    if (System.getProperty("crds.write") != null) {
      Files.writeString(reference, generated);
    }

    assertThat(reference).as("`./mvnw -pl crds test -Dcrds.write` writes it").hasContent(generated);
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
