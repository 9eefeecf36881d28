package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.cli.answer.TypeCheck;
import io.eventbackbone.cli.contract.ContractCheck;
import io.eventbackbone.cli.manifest.Manifests;
import io.eventbackbone.cli.print.TypeTables;
import java.nio.file.Path;
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

  private static final String STANDARD_INPUT = "-";

  @Mixin private ClusterOptions cluster;
  @Mixin private OutputOptions output;

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "A file, a folder, or - for standard input. May be given several times.")
  private List<String> files = List.of();

  @Option(
      names = {"-R", "--recursive"},
      description = "Reads the folders within a folder, too.")
  private boolean isRecursive;

  @Option(names = "--offline", description = "Checks the manifests alone, and asks no cluster.")
  private boolean isOffline;

  @Override
  public Integer call() {
    String namespace =
        isOffline ? cluster.namespace().orElse("default") : cluster.defaultNamespace();
    Manifests.Depth depth = isRecursive ? Manifests.Depth.RECURSIVE : Manifests.Depth.FLAT;
    List<EventType> types =
        files.stream()
            .flatMap(file ->
                (file.equals(STANDARD_INPUT)
                        ? Manifests.of(System.in)
                        : Manifests.of(Path.of(file), depth))
                    .stream())
            .flatMap(it -> Manifests.eventType(it, namespace).stream())
            .toList();
    TypeCheck answer =
        isOffline ? ContractCheck.of(types) : ContractCheck.of(types, cluster.read());
    return output.print(answer, () -> TypeTables.of(answer));
  }
}
