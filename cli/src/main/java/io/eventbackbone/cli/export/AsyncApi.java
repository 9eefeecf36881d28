package io.eventbackbone.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.cli.export.Landscape.Contract;
import io.eventbackbone.cli.export.Landscape.Service;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** AsyncAPI 3.0: a document of each service, with the events that it sends and receives. */
public final class AsyncApi {

  private static final YAMLMapper YAML =
      new YAMLMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private final Service service;
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();

  private AsyncApi(Service service) {
    this.service = service;
  }

  public static List<ExportedFile> of(Landscape landscape) {
    return landscape.services().stream()
        .map(it -> new AsyncApi(it).file(landscape.contracts()))
        .toList();
  }

  private ExportedFile file(List<Contract> contracts) {
    List<Contract> sent = contracts.stream().filter(it -> it.producer().equals(service)).toList();
    List<Contract> received =
        contracts.stream().filter(it -> it.receivers().contains(service)).toList();
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", service.name())
        .put("version", "1.0.0")
        .put(
            "description",
            "Events on the event backbone. A channel is a detail type, and a payload is the detail"
                + " of an event.");
    document.put("defaultContentType", "application/json");
    ObjectNode channels = document.putObject("channels");
    ObjectNode operations = document.putObject("operations");
    Stream.concat(sent.stream(), received.stream())
        .distinct()
        .forEach(it -> channels.set(it.id(), channel(it)));
    sent.forEach(it -> operations.set("send-" + it.id(), operation("send", it)));
    received.forEach(it -> operations.set("receive-" + it.id(), operation("receive", it)));
    document.set(
        "components", components(Stream.concat(sent.stream(), received.stream()).distinct()));
    try {
      return new ExportedFile(service.id() + ".yaml", YAML.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree is no YAML, which is a bug: please report it", e);
    }
  }

  private static ObjectNode reference(String pointer) {
    return JsonNodeFactory.instance.objectNode().put("$ref", pointer);
  }

  private static ObjectNode channel(Contract contract) {
    ObjectNode channel = JsonNodeFactory.instance.objectNode();
    channel.put("address", contract.spec().detailType());
    channel
        .putObject("messages")
        .set(contract.id(), reference("#/components/messages/" + contract.id()));
    return channel;
  }

  private static ObjectNode operation(String action, Contract contract) {
    String channel = "#/channels/" + contract.id();
    ObjectNode operation = JsonNodeFactory.instance.objectNode().put("action", action);
    operation.set("channel", reference(channel));
    operation
        .putArray("messages")
        .add(reference("%s/messages/%s".formatted(channel, contract.id())));
    return operation;
  }

  private static ObjectNode components(Stream<Contract> contracts) {
    ObjectNode components = JsonNodeFactory.instance.objectNode();
    ObjectNode messages = components.putObject("messages");
    ObjectNode schemas = components.putObject("schemas");
    contracts.forEach(contract -> {
      messages.set(contract.id(), message(contract));
      AsyncApiSchemas.of(contract).forEach(schemas::set);
    });
    return components;
  }

  private static ObjectNode message(Contract contract) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("name", contract.spec().detailType()).put("summary", contract.summary());
    if (contract.spec().deprecated()) {
      message.putArray("tags").addObject().put("name", "deprecated");
    }
    ObjectNode payload = message.putObject("payload").put("type", "object");
    payload.putArray("required").add("metadata").add("data");
    ObjectNode properties = payload.putObject("properties");
    properties.putObject("metadata").put("type", "object");
    JsonNode data = reference("#/components/schemas/" + contract.id());
    properties.set("data", data);
    return message;
  }
}
