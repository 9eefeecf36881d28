package io.eventbackbone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.cli.Backbone.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {

  private static final String SAMPLE = "../samples/ecommerce/orders.yaml";

  @TempDir private Path folder;

  private Result generate(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("types", "generate", "--java", "-o", folder.toString()));
    arguments.addAll(Arrays.asList(more));
    return Backbone.run(arguments.toArray(String[]::new));
  }

  @Test
  void writesARecordOfEachEventType() {
    Result result = generate("--package", "com.example", "-f", SAMPLE);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            folder.resolve("com/example/OrderCreated.java").toString(),
            folder.resolve("com/example/OrderUpdated.java").toString());
  }

  @Test
  void oneThatCantBeReadHoldsUpNoOther() throws IOException {
    String text = Files.readString(Path.of(SAMPLE)).replaceFirst("type: integer", "type: money");
    Path file = Files.writeString(folder.resolve("orders.yaml"), text);

    Result result = generate("--package", "com.example", "-f", file.toString());

    assertThat(result.exitCode()).isOne();
    assertThat(result.err())
        .contains("EventType orders/order-created: spec.versions[0].schema/properties/items");
    assertThat(folder.resolve("com/example/OrderUpdated.java")).exists();
  }

  @Test
  void saysWhatItCantUse() {
    assertThat(generate("--package", "com.class", "-f", SAMPLE).err())
        .contains("--package com.class is no name of a Java package");
    assertThat(generate("--package", "com.example", "-f", SAMPLE, "Order.Creatd").err())
        .contains("did you mean Order.Created?");
    assertThat(generate("--package", "a", "-f", "../samples/ecommerce/namespaces.yaml").exitCode())
        .isEqualTo(2);
  }
}
