package io.eventbackbone.verification.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.local.kubeapi.programs.GoTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code ./mvnw -Pimages package} wrote, looked at. */
@ExtendWith(Isolation.class)
class ImageContentsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Helm alone knows none that the chart takes. */
  private static final String KUBE_VERSION = "--kube-version=1.34.2";

  /** Jars name classes of these in code that finds out at run time whether they are there. */
  private static final Set<String> DISPENSABLE_MODULES =
      Set.of("java.compiler", "java.desktop", "java.scripting");

  private static final String HEAP_PERCENTAGE = "-XX:MaxRAMPercentage=";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void saysWhoseItIsAndWhatRunsIt(Program program) throws Exception {
    for (Architecture architecture : Architecture.values()) {
      SavedImage image = ImageBuild.image(program, architecture);
      JsonNode configuration = image.configuration();

      assertThat(configuration.get("architecture").asText()).isEqualTo(architecture.name());
      assertThat(configuration.get("os").asText()).isEqualTo("linux");
      assertThat(configuration.at("/config/User").asText()).isEqualTo("65532:65532");
      assertThat(image.words("Entrypoint").get(0)).isEqualTo("java");
      assertThat(texts(configuration.at("/config/ExposedPorts"))).containsOnlyKeys(program.port);
      assertThat(texts(configuration.at("/config/Labels")))
          .containsEntry("org.opencontainers.image.title", program.image)
          .containsEntry("org.opencontainers.image.version", ImageBuild.VERSION)
          .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
          .containsKeys(
              "org.opencontainers.image.source",
              "org.opencontainers.image.description",
              "org.opencontainers.image.created");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SANDBOX") // which nothing asks for
  void hasTheNameThatTheChartAndTheSamplesAskFor(Program program) throws Exception {
    String manifests = manifestsThatRun(program);
    for (Architecture architecture : Architecture.values()) {
      assertThat(manifests.lines().map(String::strip))
          .contains("image: " + ImageBuild.image(program, architecture).name());
    }
  }

  /** Neither the heap nor direct memory is as large as the JVM pleases. */
  @ParameterizedTest
  @EnumSource
  void boundsWhatTheJvmTakesOfTheContainer(Program program) throws Exception {
    List<String> entrypoint = ImageBuild.image(program, Architecture.here()).words("Entrypoint");

    assertThat(entrypoint).contains("-XX:MaxDirectMemorySize=32m");
    assertThat(heapPercentage(entrypoint)).isEqualTo(60);
  }

  /** What docs/images.md, "Memory", says was measured beside the heap. */
  @Test
  void theHeapLeavesRoomInTheChartsLimit() throws Exception {
    int beside = 155;
    Matcher limit =
        Pattern.compile("limits:\\s+memory: (\\d+)Mi").matcher(manifestsThatRun(Program.OPERATOR));
    assertThat(limit.find()).as("a limit of memory in the chart").isTrue();
    int mebibytes = Integer.parseInt(limit.group(1));

    List<String> entrypoint =
        ImageBuild.image(Program.OPERATOR, Architecture.here()).words("Entrypoint");

    assertThat(mebibytes * heapPercentage(entrypoint) / 100 + beside).isLessThan(mebibytes);
  }

  private static int heapPercentage(List<String> entrypoint) {
    return entrypoint.stream()
        .filter(flag -> flag.startsWith(HEAP_PERCENTAGE))
        .map(flag -> Integer.parseInt(flag.substring(HEAP_PERCENTAGE.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + HEAP_PERCENTAGE + " in " + entrypoint));
  }

  private static String manifestsThatRun(Program program) throws Exception {
    Path project = ImageBuild.PROJECT;
    return switch (program) {
      case OPERATOR -> rendered(project.resolve("helm/event-backbone-operator"));
      case ORDER_SERVICE -> Files.readString(project.resolve("samples/ecommerce/orders.yaml"));
      case DELIVERY_SERVICE ->
          Files.readString(project.resolve("samples/ecommerce/deliveries.yaml"));
      case SANDBOX -> "";
    };
  }

  private static String rendered(Path chart) throws Exception {
    Path helm = GoTool.HELM.orSkip(ImageContentsIT.class);
    Process process =
        new ProcessBuilder(helm.toString(), "template", chart.toString(), KUBE_VERSION)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String manifests = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return manifests;
  }

  @ParameterizedTest
  @EnumSource
  void holdsNoSecretsOfWhoeverBuiltIt(Program program) throws Exception {
    SavedImage image = ImageBuild.image(program, Architecture.here());
    UnpackedImage unpacked = ImageBuild.unpacked(program, Architecture.here());

    assertThat(image.environment())
        .containsEntry("LOG_FORMAT", "json")
        .containsEntry("MALLOC_ARENA_MAX", "2")
        .containsOnlyKeys("PATH", "JAVA_HOME", "LANG", "LOG_FORMAT", "MALLOC_ARENA_MAX");
    assertThat(unpacked.file("/home/nonroot")).isEmptyDirectory();
    assertThat(unpacked.names("/app"))
        .containsExactlyInAnyOrder(
            "classpath", "libs", "sbom", "jib-classpath-file", "jib-main-class-file");
  }

  @ParameterizedTest
  @EnumSource
  void hasNoShellAndNothingToWriteTo(Program program) throws Exception {
    UnpackedImage unpacked = ImageBuild.unpacked(program, Architecture.here());

    assertThat(unpacked.file("/bin")).doesNotExist();
    assertThat(unpacked.file("/usr/bin")).doesNotExist();
    assertThat(unpacked.files())
        .filteredOn(UnpackedImage::isWritableByOthers)
        .containsExactly(unpacked.file("/tmp"));
  }

  @ParameterizedTest
  @EnumSource
  void holdsABillOfItsMaterials(Program program) throws Exception {
    UnpackedImage unpacked = ImageBuild.unpacked(program, Architecture.here());

    JsonNode bill =
        JSON.readTree(unpacked.file("/app/sbom/" + program.image + ".cdx.json").toFile());

    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    List<String> listed =
        StreamSupport.stream(bill.get("components").spliterator(), false)
            .map(part -> part.get("name").asText() + "-" + part.get("version").asText() + ".jar")
            .toList();
    assertThat(unpacked.names("/app/libs")).isNotEmpty().isSubsetOf(listed);
  }

  /** A new dependency may need a module that is not in the list of base/build. */
  @Test
  void javaHasTheModulesThatTheJarsNeed() throws Exception {
    var jars = new TreeMap<Path, Path>();
    for (Program program : Program.values()) {
      ImageBuild.unpacked(program, Architecture.here())
          .jars()
          .forEach(jar -> jars.put(jar.getFileName(), jar));
    }

    var needed = new TreeSet<>(UnpackedImage.modulesNamed(jars.values()));
    needed.removeAll(DISPENSABLE_MODULES);

    SavedImage image = ImageBuild.image(Program.OPERATOR, Architecture.here());
    UnpackedImage unpacked = ImageBuild.unpacked(Program.OPERATOR, Architecture.here());
    Path java = unpacked.file(image.environment().get("JAVA_HOME"));
    assertThat(UnpackedImage.version(java)).isEqualTo(25);
    assertThat(UnpackedImage.modules(java)).containsAll(needed);
  }

  /** The other architecture's can't be run here. */
  @ParameterizedTest
  @EnumSource
  void itsMachineCodeIsOfItsArchitecture(Architecture architecture) throws Exception {
    SavedImage image = ImageBuild.image(Program.OPERATOR, architecture);
    UnpackedImage unpacked = ImageBuild.unpacked(Program.OPERATOR, architecture);

    Path java = unpacked.file(image.environment().get("JAVA_HOME"));
    List<Path> libraryOfC =
        unpacked.files().stream().filter(file -> file.endsWith("libc.so.6")).toList();

    assertThat(libraryOfC).hasSize(1);
    for (Path file :
        List.of(
            java.resolve("bin/java"), java.resolve("lib/server/libjvm.so"), libraryOfC.get(0))) {
      assertThat(UnpackedImage.elfMachine(file)).as("%s", file).isEqualTo(architecture.elfMachine);
    }
  }

  @Test
  void theSameSourcesGiveTheSameBytes() throws Exception {
    ImageBuild.image(Program.OPERATOR, Architecture.here()); // The first build has happened.

    ImageBuild.again(folder, folder.resolve("caches"));

    for (Program program : Program.values()) {
      for (Architecture architecture : Architecture.values()) {
        SavedImage image = ImageBuild.image(program, architecture);
        assertThat(folder.resolve(program.tar(architecture))).hasSameBinaryContentAs(image.tar());
      }
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    return JSON.convertValue(
        object, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
  }
}
