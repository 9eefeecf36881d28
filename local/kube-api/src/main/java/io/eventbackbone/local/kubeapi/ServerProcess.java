package io.eventbackbone.local.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A server as a child process, what it prints in a file. It ends with this process, also where that
 * is killed, or halts without its shutdown hooks as Maven's test processes may.
 *
 * @param end of the process and of what guards it
 */
record ServerProcess(String name, Process process, Path log, CompletableFuture<Process> end) {

  private static final int LINES_TOLD = 10;

  /** Waits for the end of its standard input, which is the end of this process. */
  private static final String KILL_AT_END_OF_INPUT =
      "trap '' HUP INT TERM; while read -r line; do :; done; kill -9 \"$1\"";

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
      return new ServerProcess(name, process, log, guard(process));
    } catch (IOException e) {
      throw new UncheckedIOException(program + " could not be started", e);
    }
  }

  private static CompletableFuture<Process> guard(Process process) throws IOException {
    var guard =
        new ProcessBuilder("sh", "-c", KILL_AT_END_OF_INPUT, "guard", Long.toString(process.pid()))
            .start();
    // Before its input ends, or it may kill another process that has the number by then.
    return process.onExit().thenCompose(ended -> guard.destroyForcibly().onExit());
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
    end.join();
  }
}
