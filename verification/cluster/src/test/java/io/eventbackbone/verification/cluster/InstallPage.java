package io.eventbackbone.verification.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What docs/install.md tells people to type. */
record InstallPage(List<String> blocks) {

  private static final Path FILE = Path.of("../..", "docs", "install.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```sh\n(.*?)```");

  static InstallPage read() throws IOException {
    return new InstallPage(
        BLOCK.matcher(Files.readString(FILE)).results().map(block -> block.group(1)).toList());
  }

  /** The one block of commands that a command is in. */
  String blockWith(String command) {
    List<String> found = blocks.stream().filter(block -> block.contains(command)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%s has %d blocks with: %s".formatted(FILE, found.size(), command));
    }
    return found.get(0);
  }
}
