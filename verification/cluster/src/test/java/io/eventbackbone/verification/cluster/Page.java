package io.eventbackbone.verification.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a page of the documentation tells people to type.
 *
 * @param file such as one in {@code docs}
 */
record Page(Path file, List<Step> steps) {

  /**
   * A block of commands.
   *
   * @param output what the page says that they print, among other lines
   */
  record Step(String commands, List<String> output) {

    private static Step of(MatchResult block) {
      List<String> output =
          Optional.ofNullable(block.group(2)).stream().flatMap(String::lines).toList();
      return new Step(block.group(1), output);
    }
  }

  /** Commands, and right below them what they print. */
  private static final Pattern STEP =
      Pattern.compile("(?s)\n```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?");

  static Page read(String name) throws IOException {
    return read(Path.of("../..", "docs", name));
  }

  static Page read(Path file) throws IOException {
    return new Page(file, STEP.matcher(Files.readString(file)).results().map(Step::of).toList());
  }

  /** The one block of commands that a command is in. */
  String blockWith(String command) {
    List<String> found =
        steps.stream().map(Step::commands).filter(block -> block.contains(command)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%s has %d blocks with: %s".formatted(file, found.size(), command));
    }
    return found.get(0);
  }
}
