package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.EventTypes;
import io.eventbackbone.cli.answer.Observation;
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

  /** How events keep their contracts. */
  public static String of(Observation answer) {
    Table types = new Table("DETAIL TYPE", "EVENT TYPE", "EVENTS", "BREAKING", "CODE", "WHAT");
    Table breaches = new Table("DETAIL TYPE", "PLACE", "WHAT", "EVENTS", "EXAMPLE");
    answer
        .types()
        .forEach(type -> {
          types.row(
              type.detailType(),
              type.eventType().orElse("-"),
              Integer.toString(type.events()),
              Integer.toString(type.breaking()),
              type.code().map(Code::text).orElse("-"),
              type.message().orElse("-"));
          type.breaches()
              .forEach(it ->
                  breaches.row(
                      type.detailType(),
                      it.path(),
                      it.message(),
                      Integer.toString(it.events()),
                      it.example()));
        });
    String gap = breaches.text().isEmpty() ? "" : System.lineSeparator();
    return types.text()
        + gap
        + breaches.text()
        + gap
        + read(answer).formatted(answer.events(), answer.since())
        + Tables.unseen(answer);
  }

  private static String read(Observation answer) {
    return switch (answer.extent()) {
      case ALL -> "%d events since %s.%n";
      case SAMPLE -> "A sample of %d events since %s; --limit reads more.%n";
    };
  }
}
