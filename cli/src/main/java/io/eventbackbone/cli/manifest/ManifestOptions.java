package io.eventbackbone.cli.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventType;
import java.util.List;
import picocli.CommandLine.Option;

/** Manifests that a person gives to a command: kubectl's options, by kubectl's names. */
public final class ManifestOptions {

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description = "A file, a folder, or - for standard input. May be given several times.")
  private List<String> files = List.of();

  @Option(
      names = {"-R", "--recursive"},
      description = "Reads the folders within a folder, too.")
  private boolean isRecursive;

  /** Whether the person gave none. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** The objects, of all kinds. */
  public List<ObjectNode> objects() {
    Manifests.Depth depth = isRecursive ? Manifests.Depth.RECURSIVE : Manifests.Depth.FLAT;
    return Manifests.of(files, depth);
  }

  /**
   * The event types.
   *
   * @param namespace of manifests that name none
   */
  public List<EventType> eventTypes(String namespace) {
    return objects().stream().flatMap(it -> Manifests.eventType(it, namespace).stream()).toList();
  }
}
