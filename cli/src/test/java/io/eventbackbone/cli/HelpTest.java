package io.eventbackbone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.cli.Backbone.Result;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

  static Stream<String> verbs() {
    return BackboneCommand.commandLine().getSubcommands().entrySet().stream()
        .filter(it -> !it.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbHasAnExample(String verb) {
    Result help = Backbone.run(verb, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("Usage: kubectl backbone " + verb)
        .contains("Example")
        .contains("  kubectl backbone " + verb)
        .contains("--kubeconfig", "--context", "--namespace");
  }

  /** The examples are command lines that the parser takes. */
  @ParameterizedTest
  @MethodSource("verbs")
  void examplesAreValid(String verb) {
    CommandLine line = BackboneCommand.commandLine();
    Stream.of(line.getSubcommands().get(verb).getCommandSpec().usageMessage().footer())
        .map(it -> it.substring(it.indexOf("kubectl backbone") + "kubectl backbone ".length()))
        .map(it -> it.replaceAll(" [|>].*", ""))
        .forEach(it ->
            assertThat(BackboneCommand.commandLine().parseArgs(it.split(" ")).errors()).isEmpty());
  }

  @Test
  void aMistakeEndsWithTwo() {
    assertThat(Backbone.run("who", "--no-such-option").exitCode()).isEqualTo(2);
    assertThat(Backbone.run("no-such-verb").exitCode()).isEqualTo(2);
    assertThat(Backbone.run("who", "X", "--from", "orders").err())
        .contains("'orders' is no NAMESPACE/NAME");
  }
}
