package io.eventbackbone.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

  private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");

  @ParameterizedTest
  @EnumSource
  void isDocumented(Reason reason) {
    assertThat(OPERATIONS)
        .content()
        .contains(
            "| `%s` | %s | %s |".formatted(reason.text(), outlook(reason), reason.explanation()));
  }

  private static String outlook(Reason reason) {
    return switch (reason.outlook()) {
      case CURRENT -> "";
      case RECONCILING -> "Reconciling";
      case STALLED -> "Stalled";
    };
  }
}
