package io.eventbackbone.local.benchmark;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table in Markdown with a column of figures for each thing that was measured.
 *
 * @param lines the table's, to which rows are added
 */
record Columns<T>(List<T> columns, List<String> lines) {

  void header(String title, Function<T, String> cell) {
    row(title, cell);
    lines.add("|---|" + "--:|".repeat(columns.size()));
  }

  void row(String title, Function<T, String> cell) {
    lines.add(
        columns.stream().map(cell).collect(Collectors.joining(" | ", "| " + title + " | ", " |")));
  }
}
