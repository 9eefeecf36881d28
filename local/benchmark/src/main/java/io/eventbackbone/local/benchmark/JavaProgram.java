package io.eventbackbone.local.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A jar that runs in a process of its own, and what it costs this machine. */
final class JavaProgram implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int LAST_LINES = 15;
  private static final Duration LOOK_AT_REST = Duration.ofSeconds(1);
  private static final double RESTING_CPU_SECONDS = 0.1;
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final int BYTES_PER_KIB = 1024;

  private final Process process;
  private final Path log;
  private final Thread endWithThisProcess;

  private JavaProgram(Process process, Path log) {
    this.process = process;
    this.log = log;
    endWithThisProcess = new Thread(process::destroy, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(endWithThisProcess);
  }

  /**
   * Starts a jar. Of this process's environment it sees everything but AWS settings, which would
   * lead it to real accounts, and {@code KUBECONFIG}.
   */
  static JavaProgram start(
      Path jar,
      List<String> jvmFlags,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.addAll(jvmFlags);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.startsWith("AWS_") || variable.equals("KUBECONFIG"));
    builder.environment().putAll(environment);
    try {
      return new JavaProgram(builder.start(), log);
    } catch (IOException e) {
      throw new BenchmarkFailure(jar + " could not be started", e);
    }
  }

  /** A TCP port of the loopback interface that is free now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchmarkFailure("no TCP port is free", e);
    }
  }

  void assertAlive() {
    if (!process.isAlive()) {
      throw new BenchmarkFailure(
          "a program has ended with exit code %d; the end of %s:%n%s"
              .formatted(process.exitValue(), log, tail()));
    }
  }

  /** The most memory that was resident so far. */
  long peakResidentBytes() {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
      return first(PEAK, status) * BYTES_PER_KIB;
    } catch (IOException e) {
      throw new BenchmarkFailure("resident memory is read from /proc, as on Linux", e);
    }
  }

  double cpuSeconds() {
    return process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new BenchmarkFailure("this system tells no CPU time of processes"))
            .toMillis()
        / 1000.0;
  }

  /** Waits until it has done what it began, such as loading classes: until it hardly runs. */
  void awaitRest() {
    double before;
    do {
      before = cpuSeconds();
      Patience.pause(LOOK_AT_REST);
    } while (cpuSeconds() - before > RESTING_CPU_SECONDS);
  }

  /** What is left of the heap after a full collection, which this causes. */
  long liveHeapBytes() {
    try {
      Process jcmd =
          new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      return first(LIVE, new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BenchmarkFailure("jcmd of this JDK could not be run", e);
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static long first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new BenchmarkFailure("there is no %s in: %s".formatted(pattern, text));
    }
    return Long.parseLong(matcher.group(1));
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(not readable: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithThisProcess);
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
