package io.eventbackbone.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.kubeapi.GoTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

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
        .as("`./mvnw -pl systemtest -am test -Dtest=ChartTest -Dchart.write` writes it")
        .hasSameTextualContentAs(copy.resolve("README.md"));
  }

  private Command.Result template(String values) {
    return helm.attempt(
        "template", Chart.RELEASE, Chart.FOLDER.toString(), Chart.KUBE_VERSION, "--set", values);
  }
}
