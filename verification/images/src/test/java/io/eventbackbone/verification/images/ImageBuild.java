package io.eventbackbone.verification.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What people run to get images: {@code ./mvnw -Pimages package}. */
final class ImageBuild {

  static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  static final Path TARGET = Path.of("target").toAbsolutePath();
  static final String VERSION = System.getProperty("images.version");

  private static final int LAST_LINES = 30;
  private static final Map<Path, UnpackedImage> UNPACKED = new HashMap<>();
  private static State state = State.TO_DO;

  /** A build that failed is not tried again for every test. */
  private enum State {
    TO_DO,
    FAILED,
    DONE
  }

  private ImageBuild() {}

  /** The image as this project's build leaves it, built at the first call. */
  static synchronized SavedImage image(Program program, Architecture architecture)
      throws IOException, InterruptedException {
    if (state == State.TO_DO) {
      state = State.FAILED;
      build("image-build.log", List.of());
      state = State.DONE;
    }
    if (state == State.FAILED) {
      throw new IllegalStateException(
          "the images could not be built: see the first test's failure");
    }
    return new SavedImage(program.folder().resolve(program.tar(architecture)));
  }

  /** The files of such an image, unpacked at the first call and shared: leave them as they are. */
  static synchronized UnpackedImage unpacked(Program program, Architecture architecture)
      throws IOException, InterruptedException {
    SavedImage image = image(program, architecture);
    if (!UNPACKED.containsKey(image.tar())) {
      Path root = TARGET.resolve("unpacked").resolve(program.tar(architecture));
      SavedImage.deleteTree(root);
      UNPACKED.put(image.tar(), image.unpack(Files.createDirectories(root)));
    }
    return UNPACKED.get(image.tar());
  }

  /** Builds all images anew into a folder, with new jars and nothing of Jib's caches. */
  static void again(Path folder, Path caches) throws IOException, InterruptedException {
    build(
        "image-build-again.log",
        List.of(
            "-Dmaven.main.skip",
            "-Dmaven.jar.forceCreation",
            "-Dimage.output=" + folder,
            "-Djib.baseImageCache=" + caches.resolve("base"),
            "-Djib.applicationCache=" + caches.resolve("application")));
  }

  private static void build(String logName, List<String> properties)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("./mvnw", "--batch-mode", "-Pimages", "package"));
    command.add("-Dmaven.test.skip");
    command.addAll(List.of("-am", "-pl", modules()));
    if ("offline: true".equals(System.getProperty("images.network"))) {
      command.add("--offline");
    }
    command.addAll(properties);
    Path log = TARGET.resolve(logName);
    int exit =
        new ProcessBuilder(command)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      var lines = Files.readAllLines(log);
      throw new IllegalStateException(
          "%s failed; the end of %s:%n%s"
              .formatted(
                  String.join(" ", command),
                  log,
                  String.join(
                      "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))));
    }
  }

  private static String modules() {
    return Arrays.stream(Program.values())
        .map(program -> program.module)
        .collect(Collectors.joining(","));
  }
}
