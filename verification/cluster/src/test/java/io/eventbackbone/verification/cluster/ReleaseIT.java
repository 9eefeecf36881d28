package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.operator.reconcile.AwsSnapshot;
import io.eventbackbone.sandbox.api.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of {@code ./release}, as people use them. The test starts the operator from the jar of
 * each release, because no container runs here. The second release has no images, to save time.
 */
class ReleaseIT {

  private static final String FIRST = "0.1.0";
  private static final String NEXT = "0.1.1";
  private static final String NEXT_CHART = "0.2.1";
  private static final String AWS_ACCOUNT = "999999999999";
  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333");

  @TempDir private static Path folder;
  private static OciRegistry registry;
  private static Path first;
  private static Page firstReadme;
  private static Path next;
  private static Page nextReadme;
  private static SigningKey key;

  private final Command shell = Command.of(Path.of("/bin/sh"), Map.of());

  @BeforeAll
  static void makeTwoReleases() throws IOException {
    key = SigningKey.make(ReleaseIT.class, folder);
    registry = OciRegistry.start(ReleaseIT.class, folder);
    ReleaseCheckout checkout = ReleaseCheckout.copy(ReleaseIT.class, folder);
    checkout.registerAtArtifactHub();
    firstReadme = checkout.readme();
    first =
        checkout.release(
            ReleaseIT.class, registry, "--sign", Map.of("MAVEN_GPG_KEY", key.armoured()));
    checkout.next(NEXT, NEXT_CHART);
    nextReadme = checkout.readme();
    next = checkout.release(ReleaseIT.class, registry, "--without-images", Map.of());
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void isInstalledUpgradedAndLeftByTheCommandsOfTheReadme() throws IOException {
    try (Site site = new Site(getClass(), Files.createDirectory(folder.resolve("site")))) {
      site.type(local(firstReadme.blockWith("helm install")));
      site.awaitDefinitions();
      assertThat(image(site)).endsWith(":" + FIRST);
      assertThat(registry.crane().run("manifest", image(site))).contains("amd64", "arm64");
      try (OperatorProcess operator = site.startOperator("first", AWS_ACCOUNT, jar(first, FIRST))) {
        site.convergeEcommerce();
      }
      String objects = site.identities();
      List<RecordedCall> writes = site.awsWrites();
      Map<String, ?> aws = AwsSnapshot.of(site.aws(), ACCOUNTS).resources();

      site.type(local(nextReadme.blockWith("helm upgrade")));
      site.awaitDefinitions();
      assertThat(image(site)).endsWith(":" + NEXT);
      try (OperatorProcess operator = site.startOperator("next", AWS_ACCOUNT, jar(next, NEXT))) {
        site.awaitReady();
      }
      assertThat(site.identities()).isEqualTo(objects);
      assertThat(site.awsWrites()).isEqualTo(writes);

      site.type(local(nextReadme.blockWith("helm uninstall")));
      assertThat(site.type("kubectl get deployment -n event-backbone -o name")).isEmpty();
      assertThat(site.identities()).isEqualTo(objects);
      assertThat(AwsSnapshot.of(site.aws(), ACCOUNTS).resources()).isEqualTo(aws);
    }
  }

  @Test
  void theFilesAreWhole() throws IOException {
    shell.run("-ec", "cd %s && sha256sum --check --strict --quiet SHA256SUMS".formatted(first));
    assertThat(files(first))
        .containsExactlyInAnyOrder(
            "SHA256SUMS",
            "backbone.yaml",
            "event-backbone-cli-0.1.0.cdx.json",
            "event-backbone-crds-0.1.0.yaml",
            "event-backbone-libraries-0.1.0.zip",
            "event-backbone-operator-0.1.0-jar.tar.gz",
            "event-backbone-operator-0.1.0.cdx.json",
            "event-backbone-operator-0.2.0.tgz",
            "event-backbone-sandbox-0.1.0-jar.tar.gz",
            "event-backbone-sandbox-0.1.0.cdx.json",
            "delivery-service-0.1.0.cdx.json",
            "images",
            "kubectl-backbone-0.1.0.tar.gz",
            "notes.md",
            "order-service-0.1.0.cdx.json",
            "pushed.txt");
    assertThat(first.resolve("notes.md"))
        .content()
        .startsWith("### Before you upgrade")
        .doesNotContain("\n## ");
    assertThat(next.resolve("notes.md")).content().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event-backbone-operator",
        "event-backbone-sandbox",
        "event-backbone-cli",
        "order-service"
      })
  void aBillOfMaterialsNamesVersionAndLibraries(String program) throws IOException {
    JsonNode bill =
        new ObjectMapper().readTree(first.resolve(program + "-0.1.0.cdx.json").toFile());
    assertThat(bill.at("/bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/version").asText()).isEqualTo(FIRST);
    assertThat(bill.at("/components").findValuesAsText("name")).contains("jackson-databind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event-backbone-operator",
        "event-backbone-sandbox",
        "order-service",
        "delivery-service"
      })
  void anImageHasTheReleasesVersionForBothProcessors(String program) {
    String image = "%s/team/%s:%s".formatted(registry.host(), program, FIRST);
    for (String processor : List.of("amd64", "arm64")) {
      assertThat(registry.crane().run("config", "--platform=linux/" + processor, image))
          .contains(
              "\"architecture\":\"%s\"".formatted(processor),
              "\"org.opencontainers.image.version\":\"%s\"".formatted(FIRST));
    }
    assertThat(first.resolve("pushed.txt"))
        .content()
        .contains(image + "@" + registry.crane().run("digest", image).strip());
  }

  @Test
  void artifactHubFindsTheRepositorysId() {
    String repository = registry.host() + "/team/charts/event-backbone-operator:artifacthub.io";
    assertThat(registry.crane().run("manifest", repository))
        .contains("application/vnd.cncf.artifacthub.repository-metadata.layer.v1.yaml");
  }

  @Test
  void theProgramsTellTheReleasesVersion() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    assertThat(Command.of(java, Map.of()).run("-jar", jar(next, NEXT).toString(), "--version"))
        .contains(NEXT)
        .doesNotContain("SNAPSHOT");
  }

  @Test
  void krewInstallsThePlugin() throws IOException {
    Path home = folder.resolve("krew");
    Command.of(GoTool.KREW.orSkip(getClass()), Map.of("KREW_ROOT", home.toString()))
        .run(
            "install",
            "--manifest=" + first.resolve("backbone.yaml"),
            "--archive=" + first.resolve("kubectl-backbone-0.1.0.tar.gz"));
    assertThat(
            Command.of(
                    home.resolve("bin/kubectl-backbone"),
                    Map.of("JAVA_HOME", System.getProperty("java.home")))
                .run("--version"))
        .contains(FIRST);
  }

  @Test
  void mavenCentralFindsAllThatItAsksFor() throws IOException {
    Path libraries = Files.createDirectory(folder.resolve("libraries"));
    shell.run(
        "-ec",
        "cd %s && %s/bin/jar --extract --file %s"
            .formatted(
                libraries,
                System.getProperty("java.home"),
                first.resolve("event-backbone-libraries-0.1.0.zip")));
    assertThat(files(libraries.resolve("io/eventbackbone")))
        .containsExactlyInAnyOrder("event-backbone-events", "event-backbone-http");
    for (String library : List.of("event-backbone-events", "event-backbone-http")) {
      Path version = libraries.resolve("io/eventbackbone").resolve(library).resolve(FIRST);
      for (String end : List.of(".jar", ".pom", "-sources.jar", "-javadoc.jar")) {
        Path file = version.resolve(library + "-" + FIRST + end);
        assertThat(Path.of(file + ".sha1")).exists();
        assertThat(Path.of(file + ".md5")).exists();
        key.verify(file);
      }
      assertThat(version.resolve(library + "-" + FIRST + ".pom"))
          .content()
          .contains(
              "<name>",
              "<description>",
              "<url>",
              "<licenses>",
              "<developers>",
              "<connection>scm:git:")
          .doesNotContain("${", "<parent>", "SNAPSHOT", "<scope>test");
    }
  }

  /** Before anything is built. */
  @Test
  void anotherVersionThanTheSourcesIsRefused() throws IOException {
    Path checkout = next.getParent().getParent().getParent();
    Command.Result result = shell.attempt("-ec", checkout + "/release 9.0.0");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errors())
        .contains(
            "the revision in pom.xml says " + NEXT,
            "appVersion in helm/event-backbone-operator/Chart.yaml says " + NEXT,
            "CHANGELOG.md has no title");
  }

  /** Commands for the registry of this test. */
  private static String local(String commands) {
    return commands
        .replace("oci://", "--plain-http oci://")
        .replace("registry.example.com", registry.host());
  }

  private static String image(Site site) {
    return site.deployment().getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
  }

  /** The operator's, unpacked from a release. */
  private static Path jar(Path release, String version) throws IOException {
    String name = "event-backbone-operator-" + version;
    Command.of(Path.of("tar"), Map.of())
        .run("-xzf", release.resolve(name + "-jar.tar.gz").toString(), "-C", folder.toString());
    return folder.resolve(name).resolve("event-backbone-operator.jar");
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
