package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.ExitCode;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.export.AsyncApi;
import io.eventbackbone.cli.export.EventCatalog;
import io.eventbackbone.cli.export.ExportedFile;
import io.eventbackbone.cli.export.Landscape;
import io.eventbackbone.cli.file.OutputFolder;
import io.eventbackbone.cli.manifest.Applied;
import io.eventbackbone.cli.manifest.ManifestOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Event types for other tools. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes event types, and the services that send and receive them, as files of other tools.",
      "It reads the cluster with your rights, or with -f the manifests of a backbone."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all event types are written",
      "1:a schema can't be read; the other event types are written",
      "2:the manifests or the cluster can't be read, or the files can't be written",
      "3:you may see no event type"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone types export --eventcatalog catalog",
      "  kubectl backbone types export --asyncapi asyncapi -f -"
    })
final class TypesExportCommand implements Callable<Integer> {

  /** Where to write. */
  static final class Target {

    @Option(
        names = "--asyncapi",
        paramLabel = "FOLDER",
        description = "Writes a document of AsyncAPI 3.0 for each service.")
    private Optional<Path> asyncApi = Optional.empty();

    @Option(
        names = "--eventcatalog",
        paramLabel = "FOLDER",
        description = "Writes pages of EventCatalog into the folder of a catalog.")
    private Optional<Path> eventCatalog = Optional.empty();
  }

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private ManifestOptions manifests;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Target target;

  @Override
  public Integer call() {
    PrintWriter err = command.commandLine().getErr();
    Sight sight = manifests.isEmpty() ? cluster.read() : ofManifests();
    Landscape landscape = Landscape.of(sight.snapshot(), cluster.namespace());
    landscape.refused().forEach(err::println);
    sight.unseen().forEach(it -> err.printf("You may not see %s%n", it));
    if (landscape.contracts().isEmpty()) {
      err.println("there is no event type that you may see");
      return (manifests.isEmpty() ? ExitCode.CANNOT_TELL : ExitCode.ERROR).number();
    }
    target.asyncApi.ifPresent(it -> write(AsyncApi.of(landscape), it));
    target.eventCatalog.ifPresent(it -> write(EventCatalog.of(landscape), it));
    return (landscape.refused().isEmpty() ? ExitCode.YES : ExitCode.NO).number();
  }

  private Sight ofManifests() {
    return Sight.whole(
        Applied.to(
                Snapshot.of(List.of()),
                manifests.objects(),
                cluster.namespace().orElse("default"),
                Instant.now())
            .snapshot());
  }

  private void write(List<ExportedFile> files, Path folder) {
    OutputFolder output = new OutputFolder(folder, command.commandLine().getOut());
    files.forEach(it -> output.write(it.path(), it.text()));
  }
}
