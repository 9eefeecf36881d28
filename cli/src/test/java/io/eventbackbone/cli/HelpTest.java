package io.eventbackbone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.cli.Backbone.Result;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

  static Stream<String> verbs() {
    return verbs("", BackboneCommand.commandLine());
  }

  /** A command with commands of its own is no verb, but they are. */
  private static Stream<String> verbs(String path, CommandLine line) {
    return line.getSubcommands().entrySet().stream()
        .filter(it -> !it.getValue().getCommandSpec().usageMessage().hidden())
        .flatMap(it ->
            it.getValue().getSubcommands().isEmpty()
                ? Stream.of(path + it.getKey())
                : verbs(path + it.getKey() + " ", it.getValue()));
  }

  private static CommandLine command(String verb) {
    CommandLine line = BackboneCommand.commandLine();
    for (String name : verb.split(" ", -1)) {
      line = line.getSubcommands().get(name);
    }
    return line;
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbHasAnExample(String verb) {
    Result help = Backbone.run((verb + " --help").split(" ", -1));

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
    Stream.of(command(verb).getCommandSpec().usageMessage().footer())
        .map(it -> it.substring(it.indexOf("kubectl backbone") + "kubectl backbone ".length()))
        .map(it -> it.replaceAll(" [|>].*", ""))
        .forEach(it -> assertThat(parsed(it.split(" ")).errors()).isEmpty());
  }

  @Test
  void aMistakeEndsWithTwo() {
    assertThat(Backbone.run("who", "--no-such-option").exitCode()).isEqualTo(2);
    assertThat(Backbone.run("no-such-verb").exitCode()).isEqualTo(2);
    assertThat(Backbone.run("who", "X", "--from", "orders").err())
        .contains("'orders' is no NAMESPACE/NAME");
  }

  private static CommandLine.ParseResult parsed(String... arguments) {
    return BackboneCommand.commandLine(arguments).parseArgs(arguments);
  }
}
