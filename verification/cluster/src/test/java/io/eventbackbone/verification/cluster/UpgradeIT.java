package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.sandbox.api.RecordedCall;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart does to what is there. */
class UpgradeIT {

  /**
   * The chart as it was before. There is no image of that time: its definitions have the status
   * fields that the operator of today writes, and server-side apply refuses others.
   */
  private static final Path PREVIOUS =
      Path.of("src", "test", "resources", "event-backbone-operator-0.1.0.tgz");

  private static final String REPOSITORY = "registry.example.com/event-backbone-operator";

  /** Kinds that the former chart lacks, by their plurals. */
  private static final List<String> NEW_KINDS = List.of("eventtypes", "eventreplays");

  private static final String LOAN = "lent-kinds";
  private static final String AWS_ACCOUNT = "999999999999";

  @TempDir private Path folder;

  @Test
  void anUpgradeKeepsEverythingAndUpgradesTheDefinitions() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install(PREVIOUS, "--set", "image.repository=" + REPOSITORY, "--set", "replicas=3");
      String previous = definitionVersion(site);
      lendNewKinds(site);
      try (OperatorProcess operator = site.startOperator("before", AWS_ACCOUNT)) {
        site.convergeEcommerce();
        deleteNewObjects(site);
      }
      String before = withoutNewKinds(site.identities());
      takeNewKindsBack(site);
      List<RecordedCall> writes = site.awsWrites();

      site.type(Page.read("install.md").blockWith("helm upgrade"));

      try (OperatorProcess operator = site.startOperator("after", AWS_ACCOUNT)) {
        site.awaitReady();
      }
      assertThat(definitionVersion(site)).isNotEqualTo(previous);
      assertThat(withoutNewKinds(site.identities())).isEqualTo(before);
      assertThat(site.awsWrites()).isEqualTo(writes);
      DeploymentSpec deployment = site.deployment().getSpec();
      assertThat(deployment.getReplicas()).isEqualTo(3);
      assertThat(deployment.getTemplate().getSpec().getContainers().get(0))
          .satisfies(it -> assertThat(it.getImage()).startsWith(REPOSITORY))
          .satisfies(it -> assertThat(it.getArgs()).contains("--webhook-port=9443"));
    }
  }

  @Test
  void whoFollowsTheDocumentationToTheEndHasNothingLeft() throws IOException {
    Page page = Page.read("install.md");
    try (Site site = new Site(getClass(), folder)) {
      site.type(page.blockWith("helm install").replaceFirst("(?m)^kubectl .* rollout .*$", ""));
      site.type(page.blockWith("create clusterrolebinding"));
      site.awaitDefinitions();
      String before = leftovers(site);
      try (OperatorProcess operator = site.startOperator("for-a-while", AWS_ACCOUNT)) {
        await()
            .untilAsserted(() ->
                assertThat(leftovers(site)).contains("lease", "secret/event-backbone-operator"));
      }
      assertThat(before).contains("customresourcedefinition", "clusterrolebinding");
      site.type(page.blockWith("kubectl delete -f crds/"));
      assertThat(leftovers(site)).isEmpty();
    }
  }

  @Test
  void uninstallingKeepsDefinitionsAndCustomResources() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      site.kubectl().run("apply", "-k", Site.ECOMMERCE.toString());
      String before = site.identities();

      site.helm().run("uninstall", Chart.RELEASE, "-n", Chart.NAMESPACE);
      assertThat(site.identities()).isEqualTo(before);

      site.helm().run("install", Chart.RELEASE, Chart.FOLDER.toString(), "-n", Chart.NAMESPACE);
      assertThat(site.identities()).isEqualTo(before);
    }
  }

  /**
   * Today's operator stands in for the former one. It needs kinds and rights that the former chart
   * does not have.
   */
  private static void lendNewKinds(Site site) {
    NEW_KINDS.forEach(kind -> site.kubectl().run("apply", "-f", definition(kind)));
    site.awaitDefinitions();
    site.kubectl()
        .run(
            "create",
            "clusterrole",
            LOAN,
            "--verb=get,list,watch,create,patch",
            "--resource=configmaps,"
                + NEW_KINDS.stream()
                    .flatMap(kind -> Stream.of(kind, kind + "/status"))
                    .map(it -> it.replaceFirst("(/|$)", ".eventbackbone.io$1"))
                    .collect(Collectors.joining(",")));
    site.kubectl()
        .run(
            "create",
            "clusterrolebinding",
            LOAN,
            "--clusterrole=" + LOAN,
            "--serviceaccount=%s:%s".formatted(Chart.NAMESPACE, Chart.FULL_NAME));
  }

  /** While an operator runs that takes their finalizers away. */
  private static void deleteNewObjects(Site site) {
    site.kubectl().run("delete", String.join(",", NEW_KINDS), "--all", "--all-namespaces");
  }

  private static void takeNewKindsBack(Site site) {
    NEW_KINDS.forEach(kind -> site.kubectl().run("delete", "-f", definition(kind)));
    site.kubectl().run("delete", "clusterrolebinding,clusterrole", LOAN);
  }

  private static String definition(String kind) {
    return "../../crds/%s.eventbackbone.io.yaml".formatted(kind);
  }

  /** What the chart, the operator and the documentation's commands have made. */
  private static String leftovers(Site site) {
    return site.type(
        """
        kubectl get crd -o name | grep eventbackbone.io || true
        kubectl get clusterrole,clusterrolebinding -o name | grep -e event-backbone -e eventbackbone- || true
        kubectl get deployment,lease,secret,service -n event-backbone -o name
        """);
  }

  private static String withoutNewKinds(String identities) {
    return identities
        .lines()
        .filter(line -> !line.startsWith("EventType/") && !line.startsWith("EventReplay/"))
        .collect(Collectors.joining("\n"));
  }

  private static String definitionVersion(Site site) {
    return site.kubectl()
        .run(
            "get",
            "crd",
            "eventbackbones.eventbackbone.io",
            "-o",
            "jsonpath={.metadata.labels.helm\\.sh/chart}");
  }
}
