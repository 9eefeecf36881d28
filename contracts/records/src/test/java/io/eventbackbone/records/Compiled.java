package io.eventbackbone.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.eventbackbone.records.JavaRecords.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Generated sources, compiled with every warning as an error, and read and written by Jackson. */
final class Compiled implements AutoCloseable {

  /** Refuses what records don't declare, unless they say that they ignore it. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final URLClassLoader loader;

  private Compiled(Path classes) throws IOException {
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
  }

  static Compiled of(List<SourceFile> sources, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (SourceFile source : sources) {
      Path file = folder.resolve(source.path());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.text()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(said, null, null)) {
      compiler
          .getTask(
              null,
              manager,
              said,
              List.of(
                  "-proc:none",
                  "-parameters",
                  "-Xlint:all,-classfile",
                  "-Werror",
                  "--release",
                  "21",
                  "-classpath",
                  System.getProperty("java.class.path"),
                  "-d",
                  folder.toString()),
              null,
              manager.getJavaFileObjectsFromPaths(files))
          .call();
    }
    assertThat(said.getDiagnostics()).isEmpty();
    return new Compiled(folder);
  }

  Class<?> type(String name) {
    try {
      return loader.loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** A record of the document. */
  Object read(String type, JsonNode document) throws JsonProcessingException {
    return JSON.treeToValue(document, type(type));
  }

  static JsonNode written(Object value) {
    try {
      return JSON.readTree(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
