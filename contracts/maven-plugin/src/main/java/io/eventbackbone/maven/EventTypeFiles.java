package io.eventbackbone.maven;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.api.v1alpha1.EventType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/** Reads event types from manifests: YAML or JSON, several in a file, among other kinds. */
final class EventTypeFiles {

  private static final Set<String> ENDINGS = Set.of(".yaml", ".yml", ".json");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private EventTypeFiles() {}

  /** The event types of files, and of folders with all that is in them, by the names of files. */
  static List<EventType> read(List<File> manifests) throws MojoExecutionException {
    List<EventType> types = new ArrayList<>();
    for (File manifest : manifests) {
      try (Stream<Path> found = Files.walk(manifest.toPath())) {
        for (Path file :
            found
                .filter(it -> it.equals(manifest.toPath()) || isManifest(it))
                .filter(Files::isRegularFile)
                .sorted()
                .toList()) {
          types.addAll(read(file));
        }
      } catch (IOException e) {
        throw new MojoExecutionException(
            "manifests: %s can't be read: it does not exist, or is no text".formatted(manifest), e);
      }
    }
    return types;
  }

  private static boolean isManifest(Path file) {
    return ENDINGS.stream().anyMatch(file.toString()::endsWith);
  }

  private static List<EventType> read(Path file) throws IOException, MojoExecutionException {
    List<EventType> types = new ArrayList<>();
    try (var documents =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (document.path("kind").asText().equals("EventType")
            && document.path("apiVersion").asText().startsWith("eventbackbone.io/")) {
          types.add(YAML.treeToValue(document, EventType.class));
        }
      }
    } catch (JsonProcessingException e) {
      throw new MojoExecutionException(
          "%s, line %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    }
    return types;
  }
}
