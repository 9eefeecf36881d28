package io.eventbackbone.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

  private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
  private static final List<Path> SOURCES =
      List.of(Path.of("src", "main", "java"), Path.of("..", "core", "src", "main", "java"));
  private static final Pattern USE = Pattern.compile("\\bReason\\.([A-Z_]+)\\b");

  @ParameterizedTest
  @EnumSource
  void isDocumented(Reason reason) {
    assertThat(OPERATIONS)
        .content()
        .contains(
            "| `%s` | %s | %s |".formatted(reason.text(), outlook(reason), reason.explanation()));
  }

  @Test
  void allAreGiven() {
    List<String> given =
        SOURCES.stream()
            .flatMap(ReasonTest::javaFiles)
            .flatMap(ReasonTest::uses)
            .distinct()
            .toList();
    assertThat(Reason.values()).extracting(Reason::name).hasSameElementsAs(given);
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> uses(Path file) {
    try {
      return USE.matcher(Files.readString(file)).results().map(match -> match.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String outlook(Reason reason) {
    return switch (reason.outlook()) {
      case CURRENT -> "";
      case RECONCILING -> "Reconciling";
      case STALLED -> "Stalled";
    };
  }
}
