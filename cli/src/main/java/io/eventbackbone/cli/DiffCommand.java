package io.eventbackbone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.cli.answer.Difference;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.difference.Comparison;
import io.eventbackbone.cli.manifest.Applied;
import io.eventbackbone.cli.manifest.Manifests;
import io.eventbackbone.cli.print.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What applying manifests would change. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what applying manifests would change: who gains or loses which events, what the operator"
          + " would do to AWS, and which problems come and go.",
      "The plan is the way from what the specs ask for now to what they would ask for; changes that"
          + " others made to AWS are not in it. Nothing is applied."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing would differ",
      "1:something would differ",
      "2:the manifests can't be read, or the cluster can't be asked"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone diff -f route.yaml",
      "  kubectl backbone diff -k overlays/production",
      "  helm template orders/ | kubectl backbone diff -f - -o json"
    })
final class DiffCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  /** Where the manifests are. */
  static final class Source {

    @Option(
        names = {"-f", "--filename"},
        required = true,
        paramLabel = "FILE",
        description = "A file, a folder, or - for standard input. May be given several times.")
    private List<String> files = List.of();

    @Option(
        names = {"-k", "--kustomize"},
        required = true,
        paramLabel = "FOLDER",
        description = "A folder with a kustomization.")
    private Optional<Path> kustomization = Optional.empty();
  }

  @Mixin private ClusterOptions cluster;
  @Mixin private OutputOptions output;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = {"-R", "--recursive"},
      description = "Reads the folders within a folder, too.")
  private boolean isRecursive;

  @Override
  public Integer call() {
    List<ObjectNode> manifests =
        source.kustomization.map(Manifests::ofKustomization).orElseGet(this::ofFiles);
    Sight before = cluster.read();
    Applied applied =
        Applied.to(before.snapshot(), manifests, cluster.defaultNamespace(), Instant.now());
    Difference answer = new Comparison(before, before.of(applied.snapshot())).difference();
    return output.print(answer, () -> Tables.of(answer, applied.ignored()));
  }

  private List<ObjectNode> ofFiles() {
    Manifests.Depth depth = isRecursive ? Manifests.Depth.RECURSIVE : Manifests.Depth.FLAT;
    return source.files.stream()
        .flatMap(file ->
            (file.equals(STANDARD_INPUT)
                    ? Manifests.of(System.in)
                    : Manifests.of(Path.of(file), depth))
                .stream())
        .toList();
  }
}
