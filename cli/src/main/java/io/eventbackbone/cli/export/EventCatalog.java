package io.eventbackbone.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.api.v1alpha1.EventTypeSpec.Version;
import io.eventbackbone.cli.export.Landscape.Contract;
import io.eventbackbone.cli.export.Landscape.Service;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The files of EventCatalog: a page of each service, each team, and each version of each event.
 * Texts of event types stand in the head of a page alone: in its body they would be code.
 */
public final class EventCatalog {

  /** One to three numbers, without zeros before them. */
  private static final Pattern VERSION =
      Pattern.compile("[vV]?(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){0,2}");

  /** Services have no versions here, and need one there. */
  private static final String SERVICE_VERSION = "1.0.0";

  private static final YAMLMapper YAML =
      new YAMLMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private EventCatalog() {}

  public static List<ExportedFile> of(Landscape landscape) {
    List<ExportedFile> files = new ArrayList<>();
    landscape.services().stream()
        .map(Service::team)
        .distinct()
        .forEach(team -> files.add(team(team)));
    landscape.services().forEach(it -> files.add(service(it, landscape)));
    landscape.contracts().forEach(it -> files.addAll(event(it)));
    return files;
  }

  private static ExportedFile team(String namespace) {
    ObjectNode head = JsonNodeFactory.instance.objectNode();
    head.put("id", namespace).put("name", namespace);
    head.put("summary", "The team of the namespace %s.".formatted(namespace));
    return page("teams/%s.mdx".formatted(namespace), head, "Owns the services of its namespace.\n");
  }

  private static ExportedFile service(Service service, Landscape landscape) {
    ObjectNode head = head(service.id(), service.name(), SERVICE_VERSION, service.team());
    head.put("summary", "Publishes as %s.".formatted(service.name()));
    refer(head, "sends", landscape, it -> List.of(it.producer()), service);
    refer(head, "receives", landscape, Contract::receivers, service);
    return page("services/%s/index.mdx".formatted(service.id()), head, "<NodeGraph />\n");
  }

  private static void refer(
      ObjectNode head,
      String field,
      Landscape landscape,
      Function<Contract, List<Service>> side,
      Service service) {
    ArrayNode references = head.putArray(field);
    landscape.contracts().stream()
        .filter(it -> side.apply(it).contains(service))
        .forEach(
            it -> references.addObject().put("id", it.id()).put("version", versions(it).getLast()));
    if (references.isEmpty()) {
      head.remove(field);
    }
  }

  /** EventCatalog compares three numbers: {@code 1} is 1.0.0. Other names are counted. */
  private static List<String> versions(Contract contract) {
    List<String> names = contract.spec().versions().stream().map(Version::version).toList();
    List<String> comparable =
        names.stream().allMatch(it -> VERSION.matcher(it).matches())
            ? names.stream().map(it -> it.replaceFirst("[vV]", "")).toList()
            : IntStream.rangeClosed(1, names.size()).mapToObj(Integer::toString).toList();
    return comparable.stream()
        .map(it -> it + ".0".repeat(2 - (int) it.chars().filter(c -> c == '.').count()))
        .toList();
  }

  private static List<ExportedFile> event(Contract contract) {
    List<String> names = versions(contract);
    List<ExportedFile> files = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String folder =
          i == names.size() - 1
              ? "events/%s/".formatted(contract.id())
              : "events/%s/versioned/%s/".formatted(contract.id(), names.get(i));
      ObjectNode head =
          head(
              contract.id(),
              contract.spec().detailType(),
              names.get(i),
              contract.producer().team());
      head.put("summary", contract.summary());
      if (contract.spec().deprecated()) {
        head.put("deprecated", true);
      }
      head.put("schemaPath", "schema.json");
      files.add(
          page(
              folder + "index.mdx",
              head,
              "<NodeGraph />\n\n## Schema of detail.data\n\n<SchemaViewer file=\"schema.json\" />\n"));
      files.add(
          new ExportedFile(
              folder + "schema.json",
              contract.spec().versions().get(i).schema().toPrettyString() + "\n"));
    }
    return files;
  }

  private static ObjectNode head(String id, String name, String version, String team) {
    ObjectNode head = JsonNodeFactory.instance.objectNode();
    head.put("id", id).put("name", name).put("version", version);
    head.putArray("owners").add(team);
    return head;
  }

  private static ExportedFile page(String path, ObjectNode head, String body) {
    try {
      return new ExportedFile(
          path, "---\n%s---\n%s".formatted(YAML.writeValueAsString(head), body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree is no YAML, which is a bug: please report it", e);
    }
  }
}
