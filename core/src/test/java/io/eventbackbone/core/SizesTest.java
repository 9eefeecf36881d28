package io.eventbackbone.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The sizes that a reader can take in, held for the main code of all modules. */
class SizesTest {

  private static final int LINES_OF_A_FILE = 350;
  private static final int LINES_OF_A_METHOD = 40;
  private static final int TYPES_OF_A_PACKAGE = 24;

  /** A version of an API is one package, so that its name is its version. */
  private static final String API_VERSION = "/v1alpha1";

  @Test
  void filesAreShort() {
    assertThat(
            sources()
                .filter(source -> lines(source).size() > LINES_OF_A_FILE)
                .map(source -> source.getFileName().toString()))
        .isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    assertThat(sources()).isNotEmpty();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources().toList()));
      LongMethods longMethods = new LongMethods(Trees.instance(task).getSourcePositions());
      longMethods.scan(task.parse(), null);
      assertThat(longMethods.found).isEmpty();
    }
  }

  @Test
  void packagesAreSmall() {
    Map<Path, Long> types =
        sources()
            .filter(source -> !source.endsWith("package-info.java"))
            .filter(source -> !source.getParent().toString().endsWith(API_VERSION))
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    types.values().removeIf(count -> count <= TYPES_OF_A_PACKAGE);
    assertThat(types.keySet()).extracting(room -> room.getFileName().toString()).isEmpty();
  }

  private static final class LongMethods extends TreeScanner<Void, CompilationUnitTree> {

    private final SourcePositions positions;
    private final List<String> found = new ArrayList<>();

    LongMethods(SourcePositions positions) {
      this.positions = positions;
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree unit, CompilationUnitTree outer) {
      return super.visitCompilationUnit(unit, unit);
    }

    @Override
    public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
      LineMap map = unit.getLineMap();
      long end = positions.getEndPosition(unit, method);
      if (end >= 0) {
        long lines =
            map.getLineNumber(end)
                - map.getLineNumber(positions.getStartPosition(unit, method))
                + 1;
        if (lines > LINES_OF_A_METHOD) {
          found.add(
              "%s %s"
                  .formatted(
                      Path.of(unit.getSourceFile().getName()).getFileName(), method.getName()));
        }
      }
      return super.visitMethod(method, unit);
    }
  }

  private static Stream<Path> sources() {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path source) {
    try {
      return Files.readAllLines(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
