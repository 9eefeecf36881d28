package io.eventbackbone.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A jar that runs in a process of its own. The process ends with this one, unless SIGKILL ends this
 * one.
 */
public final class JavaProgram implements AutoCloseable {

  /**
   * What to start.
   *
   * @param environment in addition to the environment of this process
   * @param log the file that gets what the program prints, in place of what it held before
   */
  public record Launch(
      Path jar,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {}

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int LAST_LINES = 15;

  private final Process process;
  private final Path log;
  private final Thread endWithThisProcess;

  private JavaProgram(Process process, Path log) {
    this.process = process;
    this.log = log;
    endWithThisProcess = new Thread(this::end, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(endWithThisProcess);
  }

  /**
   * Starts a jar. The program sees the environment of this process without {@code KUBECONFIG} and
   * AWS settings, which would lead it to real clusters and accounts.
   */
  public static JavaProgram start(Launch launch) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.jvmOptions());
    command.add("-jar");
    command.add(launch.jar().toString());
    command.addAll(launch.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(launch.log().toFile());
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.startsWith("AWS_") || variable.equals("KUBECONFIG"));
    builder.environment().putAll(launch.environment());
    try {
      return new JavaProgram(builder.start(), launch.log());
    } catch (IOException e) {
      throw new ProgramFailure(launch.jar() + " could not be started", e);
    }
  }

  public Process process() {
    return process;
  }

  /** What the program has printed so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new ProgramFailure(log + " could not be read", e);
    }
  }

  /**
   * Does nothing while the program runs.
   *
   * @throws ProgramFailure with the last lines of the log, when the program has ended
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new ProgramFailure(
          "a program has ended with exit code %d; the end of %s:%n%s"
              .formatted(process.exitValue(), log, tail()));
    }
  }

  private String tail() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Asks the program to end, and does not wait for its end. */
  public void askToEnd() {
    process.destroy();
  }

  private void end() {
    askToEnd();
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the program to end, and ends it by force if it does not end within 30 seconds. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithThisProcess);
    end();
  }
}
