package io.eventbackbone.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads manifests as kubectl does: YAML or JSON, several in a file, lists of objects. */
public final class Manifests {

  private static final Set<String> ENDINGS = Set.of(".yaml", ".yml", ".json");
  private static final String STANDARD_INPUT = "-";
  private static final String GROUP = "eventbackbone.io/";
  private static final YAMLMapper YAML = new YAMLMapper();

  private Manifests() {}

  /** How deep a folder is read. */
  public enum Depth {
    /** The files that lie directly in it, as kubectl does without {@code -R}. */
    FLAT(1),
    RECURSIVE(Integer.MAX_VALUE);

    private final int levels;

    Depth(int levels) {
      this.levels = levels;
    }
  }

  /**
   * The objects of a file, or of the files of a folder in the order of their names.
   *
   * @throws ManifestException if one can't be read
   */
  public static List<ObjectNode> of(Path path, Depth depth) {
    try (Stream<Path> found = Files.walk(path, depth.levels)) {
      List<Path> files =
          Files.isRegularFile(path)
              ? List.of(path)
              : found.filter(Manifests::isManifest).sorted().toList();
      List<ObjectNode> objects = new ArrayList<>();
      for (Path file : files) {
        objects.addAll(parse(file.toString(), Files.readString(file)));
      }
      return objects;
    } catch (IOException e) {
      throw new ManifestException(
          "%s can't be read: it does not exist, or is no text".formatted(path), e);
    }
  }

  /**
   * The objects of files and folders; {@code -} is standard input.
   *
   * @throws ManifestException if one can't be read
   */
  public static List<ObjectNode> of(List<String> files, Depth depth) {
    return files.stream()
        .flatMap(file ->
            (file.equals(STANDARD_INPUT) ? of(System.in) : of(Path.of(file), depth)).stream())
        .toList();
  }

  /** The objects of a stream to its end. */
  public static List<ObjectNode> of(InputStream input) {
    try {
      return parse("standard input", new String(input.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ManifestException("standard input can't be read", e);
    }
  }

  /**
   * What {@code kubectl kustomize} makes of a folder.
   *
   * @throws ManifestException if kubectl is missing, or refuses
   */
  public static List<ObjectNode> ofKustomization(Path folder) {
    try {
      Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString()).start();
      kubectl.getOutputStream().close();
      String made = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String errors = new String(kubectl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (kubectl.waitFor() != 0) {
        throw new ManifestException("kubectl kustomize %s: %s".formatted(folder, errors.strip()));
      }
      return parse(folder.toString(), made);
    } catch (IOException e) {
      throw new ManifestException("kubectl kustomize could not run: is kubectl on the PATH?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ManifestException("interrupted", e);
    }
  }

  /**
   * The event type of a manifest, if it is one.
   *
   * @param namespace if the manifest names none
   */
  public static Optional<EventType> eventType(ObjectNode manifest, String namespace) {
    boolean isType =
        manifest.path("kind").asText().equals(Kind.EVENT_TYPE.title())
            && manifest.path("apiVersion").asText().startsWith(GROUP);
    if (!isType) {
      return Optional.empty();
    }
    EventType type = (EventType) ObjectReader.read(Kind.EVENT_TYPE, manifest);
    if (type.getMetadata().getNamespace() == null) {
      type.getMetadata().setNamespace(namespace);
    }
    return Optional.of(type);
  }

  private static boolean isManifest(Path file) {
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(file.toString()::endsWith);
  }

  private static List<ObjectNode> parse(String source, String text) {
    List<ObjectNode> objects = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      while (documents.hasNextValue()) {
        add(documents.nextValue(), source, objects);
      }
    } catch (JsonProcessingException e) {
      throw new ManifestException(
          "%s, line %d: %s"
              .formatted(
                  source,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new ManifestException("%s can't be read".formatted(source), e);
    }
    return objects;
  }

  private static void add(JsonNode document, String source, List<ObjectNode> objects) {
    if (document == null || document.isNull() || document.isMissingNode()) {
      return;
    }
    if (document.path("kind").asText().endsWith("List") && document.path("items").isArray()) {
      document.get("items").forEach(item -> add(item, source, objects));
    } else if (document instanceof ObjectNode object
        && object.path("kind").isTextual()
        && object.path("metadata").path("name").isTextual()) {
      objects.add(object);
    } else {
      throw new ManifestException(
          "%s has what is no manifest: kind or metadata.name is missing".formatted(source));
    }
  }
}
