package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.EventTypes;
import io.eventbackbone.cli.answer.TypeCheck;

/** Answers about event types as people read them in a terminal. */
public final class TypeTables {

  private TypeTables() {}

  /** Which event types there are. */
  public static String of(EventTypes answer) {
    Table table =
        new Table(
            "DETAIL TYPE", "EVENT TYPE", "BUS", "VERSIONS", "COMPATIBILITY", "READY", "RECEIVERS");
    answer
        .types()
        .forEach(it ->
            table.row(
                it.detailType() + (it.deprecated() ? " (deprecated)" : ""),
                it.name(),
                it.bus(),
                String.join(", ", it.versions()),
                it.compatibility(),
                it.ready().orElse("-"),
                it.receivers().map(String::valueOf).orElse("-")));
    return table.text()
        + "%d event types.%n".formatted(answer.types().size())
        + Tables.unseen(answer);
  }

  /** What is wrong with event types in manifests. */
  public static String of(TypeCheck answer) {
    Table table = new Table("OBJECT", "CODE", "WHAT");
    answer.problems().forEach(it -> table.row(it.object(), it.code().text(), it.message()));
    return (answer.problems().isEmpty() ? "" : table.text())
        + "%d event types were checked, %d problems found.%n"
            .formatted(answer.checked(), answer.problems().size())
        + Tables.unseen(answer);
  }
}
