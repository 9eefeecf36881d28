package io.eventbackbone.verification.images;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The files of an image, in a folder. */
record UnpackedImage(Path root) {

  /**
   * The Java version whose classes jdeps reads. It fails from 23 on, since Jackson 3 has a class
   * for 21 and another of the same name for 23.
   */
  private static final String CLASSES_FOR = "21";

  /**
   * Needs java.base alone. jdeps takes the jars that it looks at for modules, and fails when two of
   * them hold the same package, as this one and Jackson 3 do.
   */
  private static final String NOT_LOOKED_AT = "fastdoubleparser-";

  private static final int ELF_MACHINE = 18;

  /** What a name in the image is here. */
  Path file(String nameInImage) {
    return root.resolve(nameInImage.replaceFirst("^/", ""));
  }

  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.toList();
    }
  }

  /** The names in a folder of the image. */
  List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(file(folder))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The feature version of a Java runtime. */
  static int version(Path java) throws IOException {
    return Runtime.Version.parse(release(java, "JAVA_VERSION")).feature();
  }

  /** The modules that are linked into a Java runtime. */
  static List<String> modules(Path java) throws IOException {
    return List.of(release(java, "MODULES").split(" ", -1));
  }

  private static String release(Path java, String property) throws IOException {
    var release = new Properties();
    try (var lines = Files.newBufferedReader(java.resolve("release"))) {
      release.load(lines);
    }
    return release.getProperty(property).replace("\"", "");
  }

  /** The jars of the program and of what it depends on. */
  List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.walk(file("/app"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  /** The modules of Java that jars name classes of. */
  static List<String> modulesNamed(Collection<Path> jars) throws IOException {
    var words =
        new ArrayList<>(
            List.of(
                "--multi-release",
                CLASSES_FOR,
                "--ignore-missing-deps",
                "--print-module-deps",
                "-q"));
    List<String> files = jars.stream().map(Path::toString).toList();
    words.addAll(List.of("--class-path", String.join(":", files)));
    jars.stream()
        .filter(jar -> !jar.getFileName().toString().startsWith(NOT_LOOKED_AT))
        .forEach(jar -> words.add(jar.toString()));
    var said = new StringWriter();
    var out = new PrintWriter(said);
    var jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    if (jdeps.run(out, out, words.toArray(String[]::new)) != 0) {
      throw new IOException("jdeps failed: " + said);
    }
    return List.of(said.toString().strip().split(",", -1));
  }

  static boolean isWritableByOthers(Path file) {
    try {
      Set<PosixFilePermission> permissions =
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
      return !Files.isSymbolicLink(file) && permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For which processor a program or library is, by its ELF header. */
  static int elfMachine(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getShort(ELF_MACHINE);
  }
}
