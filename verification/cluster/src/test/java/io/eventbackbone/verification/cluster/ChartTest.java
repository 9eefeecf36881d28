package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.launcher.Command;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

  private static final Path ARGO_CD_APPLICATION =
      Path.of("../..", "samples", "argocd", "operator.yaml");

  private final Command helm = Chart.helm(getClass());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicas=1",
        "watchNamespaces={orders,deliveries}",
        "metrics.serviceMonitor.enabled=true,metrics.prometheusRule.enabled=true,metrics.dashboard.enabled=true",
        "crds.install=false,networkPolicy.enabled=false,admissionPolicies.enabled=false,webhook.enabled=false"
      })
  void passesLint(String values) {
    assertThat(
            helm.run(
                "lint", "--strict", Chart.KUBE_VERSION, "--set", values, Chart.FOLDER.toString()))
        .contains("0 chart(s) failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replicas=0                     | /replicas
          replica=2                      | replica
          logging.level=LOUD             | /logging/level
          aws.roleArn=event-backbone     | /aws/roleArn
          aws.region=Ireland             | /aws/region
          image.digest=latest            | /image/digest
          watchNamespaces={Orders}       | /watchNamespaces/0
          """)
  void wrongValuesAreRefusedByName(String values, String named) {
    assertThat(template(values))
        .satisfies(it -> assertThat(it.exitCode()).isNotZero())
        .satisfies(it -> assertThat(it.errors()).contains("values don't meet").contains(named));
  }

  @Test
  void readmeIsGeneratedFromTheValues(@TempDir Path folder) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("chart"));
    for (String file : new String[] {"Chart.yaml", "values.yaml", "README.md.gotmpl"}) {
      Files.copy(Chart.FOLDER.resolve(file), copy.resolve(file));
    }
    Command.of(GoTool.HELM_DOCS.orSkip(getClass()), Map.of())
        .run("--chart-search-root", folder.toString(), "--log-level", "error");
    Path readme = Chart.FOLDER.resolve("README.md");
    if (System.getProperty("chart.write") != null) {
      Files.copy(copy.resolve("README.md"), readme, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(readme)
        .as("`./mvnw -pl verification/cluster -am test -Dtest=ChartTest -Dchart.write` writes it")
        .hasSameTextualContentAs(copy.resolve("README.md"));
  }

  @Test
  void argoCdInstallsWhatTheDocumentationDoes(@TempDir Path folder) throws IOException {
    JsonNode application = yaml(ARGO_CD_APPLICATION).get("spec");
    JsonNode chosen = application.at("/source/helm/valuesObject");
    String documented = Page.read("install.md").blockWith("helm install");
    assertThat(documented)
        .contains("helm install " + application.at("/source/helm/releaseName").asText() + " ")
        .contains("--namespace " + application.at("/destination/namespace").asText() + " ")
        .contains("--set image.repository=" + chosen.at("/image/repository").asText() + " ")
        .contains("--set aws.roleArn=" + chosen.at("/aws/roleArn").asText() + "\n");
    Path values = Files.writeString(folder.resolve("values.yaml"), Serialization.asYaml(chosen));
    helm.run("lint", Chart.KUBE_VERSION, "-f", values.toString(), Chart.FOLDER.toString());
  }

  /** Artifact Hub shows people what the annotations list. */
  @Test
  void theAnnotationsListTheImageAndEveryDefinition() throws IOException {
    JsonNode chart = yaml(Chart.FOLDER.resolve("Chart.yaml"));
    JsonNode annotations = chart.get("annotations");
    assertThat(annotations.get("artifacthub.io/images").asText())
        .contains(
            "ghcr.io/event-backbone/event-backbone-operator:" + chart.get("appVersion").asText());
    List<String> definitions = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("../..", "crds"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".yaml")).toList()) {
        definitions.add(yaml(file).at("/metadata/name").asText());
      }
    }
    assertThat(
            Serialization.unmarshal(annotations.get("artifacthub.io/crds").asText(), JsonNode.class)
                .findValuesAsText("name"))
        .containsExactlyInAnyOrderElementsOf(definitions);
  }

  /** People look there for what an upgrade brings. */
  @Test
  void theChangelogNamesTheChart() throws IOException {
    JsonNode chart = yaml(Chart.FOLDER.resolve("Chart.yaml"));
    assertThat(Path.of("../..", "CHANGELOG.md"))
        .content()
        .contains(
            "## %s (chart %s)"
                .formatted(chart.get("appVersion").asText(), chart.get("version").asText()));
  }

  private static JsonNode yaml(Path file) throws IOException {
    return Serialization.unmarshal(Files.readString(file), JsonNode.class);
  }

  private Command.Result template(String values) {
    return helm.attempt(
        "template", Chart.RELEASE, Chart.FOLDER.toString(), Chart.KUBE_VERSION, "--set", values);
  }
}
