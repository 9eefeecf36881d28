package io.eventbackbone.verification.services;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A person's terminal in a folder. What a command prints goes to a file. */
record Shell(Path folder, Map<String, String> environment) {

  /** A command that was started. */
  record Command(Process process, Path log) implements AutoCloseable {

    String output() throws IOException {
      return Files.readString(log);
    }

    /** Warnings of a language may stand before it. */
    String lastLine() throws IOException {
      return output().lines().reduce("", (before, line) -> line);
    }

    void awaitOutput(String text) {
      await("output with: " + text)
          .atMost(Backbone.PATIENCE)
          .until(() -> !process.isAlive() || output().contains(text));
      requireOutput(text);
    }

    private void requireOutput(String text) {
      try {
        if (!output().contains(text)) {
          throw new AssertionError("it ended without '%s':\n%s".formatted(text, output()));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** Waits until it has ended by itself. */
    int exit() throws InterruptedException {
      return process.waitFor();
    }

    /** Asks it to end, as a kubelet does. */
    int terminate() throws InterruptedException {
      process.destroy();
      return process.waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  Command start(String name, String script) throws IOException {
    Path log = Files.createTempFile(folder, name, ".log");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return new Command(builder.start(), log);
  }
}
