package io.eventbackbone.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder with the ConfigMap that the operator writes beside a binding. The file {@code
 * <name>.json} has all versions of an EventType. The file {@code unknownTypes} has the backbone's
 * convention for detail types without a contract. The file {@code leftOut} names the contracts for
 * which the ConfigMap had no room. When Kubernetes has replaced the files, the next look reads them
 * again.
 */
final class ContractFolder {

  /** What to do with an event of a detail type that no contract has. */
  sealed interface UnknownType {

    /** To send it, and to say nothing. */
    record Allow() implements UnknownType {}

    /**
     * To send it, and to warn.
     *
     * @param why half a sentence about the event
     */
    record Warn(String why) implements UnknownType {}

    /**
     * Not to send it.
     *
     * @param why half a sentence about the event
     */
    record Refuse(String why) implements UnknownType {}
  }

  /** What the folder says at one time. */
  record Contracts(Map<String, Contract> byDetailType, UnknownType unknownType) {

    Contracts {
      byDetailType = Map.copyOf(byDetailType);
    }
  }

  /** Where Kubernetes keeps the files of a mounted ConfigMap: it replaces all of them at once. */
  private static final String MOUNTED = "..data";

  private static final String UNKNOWN_TYPES = "unknownTypes";
  private static final String LEFT_OUT = "leftOut";

  private static final String NO_CONTRACT =
      "has no contract: no EventType of the bus has this detail type (the EventBackbone's"
          + " spec.conventions.unknownTypes). Apply an EventType, or correct the detail type";

  /** The content of the folder, told from what it had before. */
  private record Content(Path files, FileTime changed) {}

  private record Reading(Content content, Contracts contracts) {}

  private final Path folder;
  private volatile Optional<Reading> last = Optional.empty();

  ContractFolder(Path folder) {
    this.folder = folder;
  }

  /** What the folder says now. */
  Contracts contracts() {
    while (true) {
      Optional<Content> found = content();
      if (found.isEmpty()) {
        return new Contracts(Map.of(), refusal("it does not exist"));
      }
      Content content = found.get();
      Optional<Reading> known = last.filter(it -> it.content().equals(content));
      if (known.isPresent()) {
        return known.get().contracts();
      }
      Contracts contracts = read(content.files());
      if (content().equals(found)) {
        last = Optional.of(new Reading(content, contracts));
        return contracts;
      }
    }
  }

  private Optional<Content> content() {
    try {
      Path mounted = folder.resolve(MOUNTED);
      Path files = (Files.isDirectory(mounted) ? mounted : folder).toRealPath();
      return Optional.of(new Content(files, Files.getLastModifiedTime(files)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A file that can't be read holds up no other. An event without a contract may be of its type.
   */
  private Contracts read(Path files) {
    Map<String, Contract> contracts = new HashMap<>();
    List<String> unreadable = new ArrayList<>();
    try {
      for (Path file : documents(files)) {
        String name = file.getFileName().toString();
        try {
          JsonNode document = EventJson.MAPPER.readTree(Files.readString(file));
          List<JsonNode> schemas = new ArrayList<>();
          document.path("versions").forEach(version -> schemas.add(version.path("schema")));
          if (document.path("detailType").isTextual() && !schemas.isEmpty()) {
            contracts.put(document.path("detailType").textValue(), Contract.of(schemas));
          } else {
            unreadable.add(name + " has no detailType, or no versions");
          }
        } catch (JsonProcessingException e) {
          unreadable.add(name + " is no JSON");
        } catch (SchemaException e) {
          unreadable.add("%s has no schema: %s".formatted(name, e.getMessage()));
        }
      }
      return new Contracts(
          contracts,
          unreadable.isEmpty() ? unknownType(files) : refusal(String.join("; ", unreadable)));
    } catch (IOException e) {
      return new Contracts(contracts, refusal("it can't be read: " + e.getMessage()));
    }
  }

  private static List<Path> documents(Path files) throws IOException {
    try (Stream<Path> found = Files.list(files)) {
      return found.filter(it -> it.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** A contract that was left out may be the event's. */
  private UnknownType unknownType(Path files) throws IOException {
    if (Files.exists(files.resolve(LEFT_OUT))) {
      return new UnknownType.Refuse(
          "may have a contract that is not in the folder %s, because %s. Put its schema on the class path"
              .formatted(folder, Files.readString(files.resolve(LEFT_OUT))));
    }
    if (!Files.exists(files.resolve(UNKNOWN_TYPES))) {
      return refusal("it has no file " + UNKNOWN_TYPES);
    }
    String convention = Files.readString(files.resolve(UNKNOWN_TYPES)).strip();
    return switch (convention) {
      case "Allow" -> new UnknownType.Allow();
      case "Warn" -> new UnknownType.Warn(NO_CONTRACT);
      case "Refuse" -> new UnknownType.Refuse(NO_CONTRACT);
      default -> refusal("its file %s says %s".formatted(UNKNOWN_TYPES, convention));
    };
  }

  /** What can't be read admits no event. */
  private UnknownType refusal(String why) {
    return new UnknownType.Refuse(
        "has no contract that can be read from the folder %s (%s): %s. Mount the ConfigMap <subscription>-contracts there"
            .formatted(folder, EventContracts.FOLDER, why));
  }
}
