package io.eventbackbone.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.systemtest.AuditLog.Right;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart in a cluster, and the operator with the rights that it gives. */
class InstallIT {

  private static final String OPERATOR =
      "system:serviceaccount:event-backbone:event-backbone-operator";
  private static final String AWS_ACCOUNT = "999999999999";
  private static final String NAMESPACES = "event-platform,orders,deliveries";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", NAMESPACES})
  void theOperatorHasTheRightsThatItUsesAndNoOthers(String namespaces) throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.kubectl().run("apply", "-f", Site.ECOMMERCE.resolve("namespaces.yaml").toString());
      String warnings = site.install("--set-json", "watchNamespaces=" + json(namespaces));
      assertThat(warnings).doesNotContainIgnoringCase("warning");
      String[] options =
          namespaces.isEmpty()
              ? new String[] {"--leader-elect"}
              : new String[] {"--leader-elect", "--watch-namespaces=" + namespaces};
      try (OperatorProcess operator = site.startOperator("install", AWS_ACCOUNT, options)) {
        site.convergeEcommerce();
        liveThrough(site);
        assertThat(operator.log()).doesNotContain("Forbidden", "forbidden");
      }
      assertThat(site.audit().forbidden(OPERATOR)).isEmpty();
      assertThat(site.audit().used(OPERATOR)).containsExactlyInAnyOrderElementsOf(granted(site));
    }
  }

  private static String json(String namespaces) {
    return namespaces.isEmpty() ? "[]" : "[\"" + namespaces.replace(",", "\",\"") + "\"]";
  }

  /** What a cluster sees in weeks: a lost Secret, drift twice, a deletion. */
  private static void liveThrough(Site site) {
    site.kubectl().run("delete", "secret", "orders-binding", "-n", "deliveries");
    await()
        .untilAsserted(
            () -> site.kubectl().run("get", "secret", "orders-binding", "-n", "deliveries"));
    site.kubectl()
        .run(
            "patch",
            "secret",
            "orders-binding",
            "-n",
            "deliveries",
            "--type=merge",
            "-p={\"data\":{\"EVENT_SOURCE\":\"Zm9yZ2Vk\"}}");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        site.kubectl()
                            .run(
                                "get",
                                "secret",
                                "orders-binding",
                                "-n",
                                "deliveries",
                                "-o=jsonpath={.data.EVENT_SOURCE}"))
                    .isEqualTo("ZGVsaXZlcnktc2VydmljZQ=="));
    site.kubectl().run("delete", "-k", Site.ECOMMERCE.toString(), "--timeout=60s", "--wait=false");
    await()
        .untilAsserted(
            () -> assertThat(site.kubectl().run("get", "backbone", "-A", "-o", "name")).isEmpty());
  }

  /** Every right that the chart's roles of the operator give. */
  private static Set<Right> granted(Site site) {
    return manifest(site)
        .flatMap(InstallIT::rules)
        .flatMap(InstallIT::rights)
        .collect(
            Collectors.toCollection(
                () -> new TreeSet<>(java.util.Comparator.comparing(Right::toString))));
  }

  private static Stream<HasMetadata> manifest(Site site) {
    String manifest = site.helm().run("get", "manifest", Chart.RELEASE, "-n", Chart.NAMESPACE);
    return site
        .client()
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .items()
        .stream();
  }

  private static Stream<PolicyRule> rules(HasMetadata object) {
    boolean isOperators = object.getMetadata().getName().startsWith(Chart.FULL_NAME);
    if (isOperators && object instanceof ClusterRole role) {
      return role.getRules().stream();
    }
    return isOperators && object instanceof Role role ? role.getRules().stream() : Stream.of();
  }

  private static Stream<Right> rights(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream().map(verb -> Right.of(verb, group, resource))));
  }
}
