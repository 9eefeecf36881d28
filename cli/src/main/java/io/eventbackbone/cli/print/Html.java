package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.Node;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A graph as a page by itself: the picture, and the same as a table for who can't see it. */
final class Html {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Event backbone</title>
      <style>
      :root { color-scheme: light dark; font: 14px system-ui, sans-serif; }
      body { margin: 1rem; }
      .picture { overflow: auto; }
      table { border-collapse: collapse; }
      th, td { text-align: left; padding: .25rem 1rem .25rem 0; }
      </style>
      </head>
      <body>
      <h1>Event backbone</h1>
      """;

  private Html() {}

  static String of(Graph graph) {
    Map<String, Node> nodes =
        graph.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
    StringBuilder text = new StringBuilder(HEAD);
    graph
        .unseen()
        .forEach(it -> text.append("<p>You may not see %s.</p>%n".formatted(Svg.escaped(it))));
    text.append("<div class=\"picture\" tabindex=\"0\">\n")
        .append(Svg.of(graph))
        .append("</div>\n");
    text.append("<h2>The same as a table</h2>\n<table>\n");
    text.append("<tr><th scope=\"col\">From</th><th scope=\"col\">To</th></tr>\n");
    graph
        .edges()
        .forEach(it ->
            text.append(
                "<tr><td>%s</td><td>%s</td></tr>%n"
                    .formatted(cell(nodes.get(it.from())), cell(nodes.get(it.to())))));
    return text.append("</table>\n</body>\n</html>\n").toString();
  }

  private static String cell(Node node) {
    return Svg.escaped(String.join(", ", NodeTexts.lines(node)));
  }
}
