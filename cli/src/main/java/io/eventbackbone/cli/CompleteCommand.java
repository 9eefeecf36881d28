package io.eventbackbone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What kubectl asks {@code kubectl_complete-backbone} when a person presses Tab: candidates for the
 * last word, a line each, then a directive of Cobra's.
 */
@Command(name = CompleteCommand.NAME, hidden = true)
final class CompleteCommand implements Callable<Integer> {

  static final String NAME = "__complete";

  /** The shell does not offer files in place of candidates. */
  private static final String NO_FILES = ":4";

  @Spec private CommandSpec command;

  @Parameters private List<String> words = List.of();

  @Override
  public Integer call() {
    List<String> line = words.isEmpty() ? List.of("") : words;
    int last = line.size() - 1;
    String begun = line.get(last);
    List<CharSequence> rests = new ArrayList<>();
    AutoComplete.complete(
        command.root(),
        line.toArray(String[]::new),
        last,
        begun.length(),
        String.join(" ", line).length(),
        rests);
    PrintWriter out = command.commandLine().getOut();
    rests.stream()
        .map(rest -> begun + rest)
        .filter(it -> !it.equals(NAME))
        .distinct()
        .sorted()
        .forEach(out::println);
    out.println(NO_FILES);
    out.flush();
    return 0;
  }
}
