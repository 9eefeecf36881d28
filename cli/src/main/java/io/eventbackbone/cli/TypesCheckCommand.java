package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.cli.answer.TypeCheck;
import io.eventbackbone.cli.contract.ContractCheck;
import io.eventbackbone.cli.manifest.ManifestOptions;
import io.eventbackbone.cli.print.TypeTables;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether event types may be applied. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the event types of manifests before they are applied: their schemas, the compatibility"
          + " of their versions, and what the cluster has of them.",
      "Manifests of other kinds are left out. Nothing is applied."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every event type is in order",
      "1:one would be refused",
      "2:the manifests can't be read, or the cluster can't be asked"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone types check -f order-created.yaml",
      "  kubectl backbone types check -f contracts/ --offline -o json"
    })
final class TypesCheckCommand implements Callable<Integer> {

  @Mixin private ClusterOptions cluster;
  @Mixin private OutputOptions output;
  @Mixin private ManifestOptions manifests;

  @Option(names = "--offline", description = "Checks the manifests alone, and asks no cluster.")
  private boolean isOffline;

  @Override
  public Integer call() {
    if (manifests.isEmpty()) {
      throw new Failure("name the manifests with -f, or - for standard input");
    }
    List<EventType> types =
        manifests.eventTypes(
            isOffline ? cluster.namespace().orElse("default") : cluster.defaultNamespace());
    TypeCheck answer =
        isOffline ? ContractCheck.of(types) : ContractCheck.of(types, cluster.read());
    return output.print(answer, () -> TypeTables.of(answer));
  }
}
