package io.eventbackbone.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A server as a child process, what it prints in a file. */
record ServerProcess(String name, Process process, Path log) {

  private static final int LINES_TOLD = 10;

  /** Starts it in a folder, the file beside what it writes there. */
  static ServerProcess start(Path program, List<String> arguments, Path folder) {
    String name = program.getFileName().toString();
    Path log = folder.resolve(name + ".log");
    try {
      var process =
          new ProcessBuilder(
                  Stream.concat(Stream.of(program.toString()), arguments.stream()).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ServerProcess(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(program + " could not be started", e);
    }
  }

  /**
   * Runs a program to its end, in a folder.
   *
   * @throws IllegalStateException when it fails, with the last lines that it printed
   */
  static void run(Path program, List<String> arguments, Path folder) {
    ServerProcess run = start(program, arguments, folder);
    if (run.process().onExit().join().exitValue() != 0) {
      throw new IllegalStateException(run.report());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What happened to it, and the last lines that it printed. */
  String report() {
    String state = isAlive() ? "is running" : "ended with exit code " + process.exitValue();
    return "%s %s, and printed at last:%n%s".formatted(name, state, lastLines());
  }

  private String lastLines() {
    try {
      var lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(log + " could not be read", e);
    }
  }

  /** Ends it at once, and returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
