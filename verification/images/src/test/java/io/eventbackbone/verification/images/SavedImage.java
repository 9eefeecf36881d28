package io.eventbackbone.verification.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/** An image in a tarball of the form that {@code docker save} writes. */
record SavedImage(Path tar) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  /** The image's configuration, as the OCI image specification has it. */
  JsonNode configuration() throws IOException {
    return json(manifest().get("Config").asText());
  }

  /** What it is called once it is loaded. */
  String name() throws IOException {
    return texts(manifest().get("RepoTags")).get(0);
  }

  List<String> words(String field) throws IOException {
    return texts(configuration().path("config").path(field));
  }

  Map<String, String> environment() throws IOException {
    var environment = new LinkedHashMap<String, String>();
    for (String variable : words("Env")) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return environment;
  }

  /** Lays the layers over each other in a folder, as a container runtime would. */
  UnpackedImage unpack(Path root) throws IOException {
    for (String layer : texts(manifest().get("Layers"))) {
      try (var archive = new TarFile(tar.toFile());
          var files = new TarArchiveInputStream(new GZIPInputStream(entry(archive, layer)))) {
        for (var file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
          place(root, file, files);
        }
      }
    }
    return new UnpackedImage(root);
  }

  private static void place(Path root, TarArchiveEntry entry, InputStream content)
      throws IOException {
    Path file = root.resolve(entry.getName()).normalize();
    String name = String.valueOf(file.getFileName());
    if (!file.startsWith(root)) {
      throw new IOException(entry.getName() + " is outside of the image");
    } else if (name.equals(OPAQUE)) {
      deleteContents(file.getParent());
    } else if (name.startsWith(WHITEOUT)) {
      deleteTree(file.resolveSibling(name.substring(WHITEOUT.length())));
    } else if (entry.isDirectory()) {
      Files.createDirectories(file);
      setMode(file, entry.getMode());
    } else if (entry.isSymbolicLink()) {
      deleteTree(file);
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      deleteTree(file);
      Files.createDirectories(file.getParent());
      Files.copy(content, file);
      setMode(file, entry.getMode());
    } else {
      throw new IOException(entry.getName() + " is of a kind that no image here should have");
    }
  }

  private static void setMode(Path file, int mode) throws IOException {
    var permissions = EnumSet.noneOf(PosixFilePermission.class);
    var all = PosixFilePermission.values(); // OWNER_READ first, the highest of nine bits.
    for (int bit = 0; bit < all.length; bit++) {
      if ((mode & (1 << (all.length - 1 - bit))) != 0) {
        permissions.add(all[bit]);
      }
    }
    Files.setPosixFilePermissions(file, permissions);
  }

  private static void deleteContents(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        deleteTree(file);
      }
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private JsonNode manifest() throws IOException {
    return json("manifest.json").get(0);
  }

  private JsonNode json(String name) throws IOException {
    try (var archive = new TarFile(tar.toFile());
        var content = entry(archive, name)) {
      return JSON.readTree(content);
    }
  }

  private static InputStream entry(TarFile archive, String name) throws IOException {
    for (TarArchiveEntry entry : archive.getEntries()) {
      if (entry.getName().equals(name)) {
        return archive.getInputStream(entry);
      }
    }
    throw new IOException("there is no " + name + " in the image");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
