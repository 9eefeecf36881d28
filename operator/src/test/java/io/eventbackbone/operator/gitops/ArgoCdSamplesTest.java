package io.eventbackbone.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The Applications of samples/argocd fit together, and to what they apply. */
class ArgoCdSamplesTest {

  private static final Path SAMPLES = Path.of("..", "samples");
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void togetherTheyApplyTheWholeExampleOnce() throws IOException {
    List<String> applied =
        Stream.concat(
                documents("argocd/platform.yaml").stream()
                    .flatMap(application -> included(application.at("/spec"))),
                teams().flatMap(team -> included(ofTeam(team))))
            .toList();
    List<String> example =
        texts(documents("ecommerce/kustomization.yaml").get(0).at("/resources")).toList();
    assertThat(applied).containsExactlyInAnyOrderElementsOf(example);
  }

  @Test
  void everyTeamMayApplyToItsNamespaceAndNoOther() throws IOException {
    JsonNode project = documents("argocd/projects.yaml").get(1);
    assertThat(elements(project.at("/spec/destinations")).map(it -> it.path("namespace").asText()))
        .containsExactlyInAnyOrderElementsOf(teams().toList());
  }

  private static Stream<String> teams() throws IOException {
    JsonNode generators = documents("argocd/teams.yaml").get(0).at("/spec/generators");
    return elements(generators.at("/0/list/elements")).map(it -> it.path("team").asText());
  }

  /** The Application's spec that the ApplicationSet makes for a team. */
  private static JsonNode ofTeam(String team) {
    try {
      JsonNode template = documents("argocd/teams.yaml").get(0).at("/spec/template/spec");
      return YAML.readTree(template.toString().replace("{{.team}}", team));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a directory source includes: {@code name.yaml} or {@code {one,other}.yaml}. */
  private static Stream<String> included(JsonNode spec) {
    String glob = spec.at("/source/directory/include").asText();
    return glob.startsWith("{")
        ? Stream.of(glob.substring(1, glob.indexOf('}')).split(",")).map(name -> name + ".yaml")
        : Stream.of(glob);
  }

  private static List<JsonNode> documents(String file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (var parsed =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(SAMPLES.resolve(file).toFile())) {
      parsed.forEachRemaining(documents::add);
    }
    return documents;
  }

  private static Stream<String> texts(JsonNode list) {
    return elements(list).map(JsonNode::asText);
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
