package io.eventbackbone.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;

/** The command in this process, with what it prints. */
public final class Backbone {

  private Backbone() {}

  /** What a call came to. */
  public record Result(int exitCode, String out, String err) {}

  /** A call that goes on until it is interrupted. */
  public static final class Running implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 60_000;

    private final StringWriter out = new StringWriter();
    private final AtomicInteger exitCode = new AtomicInteger(-1);
    private final Thread thread;

    private Running(String... arguments) {
      CommandLine line =
          BackboneCommand.commandLine(arguments)
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(out));
      thread = new Thread(() -> exitCode.set(line.execute(arguments)), "backbone");
      thread.start();
    }

    /** What it has printed so far. */
    public String out() {
      return out.toString();
    }

    /** Interrupts it, as Ctrl-C does; what it ends with. */
    public int end() throws InterruptedException {
      thread.interrupt();
      thread.join(PATIENCE_MILLIS);
      return exitCode.get();
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  public static Running start(String... arguments) {
    return new Running(arguments);
  }

  public static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        BackboneCommand.commandLine(arguments)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    int exitCode = line.execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
