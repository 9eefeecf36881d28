package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.EventTypes;
import io.eventbackbone.cli.contract.TypeList;
import io.eventbackbone.cli.print.TypeTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which event types there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the event types that you may see: their producers, versions and receivers.",
      "It reads the statuses that the operator wrote."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the event types are listed",
      "2:the cluster can't be asked",
      "3:you may see none"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kubectl backbone types list", "  kubectl backbone types list -n orders -o json"})
final class TypesListCommand implements Callable<Integer> {

  @Mixin private ClusterOptions cluster;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    EventTypes answer = TypeList.of(cluster.read(), cluster.namespace());
    return output.print(answer, () -> TypeTables.of(answer));
  }
}
