package io.eventbackbone.local.benchmark;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkout of this project whose jars are built. */
record ProjectFiles(Path root) {

  /** The checkout whose {@code local/benchmark/target} the running jar or the classes lie in. */
  static ProjectFiles ofRunningCode() {
    try {
      Path code =
          Path.of(ProjectFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new ProjectFiles(code.resolve("../../../..").normalize());
    } catch (URISyntaxException e) {
      throw new BenchmarkFailure("the running jar has no file name", e);
    }
  }

  Path crds() {
    return root.resolve("crds");
  }

  /** Where the results go. */
  Path json() {
    return root.resolve("target/benchmark.json");
  }

  /** Where each run keeps its logs. */
  Path runs() {
    return root.resolve("local/benchmark/target/runs");
  }

  Path operatorJar() {
    return existing("operator/target/event-backbone-operator.jar");
  }

  Path sandboxJar() {
    return existing("sandbox/target/event-backbone-sandbox.jar");
  }

  private Path existing(String file) {
    Path path = root.resolve(file);
    if (!Files.exists(path)) {
      throw new BenchmarkFailure(path + " is missing: build it with ./mvnw package -DskipTests");
    }
    return path;
  }
}
