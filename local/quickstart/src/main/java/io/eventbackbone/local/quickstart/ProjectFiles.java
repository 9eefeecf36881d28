package io.eventbackbone.local.quickstart;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** A checkout of this project whose jars are built. */
record ProjectFiles(Path root) {

  private static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** The checkout whose {@code local/quickstart/target} the running jar lies in. */
  static ProjectFiles ofRunningJar() {
    try {
      Path jar =
          Path.of(ProjectFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new ProjectFiles(jar.resolve("../../../..").normalize());
    } catch (URISyntaxException e) {
      throw new QuickstartFailure("the running jar has no file name", e);
    }
  }

  Path crds() {
    return root.resolve("crds");
  }

  Path sample(String name) {
    return root.resolve("samples").resolve(name);
  }

  Path sandboxJar() {
    return existing("sandbox/target/event-backbone-sandbox.jar");
  }

  Path operatorJar() {
    return existing("operator/target/event-backbone-operator.jar");
  }

  /** The program that a container image of the samples holds. */
  Path serviceJar(String service) {
    return existing("services/" + service + "/target/" + service + ".jar");
  }

  /** A new folder for the logs and the kubeconfig of one run. */
  Path newRunFolder() {
    try {
      return Files.createDirectories(
          root.resolve("local/quickstart/target/quickstart")
              .resolve(ZonedDateTime.now(ZoneId.systemDefault()).format(RUN)));
    } catch (IOException e) {
      throw new QuickstartFailure("no folder for this run's logs could be made", e);
    }
  }

  private Path existing(String file) {
    Path path = root.resolve(file);
    if (!Files.exists(path)) {
      throw new QuickstartFailure(path + " is missing: build it with ./mvnw package -DskipTests");
    }
    return path;
  }
}
