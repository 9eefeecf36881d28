package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.Graph;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.graph.Picture;
import io.eventbackbone.cli.graph.TopologyGraph;
import io.eventbackbone.cli.print.GraphFormat;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The topology as a graph. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = {
      "Draws who can send what to whom, with the state of each object.",
      "Where there are many objects, those of a namespace are drawn as one: --focus shows the"
          + " surroundings of an object, --all everything."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it is drawn", "2:the cluster can't be asked", "3:you may see none of it"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone map -o svg > backbone.svg",
      "  kubectl backbone map --focus orders/deliveries -o mermaid",
      "  kubectl backbone map -o dot | dot -Tpng -o backbone.png"
    })
final class MapCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private GraphFormat format;

  @Option(
      names = "--focus",
      paramLabel = "NAMESPACE/NAME",
      description = "Only what is joined to this bus, subscription, route or backbone.")
  private Optional<ObjectName> focus = Optional.empty();

  @Option(names = "--all", description = "Draws every object, however many there are.")
  private boolean isWhole;

  @Override
  public Integer call() {
    Sight sight = cluster.read();
    Graph whole = TopologyGraph.whole(sight);
    Graph seen = cluster.namespace().map(it -> TopologyGraph.ofNamespace(it, whole)).orElse(whole);
    Graph near = focus.map(it -> around(it, seen)).orElse(seen);
    Graph graph = isWhole ? near : focus.isPresent() ? Picture.ofFew(near) : Picture.ofMany(near);
    PrintWriter out = command.commandLine().getOut();
    out.print(format.print(graph));
    out.flush();
    return graph.exitCode().number();
  }

  private static Graph around(ObjectName name, Graph graph) {
    Graph near = TopologyGraph.around(name.toString(), graph);
    if (near.nodes().isEmpty()) {
      throw new Failure(
          "--focus: there is no bus, subscription, route or backbone %s%s"
              .formatted(name, graph.partial() ? ", or you may not see it" : ""));
    }
    return near;
  }
}
