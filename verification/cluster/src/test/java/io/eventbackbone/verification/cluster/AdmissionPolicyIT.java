package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.launcher.Command;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart's ValidatingAdmissionPolicy lets who do. */
class AdmissionPolicyIT {

  private static final String[] REMOVE_FINALIZERS = {
    "patch",
    "svcbus",
    "orders",
    "-n",
    "orders",
    "--type=merge",
    "-p={\"metadata\":{\"finalizers\":null}}"
  };

  @TempDir private Path folder;

  @Test
  void onlyWhoMayDeleteAccountsRemovesFinalizersByHand() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      try (OperatorProcess operator = site.startOperator("policy", "999999999999")) {
        site.convergeEcommerce();
      }
      bind(site, "tenant");
      bind(site, "platform");

      // A policy is in force soon after it was created, not at once.
      await()
          .untilAsserted(() ->
              assertThat(as(site, "tenant").attempt(REMOVE_FINALIZERS).errors())
                  .contains("would leave the AWS resources of orders behind"));
      as(site, "tenant").run("label", "svcbus", "orders", "-n", "orders", "a=b");
      as(site, "platform").run(REMOVE_FINALIZERS);
    }
  }

  /** Gives a user of a name the chart's role of that name. */
  private static void bind(Site site, String name) {
    site.kubectl()
        .run(
            "create",
            "clusterrolebinding",
            name,
            "--clusterrole=eventbackbone-" + name,
            "--user=" + name);
  }

  private static Command as(Site site, String user) {
    return site.kubectl().with("--as=" + user);
  }
}
