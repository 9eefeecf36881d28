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

/** Draws the topology. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = {
      "Draws the services, routes, buses and subscriptions, the ways of events between them, and the"
          + " state of each object.",
      "With many objects, each namespace becomes one node. --focus draws the surroundings of one"
          + " object, --all draws every object."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the command drew the topology",
      "2:the command can't read the cluster",
      "3:you may see no object"
    },
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
      description =
          "Draws only objects that events reach this bus, subscription, route or backbone from, or reach"
              + " from it.")
  private Optional<ObjectName> focus = Optional.empty();

  @Option(names = "--all", description = "Draws every object, even if there are many.")
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
