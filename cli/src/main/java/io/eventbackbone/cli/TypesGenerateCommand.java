package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.cli.answer.ExitCode;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.file.OutputFolder;
import io.eventbackbone.cli.manifest.ManifestOptions;
import io.eventbackbone.records.JavaRecords;
import io.eventbackbone.records.JavaRecords.Generation;
import io.eventbackbone.records.Selection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Code of event types. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a Java record of the latest version of each event type, for Jackson, with a builder.",
      "It reads the event types of manifests, or without -f those of the cluster that you may see."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:each event type has its record",
      "1:one can't have a record; the others have theirs",
      "2:the manifests or the cluster can't be read, or the records can't be written",
      "3:you may see no event type"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone types generate --java -o src/main/java --package com.example.contract -f contracts/",
      "  kubectl backbone types generate --java -o src/main/java --package com.example.contract Order.Created"
    })
final class TypesGenerateCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private ManifestOptions manifests;

  @Parameters(
      paramLabel = "DETAIL_TYPE",
      description = "The detail types of the records (default: all).")
  private List<String> detailTypes = List.of();

  /** The one language so far. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--java", required = true, description = "Makes Java.")
  private boolean isJava;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "The folder of the sources. A file of the same name is replaced.")
  private Path folder;

  @Option(
      names = "--package",
      required = true,
      paramLabel = "PACKAGE",
      description = "The Java package of the records.")
  private String packageName;

  @Override
  public Integer call() {
    if (!JavaRecords.isPackage(packageName)) {
      throw new Failure("--package %s is no name of a Java package".formatted(packageName));
    }
    PrintWriter err = command.commandLine().getErr();
    List<EventType> types =
        manifests.isEmpty()
            ? ofCluster(err)
            : manifests.eventTypes(cluster.namespace().orElse("default"));
    Selection chosen = Selection.of(types, detailTypes);
    if (!chosen.unknown().isEmpty()) {
      throw new Failure(String.join("; ", chosen.unknown()));
    }
    if (chosen.types().isEmpty()) {
      err.println("there is no event type that you may see");
      return (manifests.isEmpty() ? ExitCode.CANNOT_TELL : ExitCode.ERROR).number();
    }
    Generation made = JavaRecords.of(chosen.types(), packageName);
    OutputFolder output = new OutputFolder(folder, command.commandLine().getOut());
    made.files().forEach(it -> output.write(it.path(), it.text()));
    made.problems().forEach(err::println);
    return (made.problems().isEmpty() ? ExitCode.YES : ExitCode.NO).number();
  }

  private List<EventType> ofCluster(PrintWriter err) {
    Sight sight = cluster.read();
    sight.unseen().forEach(it -> err.printf("You may not see %s%n", it));
    return sight.snapshot().all(EventType.class).stream()
        .filter(
            it -> cluster.namespace().stream().allMatch(it.getMetadata().getNamespace()::equals))
        .toList();
  }
}
