package io.eventbackbone.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK that the project's scripts run on, with JDKs that only tell their version. */
class FindJdkTest {

  private static final Path PROJECT = Path.of("../..");
  private static final List<String> SCRIPTS = List.of("mvnw", "quickstart", "benchmark");

  /** The programs that the scripts call. */
  private static final List<String> TOOLS =
      List.of(
          "cat", "date", "dirname", "grep", "head", "mkdir", "mv", "sed", "sleep", "sort", "tail",
          "touch", "wc");

  @TempDir private Path folder;

  private Path project;
  private Path tools;
  private Path home;

  @BeforeEach
  void copyTheScripts() throws IOException {
    project = Files.createDirectories(folder.resolve("a project"));
    tools = Files.createDirectories(folder.resolve("tools"));
    home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(project.resolve(".mvn"));
    for (String sourced : List.of(".mvn/jdk.sh", ".mvn/build.sh")) {
      Files.copy(PROJECT.resolve(sourced), project.resolve(sourced));
    }
    for (String script : SCRIPTS) {
      program(project.resolve(script), Files.readString(PROJECT.resolve(script)));
    }
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), installed(tool));
    }
    program(
        tools.resolve("mvn"),
        """
        #!/bin/sh
        case $1 in
          --version) echo 'Apache Maven 3.9.11' ;;
          *) echo "run by $JAVA_HOME"; echo "with ${MAVEN_OPTS-}" ;;
        esac
        """);
  }

  @ParameterizedTest
  @FieldSource("SCRIPTS")
  void takesTheJdkInJavaHome(String script) throws Exception {
    Path given = jdk("given", "21.0.1");
    jdk("home/.sdkman/candidates/java/25", "25");

    Run run = run(script, Map.of("JAVA_HOME", given.toString()));

    run.assertRunBy(given);
    assertThat(run.errors()).doesNotContain("JAVA_HOME");
  }

  @ParameterizedTest
  @FieldSource("SCRIPTS")
  void takesTheJdkOnThePath(String script) throws Exception {
    Path onPath = jdk("on the path", "22");
    jdk("home/.sdkman/candidates/java/25", "25");
    Files.createSymbolicLink(tools.resolve("javac"), onPath.resolve("bin/javac"));

    Run run = run(script, Map.of());

    run.assertRunBy(onPath);
    assertThat(run.errors()).doesNotContain("JAVA_HOME");
  }

  @ParameterizedTest
  @FieldSource("SCRIPTS")
  void passesOverJdksThatAreTooOld(String script) throws Exception {
    Path old = jdk("old", "17.0.15");
    Path oldest = jdk("oldest", "1.8.0_432");
    Files.createSymbolicLink(tools.resolve("javac"), oldest.resolve("bin/javac"));
    jdk("home/.sdkman/candidates/java/11", "11.0.2");
    Path recent = jdk("home/.sdkman/candidates/java/25", "25");

    Run run = run(script, Map.of("JAVA_HOME", old.toString()));

    run.assertRunBy(recent);
    assertThat(run.errors().lines())
        .contains(
            "%s: JAVA_HOME=%s is not a JDK 21 or newer; using %s.".formatted(script, old, recent))
        .filteredOn(line -> line.contains("JAVA_HOME"))
        .hasSize(1);
  }

  /** A folder of the user's is taken before one of the machine, which may have JDKs of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".sdkman/candidates/java/21.0.1-tem",
        ".jdks/temurin-21",
        ".gradle/jdks/eclipse_adoptium-21",
        ".asdf/installs/java/temurin-21",
        ".local/share/mise/installs/java/21",
        ".jabba/jdk/21",
        "Library/Java/JavaVirtualMachines/a jdk/Contents/Home"
      })
  void findsTheJdksOfVersionManagers(String place) throws Exception {
    Path managed = jdk("home/" + place, "21.0.1");

    run("mvnw", Map.of()).assertRunBy(managed);
  }

  /** The option is of Java 23. A user's options come last, so that they win. */
  @ParameterizedTest
  @CsvSource({
    "22.0.2, '',       ''",
    "22.0.2, -Xmx512m, -Xmx512m",
    "23,     '',       --sun-misc-unsafe-memory-access=allow",
    "25.0.1, -Xmx512m, --sun-misc-unsafe-memory-access=allow -Xmx512m",
  })
  void quietensWarningsOfMavensLibraries(String version, String given, String passed)
      throws Exception {
    Path jdk = jdk("jdk", version);

    Run run = run("mvnw", Map.of("JAVA_HOME", jdk.toString(), "MAVEN_OPTS", given));

    run.assertRunBy(jdk);
    assertThat(run.output().lines()).contains("with " + passed);
  }

  @ParameterizedTest
  @FieldSource("SCRIPTS")
  void saysWhatToInstallWhereThereIsNone(String script) throws Exception {
    Files.writeString(
        project.resolve(".mvn/jdk.sh"),
        "jdk_usual_folders() { :; } # This machine may have a JDK there.\n",
        StandardOpenOption.APPEND);
    Path old = jdk("old", "17.0.15");

    Run run = run(script, Map.of("JAVA_HOME", old.toString()));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors())
        .startsWith(script + ": there is no JDK 21 or newer")
        .contains("install one", "openjdk-21-jdk", "https://adoptium.net", "JAVA_HOME");
  }

  /** A JDK that tells its version and its folder, and whose java tells who ran it. */
  private Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    program(
        jdk.resolve("bin/javac"),
        """
        #!/bin/sh
        echo '    java.home = %s' >&2
        echo 'javac %s'
        """
            .formatted(jdk, version));
    program(jdk.resolve("bin/java"), "#!/bin/sh\necho 'run by %s'\n".formatted(jdk));
    return jdk;
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path installed(String tool) {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .map(searched -> Path.of(searched, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + tool + " on the PATH"));
  }

  private Run run(String script, Map<String, String> environment) throws Exception {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    var builder =
        new ProcessBuilder(project.resolve(script).toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("HOME", home.toString(), "PATH", tools.toString()));
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Run(exit, Files.readString(output), Files.readString(errors));
  }

  /** What a script left. */
  private record Run(int exit, String output, String errors) {

    /** The script, and the Maven that it started, ran on this JDK alone. */
    void assertRunBy(Path jdk) {
      assertThat(exit).as(errors).isZero();
      assertThat(output.lines().filter(line -> line.startsWith("run by ")).distinct())
          .containsExactly("run by " + jdk);
    }
  }
}
