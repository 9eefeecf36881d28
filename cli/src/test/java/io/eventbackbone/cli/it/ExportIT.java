package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.cli.Backbone;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.programs.NodePackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code types export} in the hands of the tools that they are for. */
class ExportIT {

  private static final Path TOOLS = Path.of("src", "test", "node");
  private static final Path SAMPLES = Path.of("..", "samples", "ecommerce");

  /** What the example's schemas don't have. */
  private static final String PAYMENT =
      Manifests.of(
          "EventType",
          "orders/paid",
          "busRef: {name: orders}",
          "detailType: Order.Paid",
          "description: \"An order was paid: {x} <y> # z\"",
          "deprecated: true",
          "versions:",
          "- {version: 2026-11, schema: {type: object, properties: {a: {type: string}}}}",
          "- version: 2026-12",
          "  schema:",
          "    $schema: https://json-schema.org/draft/2020-12/schema",
          "    oneOf: [{$ref: '#/$defs/card'}, {$ref: '#/$defs/transfer'}]",
          "    discriminator: {propertyName: kind}",
          "    $defs:",
          "      card: {type: object, required: [kind], properties: {kind: {const: card}, at: {type: string, format: date-time}}}",
          "      transfer: {type: object, required: [kind], properties: {kind: {const: transfer}, note: {type: [string, 'null']}}}");

  private static Path modules;

  @TempDir private static Path folder;

  @BeforeAll
  static void export() throws IOException {
    modules = new NodePackages("export-tools", TOOLS).orSkip(ExportIT.class);
    List<String> arguments = new ArrayList<>(List.of("types", "export"));
    arguments.addAll(List.of("--asyncapi", folder.resolve("asyncapi").toString()));
    arguments.addAll(List.of("--eventcatalog", folder.resolve("catalog").toString()));
    for (String sample : List.of("namespaces", "accounts", "backbone", "orders", "deliveries")) {
      arguments.addAll(List.of("-f", SAMPLES.resolve(sample + ".yaml").toString()));
    }
    Path paid = Files.writeString(folder.resolve("paid.yaml"), PAYMENT);
    arguments.addAll(List.of("-f", paid.toString()));
    Result result = Backbone.run(arguments.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private record Ran(int exitCode, String output) {}

  private static Ran run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  @Test
  void asyncApisParserReadsTheDocuments() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Files.createSymbolicLink(tools.resolve("node_modules"), modules);
    Files.copy(TOOLS.resolve("package.json"), tools.resolve("package.json"));
    Path script = Files.copy(TOOLS.resolve("asyncapi.js"), tools.resolve("asyncapi.js"));
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    try (Stream<Path> documents = Files.list(folder.resolve("asyncapi"))) {
      documents.map(Path::toString).sorted().forEach(command::add);
    }

    Ran parser = run(command);

    assertThat(parser.exitCode()).as(parser.output()).isZero();
    assertThat(parser.output())
        .contains(
            "order-service send Order.Created",
            "order-service send Order.Paid",
            "order-service receive Delivery.Updated",
            "delivery-service receive Order.Created",
            "delivery-service send Delivery.Updated");
  }

  @Test
  void eventCatalogsLinterFindsTheDeprecatedEventAlone() throws Exception {
    Path linter = modules.resolve("@eventcatalog/linter/dist/cli/index.js");

    Ran clean = run(List.of("node", linter.toString(), folder.resolve("catalog").toString()));

    assertThat(clean.exitCode()).as(clean.output()).isZero();
    assertThat(clean.output())
        .contains("Referenced event \"Order.Paid\" (version: 2.0.0) is deprecated")
        .contains("(0 errors, 1 warnings)");

    Path page = folder.resolve("catalog/services/order-service/index.mdx");
    String text = Files.readString(page);
    Files.writeString(page, text.replace("Order.Created", "Order.Lost"));
    Ran broken = run(List.of("node", linter.toString(), folder.resolve("catalog").toString()));
    Files.writeString(page, text);
    assertThat(broken.exitCode()).as(broken.output()).isOne();
  }
}
