package io.eventbackbone.local.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The Java programs that the quickstart runs. Each has a log file of its own; all end with this
 * process, however that ends short of SIGKILL.
 */
final class Children implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int LAST_LINES = 15;

  /** For programs that run a few minutes on a laptop: start quickly, stay small. */
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m");

  private record Child(String name, Process process, Path log) {}

  private final Path folder;
  private final List<Child> children = new CopyOnWriteArrayList<>();
  private final Thread endWithThisProcess = new Thread(this::end, "end-children");

  Children(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(endWithThisProcess);
  }

  /**
   * Starts a jar. Of this process's environment the child sees everything but AWS settings, which
   * would lead it to real accounts, and {@code KUBECONFIG}.
   */
  void start(String name, Path jar, List<String> arguments, Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    Path log = log(name);
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.startsWith("AWS_") || variable.equals("KUBECONFIG"));
    builder.environment().putAll(environment);
    try {
      children.add(new Child(name, builder.start(), log));
    } catch (IOException e) {
      throw new QuickstartFailure("the " + name + " could not be started", e);
    }
  }

  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** Fails if one of them has ended: none should before all do. */
  void assertAlive() {
    for (Child child : children) {
      if (!child.process().isAlive()) {
        throw new QuickstartFailure(
            "the %s has ended with exit code %d; the end of %s:%n%s"
                .formatted(
                    child.name(), child.process().exitValue(), child.log(), tail(child.log())));
      }
    }
  }

  private static String tail(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(not readable: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithThisProcess);
    end();
  }

  /** Ends them in the opposite order of their start, all at once where they don't listen. */
  private void end() {
    var reversed = new ArrayList<>(children);
    Collections.reverse(reversed);
    reversed.forEach(child -> child.process().destroy());
    for (Child child : reversed) {
      if (!endsWithin(child.process(), GRACE)) {
        child.process().destroyForcibly();
      }
    }
  }

  private static boolean endsWithin(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
