package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.Answer;
import io.eventbackbone.cli.print.Format;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Prints an answer in the form that the person asks for. */
final class OutputOptions {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  /** Prints an answer, and returns the exit code. */
  int print(Answer answer, Supplier<String> table) {
    PrintWriter out = command.commandLine().getOut();
    out.print(
        switch (format) {
          case table -> table.get();
          case json -> Format.json(answer);
          case yaml -> Format.yaml(answer);
        });
    out.flush();
    return answer.exitCode().number();
  }
}
