package io.eventbackbone.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A folder that holds what was generated last, and nothing else. */
final class OutputFolder {

  private OutputFolder() {}

  /**
   * Writes files. A file with the same text stays untouched, so that nothing is compiled again for
   * it; a file that is no longer made goes.
   *
   * @param files by their paths in the folder
   */
  static void write(Path folder, Map<String, String> files) throws IOException {
    Set<Path> made = new HashSet<>();
    for (Map.Entry<String, String> it : files.entrySet()) {
      Path file = folder.resolve(it.getKey()).normalize();
      if (!file.startsWith(folder)) {
        throw new IOException("%s is no path in %s".formatted(it.getKey(), folder));
      }
      made.add(file);
      if (!Files.exists(file) || !Files.readString(file).equals(it.getValue())) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, it.getValue());
      }
    }
    if (Files.exists(folder)) {
      try (Stream<Path> present = Files.walk(folder)) {
        for (Path file : present.filter(Files::isRegularFile).toList()) {
          if (!made.contains(file)) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
