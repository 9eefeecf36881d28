package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.Node;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a graph is printed; constants are named as people write them. */
public enum GraphFormat {
  table,
  json,
  yaml,
  dot,
  mermaid,
  svg,
  html;

  public String print(Graph graph) {
    return switch (this) {
      case table -> table(graph);
      case json -> Format.json(graph);
      case yaml -> Format.yaml(graph);
      case dot -> Drawing.dot(graph);
      case mermaid -> Drawing.mermaid(graph);
      case svg -> Svg.of(graph);
      case html -> Html.of(graph);
    };
  }

  private static String table(Graph graph) {
    Map<String, Node> nodes =
        graph.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
    Table table = new Table("FROM", "TO", "WHAT");
    graph
        .edges()
        .forEach(it ->
            table.row(
                nodes.get(it.from()).name(),
                String.join(", ", NodeTexts.lines(nodes.get(it.to())).subList(0, 2)),
                it.label().or(nodes.get(it.to())::label).orElse("-")));
    return table.text() + Tables.unseen(graph);
  }
}
