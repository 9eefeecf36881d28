package io.eventbackbone.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The command in this process, with what it prints. */
public final class Backbone {

  private Backbone() {}

  /** What a call came to. */
  public record Result(int exitCode, String out, String err) {}

  public static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        BackboneCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    int exitCode = line.execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
