package io.eventbackbone.events;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.events.EventContracts.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contracts from a folder, which holds what the operator writes into its ConfigMap. */
class MountedContractsTest {

  private static final String SHIPPED =
      """
      {"detailType": "Order.Shipped", "versions": [
        {"version": "1", "schema": {"$id": "urn:shipped", "type": "object", "required": ["by"],
          "properties": {"by": {"$ref": "#/$defs/by"}}, "$defs": {"by": {"type": "string"}}}},
        {"version": "2", "schema": {"$id": "urn:shipped", "type": "object", "required": ["boxes"],
          "properties": {"boxes": {"type": "array", "items": {"$ref": "#/$defs/by"}}},
          "$defs": {"by": {"type": "integer"}}}}]}
      """;

  @TempDir private Path folder;

  private EventContracts contracts;

  @BeforeEach
  void mount() throws IOException {
    write("order-shipped.json", SHIPPED);
    write("unknownTypes", "Allow");
    contracts = enforced();
  }

  @Test
  void aListedVersionIsEnough() {
    assertIsSent("Order.Shipped", "{\"by\": \"sea\"}");
    assertIsSent("Order.Shipped", "{\"boxes\": [1, 2]}");
  }

  @Test
  void aViolationIsToldOfTheLatestVersion() {
    assertRefused(
        "Order.Shipped",
        "{\"boxes\": [1, \"secret\"]}",
        "breaks its contract: $.detail.data.boxes[1] violates type");
  }

  /** The class path has the version that the service writes. */
  @Test
  void theClassPathComesFirst() throws IOException {
    write(
        "order-created.json",
        "{\"detailType\": \"Order.Created\", \"versions\": [{\"version\": \"1\", \"schema\": true}]}");

    assertRefused("Order.Created", "{}", "$.detail.data violates required of orderId");
  }

  @ParameterizedTest
  @CsvSource({"Allow, false", "Warn, false", "Refuse, true", "allow, true", "'', true"})
  void theConventionDecidesAboutUnknownDetailTypes(String convention, boolean isRefused)
      throws IOException {
    write("unknownTypes", convention + "\n");
    if (isRefused) {
      assertRefused("Order.Lost", "{}", "unknownTypes");
    } else {
      assertIsSent("Order.Lost", "{}");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENFORCE")
  void onlyEnforcementRefuses(Mode mode) throws IOException {
    write("unknownTypes", "Refuse");
    EventContracts lenient = new EventContracts(mode, Optional.of(folder));

    assertThatCode(() -> lenient.check(event("Order.Lost", "{}"))).doesNotThrowAnyException();
  }

  @Test
  void aRefusalTellsWhatToDo() throws IOException {
    write("unknownTypes", "Refuse");

    assertRefused(
        "Order.Lost",
        "{}",
        "has no contract: no EventType of the bus has this detail type (the EventBackbone's"
            + " spec.conventions.unknownTypes). Apply an EventType, or correct the detail type");
  }

  /** An optional ConfigMap that does not exist is an empty folder. */
  @Test
  void anEmptyFolderAdmitsNothingUnknown(@TempDir Path empty) {
    contracts = new EventContracts(Mode.ENFORCE, Optional.of(empty));
    assertRefused("Order.Lost", "{}", "it has no file unknownTypes");
    assertIsSent("Order.Created", "{\"orderId\": \"6f1d2f0e-0000-4000-8000-000000000001\"}");

    contracts = new EventContracts(Mode.ENFORCE, Optional.of(empty.resolve("absent")));
    assertRefused("Order.Lost", "{}", "it does not exist");
  }

  @Test
  void aContractThatWasLeftOutMayBeTheEvents() throws IOException {
    write("leftOut", "1 of 2 EventTypes don't fit into the ConfigMap: order-lost");

    assertRefused("Order.Lost", "{}", "order-lost. Put its schema on the class path");
    assertIsSent("Order.Shipped", "{\"by\": \"sea\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"detailType\": \"Order.Lost\"}",
        "{\"detailType\": \"Order.Lost\", \"versions\": []}",
        "{\"versions\": [{\"version\": \"1\", \"schema\": {}}]}"
      })
  void aFileThatCantBeReadHoldsUpNoOther(String text) throws IOException {
    write("order-lost.json", text);

    assertRefused("Order.Lost", "{}", "order-lost.json");
    assertIsSent("Order.Shipped", "{\"by\": \"sea\"}");
  }

  /** As a kubelet mounts a ConfigMap, and replaces its files. */
  @Test
  void aReplacedConfigMapIsReadAgain(@TempDir Path mount) throws IOException {
    Path first = Files.createDirectory(mount.resolve("..2026_1"));
    Files.writeString(first.resolve("unknownTypes"), "Allow");
    Path data = Files.createSymbolicLink(mount.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(mount.resolve("unknownTypes"), Path.of("..data", "unknownTypes"));
    contracts = new EventContracts(Mode.ENFORCE, Optional.of(mount));
    assertIsSent("Order.Shipped", "{}");

    Path second = Files.createDirectory(mount.resolve("..2026_2"));
    Files.writeString(second.resolve("unknownTypes"), "Allow");
    Files.writeString(second.resolve("order-shipped.json"), SHIPPED);
    Files.delete(data);
    Files.createSymbolicLink(data, second.getFileName());

    assertRefused("Order.Shipped", "{}", "violates required of boxes");
  }

  @Test
  void theEnvironmentNamesTheFolder() {
    contracts =
        EventContracts.of(
            Map.of(EventContracts.VARIABLE, "enforce", EventContracts.FOLDER, folder.toString()));

    assertRefused("Order.Shipped", "{}", "violates");
  }

  private EventContracts enforced() {
    return new EventContracts(Mode.ENFORCE, Optional.of(folder));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    contracts = enforced();
  }

  private void assertIsSent(String detailType, String data) {
    assertThatCode(() -> contracts.check(event(detailType, data))).doesNotThrowAnyException();
  }

  private void assertRefused(String detailType, String data, String told) {
    assertThatThrownBy(() -> contracts.check(event(detailType, data)))
        .isInstanceOf(ContractViolationException.class)
        .hasMessageContaining(detailType)
        .hasMessageContaining(told)
        .hasMessageNotContaining("secret");
  }

  private static OutgoingEvent event(String detailType, String data) throws IOException {
    return new OutgoingEvent(
        detailType,
        new EventEnvelope<>(
            EventMetadata.first("c1", Optional.empty(), Instant.EPOCH),
            EventJson.MAPPER.readTree(data)));
  }
}
