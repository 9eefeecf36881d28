package io.eventbackbone.cli.file;

import io.eventbackbone.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a person gives to a command. */
public final class InputFile {

  private static final String STANDARD_INPUT = "-";

  private InputFile() {}

  /**
   * The text of a file, or of standard input.
   *
   * @param option that names the file
   * @throws Failure if it can't be read
   */
  public static String read(String option, String file) {
    try {
      return file.equals(STANDARD_INPUT)
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new Failure(
          "%s %s can't be read: it does not exist, or is no text".formatted(option, file), e);
    }
  }
}
