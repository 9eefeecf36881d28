package io.eventbackbone.verification.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page of the documentation tells people to type.
 *
 * @param file in {@code docs}
 */
record Page(Path file, List<String> blocks) {

  private static final Pattern BLOCK = Pattern.compile("(?s)\n```sh\n(.*?)```");

  static Page read(String name) throws IOException {
    Path file = Path.of("../..", "docs", name);
    return new Page(
        file,
        BLOCK.matcher(Files.readString(file)).results().map(block -> block.group(1)).toList());
  }

  /** The one block of commands that a command is in. */
  String blockWith(String command) {
    List<String> found = blocks.stream().filter(block -> block.contains(command)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%s has %d blocks with: %s".formatted(file, found.size(), command));
    }
    return found.get(0);
  }
}
