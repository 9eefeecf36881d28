package io.eventbackbone.verification.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program with arguments and environment that every call of it has. */
record Command(List<String> words, Map<String, String> environment) {

  /** How a call ended. */
  record Result(int exitCode, String output, String errors) {}

  static Command of(Path program, Map<String, String> environment) {
    return new Command(List.of(program.toString()), environment);
  }

  /** The same with one more argument in every call. */
  Command with(String argument) {
    return new Command(Stream.concat(words.stream(), Stream.of(argument)).toList(), environment);
  }

  /** What a call that succeeds says; fails with its errors otherwise. */
  String run(String... arguments) {
    Result result = attempt(arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError(
          "%s %s: exit code %d: %s%s"
              .formatted(
                  words.get(0),
                  String.join(" ", arguments),
                  result.exitCode(),
                  result.output(),
                  result.errors()));
    }
    return result.output();
  }

  Result attempt(String... arguments) {
    try {
      Path output = Files.createTempFile("command", ".out");
      Path errors = Files.createTempFile("command", ".err");
      ProcessBuilder process =
          new ProcessBuilder(Stream.concat(words.stream(), Arrays.stream(arguments)).toList())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      process.environment().putAll(environment);
      int exitCode = process.start().waitFor();
      Result result =
          new Result(
              exitCode,
              Files.readString(output, StandardCharsets.UTF_8),
              Files.readString(errors, StandardCharsets.UTF_8));
      Files.delete(output);
      Files.delete(errors);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
