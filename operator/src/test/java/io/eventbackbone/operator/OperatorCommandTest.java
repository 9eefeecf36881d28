package io.eventbackbone.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.wanted.Owner;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OperatorCommandTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "0123456789012345678901234567890123456"})
  void aClusterIdThatTheOwnerTagCanNotHoldIsRefused(String id) {
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new OperatorCommand())
            .setErr(new PrintWriter(err))
            .execute("--cluster-id=" + id);
    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .contains("--cluster-id %s is not valid".formatted(id))
        .contains("1 to %d letters".formatted(Owner.LONGEST_CLUSTER_ID));
  }
}
