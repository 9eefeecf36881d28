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

/** Shows the effect of manifests before they are applied. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the effect of manifests before you apply them: events that subscriptions gain or lose,"
          + " the operator's changes to AWS, replays that begin, and problems that come and go.",
      "The plan compares the present specs with the changed ones. It leaves out changes that others"
          + " made to AWS. The command applies nothing."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the manifests change nothing",
      "1:the manifests change something",
      "2:the command can't read the manifests or the cluster"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone diff -f route.yaml",
      "  kubectl backbone diff -k overlays/production",
      "  helm template orders/ | kubectl backbone diff -f - -o json"
    })
final class DiffCommand implements Callable<Integer> {

  /** The place of the manifests. */
  static final class Source {

    @Option(
        names = {"-f", "--filename"},
        required = true,
        paramLabel = "FILE",
        description = "A file, a folder, or - for standard input. You may repeat the option.")
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
      description = "Also reads the folders within a folder.")
  private boolean isRecursive;

  @Override
  public Integer call() {
    List<ObjectNode> manifests =
        source.kustomization.map(Manifests::ofKustomization).orElseGet(this::ofFiles);
    Sight before = cluster.readAll();
    Applied applied =
        Applied.to(before.snapshot(), manifests, cluster.defaultNamespace(), Instant.now());
    Difference answer = new Comparison(before, before.of(applied.snapshot())).difference();
    return output.print(answer, () -> Tables.of(answer, applied.ignored()));
  }

  private List<ObjectNode> ofFiles() {
    Manifests.Depth depth = isRecursive ? Manifests.Depth.RECURSIVE : Manifests.Depth.FLAT;
    return Manifests.of(source.files, depth);
  }
}
