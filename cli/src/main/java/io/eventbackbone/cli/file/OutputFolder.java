package io.eventbackbone.cli.file;

import io.eventbackbone.cli.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that a person names for files.
 *
 * @param out gets the path of each file
 */
public record OutputFolder(Path folder, PrintWriter out) {

  /**
   * Writes a file, in place of one with this name.
   *
   * @param path in the folder, with slashes
   * @throws Failure if it can't be written
   */
  public void write(String path, String text) {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new Failure("%s would lie outside of %s".formatted(path, folder));
    }
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Failure(
          "%s can't be written: choose a folder that you may write to".formatted(file), e);
    }
    out.println(file);
    out.flush();
  }
}
