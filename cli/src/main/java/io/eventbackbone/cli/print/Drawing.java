package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.Node;
import io.eventbackbone.cli.answer.Graph.State;
import java.util.HashMap;
import java.util.Map;

/** Graphs as texts that other programs draw. */
final class Drawing {

  private Drawing() {}

  /** For Graphviz. */
  static String dot(Graph graph) {
    StringBuilder text =
        new StringBuilder("digraph backbone {\n  rankdir=LR\n  node [shape=box, fontname=sans]\n");
    for (Node node : graph.nodes()) {
      text.append(
          "  %s [label=%s%s]%n"
              .formatted(
                  quoted(node.id()),
                  quoted(String.join("\n", NodeTexts.lines(node))),
                  node.state() == State.READY ? "" : ", style=dashed"));
    }
    graph
        .edges()
        .forEach(it ->
            text.append(
                "  %s -> %s%s%n"
                    .formatted(
                        quoted(it.from()),
                        quoted(it.to()),
                        it.label().map(label -> " [label=" + quoted(label) + "]").orElse(""))));
    return text.append("}\n").toString();
  }

  /** For Mermaid, which GitHub draws in Markdown. */
  static String mermaid(Graph graph) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<String, String> numbers = new HashMap<>();
    for (Node node : graph.nodes()) {
      String number = "n" + numbers.size();
      numbers.put(node.id(), number);
      text.append(
          "  %s[\"%s\"]%n".formatted(number, entities(String.join("<br>", NodeTexts.lines(node)))));
    }
    graph
        .edges()
        .forEach(it ->
            text.append(
                "  %s -->%s %s%n"
                    .formatted(
                        numbers.get(it.from()),
                        it.label().map(label -> "|\"" + entities(label) + "\"|").orElse(""),
                        numbers.get(it.to()))));
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /** Mermaid takes a quote as an entity. */
  private static String entities(String text) {
    return text.replace("\"", "#quot;");
  }
}
