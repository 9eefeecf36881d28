package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.answer.Graph.Edge;
import io.eventbackbone.cli.answer.Graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A graph as a picture: columns from left to right as events pass, light or dark as the viewer
 * prefers. A state is told by words and by line, not by colour alone.
 */
final class Svg {

  private static final int WIDTH = 230;
  private static final int HEIGHT = 58;
  private static final int GAP_X = 90;
  private static final int GAP_Y = 14;
  private static final int MARGIN = 20;
  private static final int LINE = 16;
  private static final int LONGEST_LINE = 34;

  private static final String STYLE =
      """
      <style>
      svg { font: 13px system-ui, sans-serif; background: #ffffff; color: #1c2128; }
      rect { fill: #f6f8fa; stroke: #59636e; }
      text { fill: currentColor; }
      .name { font-weight: 600; }
      .notready rect, .notdelivering rect { stroke: #cf222e; stroke-width: 2; stroke-dasharray: 6 3; }
      .unknown rect { stroke-dasharray: 2 3; }
      path { fill: none; stroke: #818b98; }
      @media (prefers-color-scheme: dark) {
      svg { background: #0d1117; color: #e6edf3; }
      rect { fill: #161b22; stroke: #9198a1; }
      .notready rect, .notdelivering rect { stroke: #ff7b72; }
      path { stroke: #656c76; }
      }
      </style>
      """;

  private record Place(int x, int y) {}

  private final Graph graph;
  private final Map<String, Place> places = new HashMap<>();
  private int width;
  private int height;

  private Svg(Graph graph) {
    this.graph = graph;
    place();
  }

  static String of(Graph graph) {
    return new Svg(graph).draw();
  }

  private void place() {
    List<List<Node>> columns = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      columns.add(new ArrayList<>());
    }
    graph.nodes().forEach(it -> columns.get(column(it)).add(it));
    columns.removeIf(List::isEmpty);
    int tallest = columns.stream().mapToInt(List::size).max().orElse(0);
    height = 2 * MARGIN + tallest * (HEIGHT + GAP_Y) - (tallest == 0 ? 0 : GAP_Y);
    width = 2 * MARGIN + columns.size() * (WIDTH + GAP_X) - (columns.isEmpty() ? 0 : GAP_X);
    for (int i = 0; i < columns.size(); i++) {
      List<Node> column = columns.get(i);
      int top = (height - column.size() * (HEIGHT + GAP_Y) + GAP_Y) / 2;
      for (int j = 0; j < column.size(); j++) {
        places.put(
            column.get(j).id(),
            new Place(MARGIN + i * (WIDTH + GAP_X), top + j * (HEIGHT + GAP_Y)));
      }
    }
  }

  private static int column(Node node) {
    return switch (node.type()) {
      case PRODUCER -> 0;
      case BACKBONE -> 1;
      case ROUTE -> 2;
      case BUS, GROUP -> 3;
      case SUBSCRIPTION -> 4;
    };
  }

  private String draw() {
    StringBuilder text = new StringBuilder();
    text.append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\">%n"
                .formatted(width, height))
        .append("<title id=\"title\">Event backbone: who can send what to whom</title>\n")
        .append(STYLE);
    graph.edges().forEach(it -> edge(it, text));
    graph.nodes().forEach(it -> node(it, text));
    return text.append("</svg>\n").toString();
  }

  private void edge(Edge edge, StringBuilder text) {
    Place from = places.get(edge.from());
    Place to = places.get(edge.to());
    int startX = from.x() + WIDTH;
    int startY = from.y() + HEIGHT / 2;
    int endY = to.y() + HEIGHT / 2;
    text.append(
        "<path d=\"M%d %dC%d %d %d %d %d %d\">%s</path>%n"
            .formatted(
                startX,
                startY,
                startX + GAP_X / 2,
                startY,
                to.x() - GAP_X / 2,
                endY,
                to.x(),
                endY,
                edge.label().map(it -> "<title>" + escaped(it) + "</title>").orElse("")));
  }

  private void node(Node node, StringBuilder text) {
    Place place = places.get(node.id());
    List<String> lines = NodeTexts.lines(node);
    text.append(
        "<g class=\"%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
            .formatted(
                node.state().name().replace("_", "").toLowerCase(Locale.ROOT),
                escaped(String.join(", ", lines)),
                place.x(),
                place.y(),
                WIDTH,
                HEIGHT));
    for (int i = 0; i < lines.size(); i++) {
      text.append(
          "<text x=\"%d\" y=\"%d\"%s>%s</text>"
              .formatted(
                  place.x() + 10,
                  place.y() + 18 + i * LINE,
                  i == 0 ? " class=\"name\"" : "",
                  escaped(shortened(lines.get(i)))));
    }
    text.append("</g>\n");
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
