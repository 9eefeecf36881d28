package io.eventbackbone.local.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that is run to its end, with nothing on its standard input.
 *
 * @param words the program and its first arguments
 * @param folder in which it runs
 * @param environment in addition to the environment of this process
 */
public record Command(List<String> words, Path folder, Map<String, String> environment) {

  private static final File NOTHING = new File("/dev/null");

  /** How a call ended. */
  public record Result(int exitCode, String output, String errors) {

    /** What was printed, to the standard output first. */
    public String text() {
      return output + errors;
    }
  }

  public static Command of(Path program, Map<String, String> environment) {
    return new Command(List.of(program.toString()), Path.of(""), environment);
  }

  /** The same with one more argument in every call. */
  public Command with(String argument) {
    return new Command(
        Stream.concat(words.stream(), Stream.of(argument)).toList(), folder, environment);
  }

  /**
   * What a call prints to its standard output.
   *
   * @throws ProgramFailure with all that was printed, when the call fails
   */
  public String run(String... arguments) {
    Result result = attempt(arguments);
    if (result.exitCode() != 0) {
      throw new ProgramFailure(
          "%s %s: exit code %d: %s"
              .formatted(
                  words.get(0), String.join(" ", arguments), result.exitCode(), result.text()));
    }
    return result.output();
  }

  public Result attempt(String... arguments) {
    try {
      Path output = Files.createTempFile("command", ".out");
      Path errors = Files.createTempFile("command", ".err");
      ProcessBuilder process =
          new ProcessBuilder(Stream.concat(words.stream(), Arrays.stream(arguments)).toList())
              .directory(folder.toAbsolutePath().toFile())
              .redirectInput(NOTHING)
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
      throw new ProgramFailure(words.get(0) + " could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProgramFailure("interrupted", e);
    }
  }
}
