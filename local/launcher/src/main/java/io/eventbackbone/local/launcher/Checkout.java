package io.eventbackbone.local.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** A checkout of this project. Its jars are built before they are asked for. */
public record Checkout(Path root) {

  private static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** The checkout that holds the jar or the folder of classes that the program runs from. */
  public static Checkout of(Class<?> program) {
    try {
      Path code = Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = code.getParent();
      while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
        folder = folder.getParent();
      }
      if (folder == null) {
        throw new ProgramFailure(code + " is not in a checkout of this project");
      }
      return new Checkout(folder);
    } catch (URISyntaxException e) {
      throw new ProgramFailure("the running jar has no file name", e);
    }
  }

  public Path crds() {
    return root.resolve("crds");
  }

  public Path sample(String name) {
    return root.resolve("samples").resolve(name);
  }

  public Path sandboxJar() {
    return existing("sandbox/target/event-backbone-sandbox.jar");
  }

  public Path operatorJar() {
    return existing("operator/target/event-backbone-operator.jar");
  }

  public Path cliJar() {
    return existing("cli/target/event-backbone-cli.jar");
  }

  /** {@code kubectl backbone} as people call it. */
  public Path cli() {
    return existing("cli/target/kubectl-backbone");
  }

  /** The program that a container image of the samples holds. */
  public Path serviceJar(String service) {
    return existing("services/" + service + "/target/" + service + ".jar");
  }

  /** A new folder for what one run writes, below a folder of the checkout. */
  public Path newRunFolder(String runs) {
    try {
      return Files.createDirectories(
          root.resolve(runs).resolve(ZonedDateTime.now(ZoneId.systemDefault()).format(RUN)));
    } catch (IOException e) {
      throw new ProgramFailure("no folder for this run's logs could be made", e);
    }
  }

  private Path existing(String file) {
    Path path = root.resolve(file);
    if (!Files.exists(path)) {
      throw new ProgramFailure(path + " is missing: build it with ./mvnw package -DskipTests");
    }
    return path;
  }
}
