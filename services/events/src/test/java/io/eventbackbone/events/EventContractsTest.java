package io.eventbackbone.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.events.EventContracts.Mode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventContractsTest {

  private static final String ID = "6f1d2f0e-0000-4000-8000-000000000001";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a missing property | {"total": 1}                              | $.detail.data violates required of orderId
          another type       | {"orderId": "%ID%", "total": "secret"}    | $.detail.data.total violates type
          another format     | {"orderId": "secret"}                     | $.detail.data.orderId violates format
          """)
  void aViolationIsToldWithItsPlaceAndWithoutValues(String what, String data, String told)
      throws Exception {
    EventContracts contracts = classPath(Mode.ENFORCE);
    OutgoingEvent event = event("Order.Created", data.replace("%ID%", ID));

    assertThatThrownBy(() -> contracts.check(event))
        .isInstanceOf(ContractViolationException.class)
        .hasMessageMatching("Order.Created [0-9a-f-]{36} breaks its contract: .*")
        .hasMessageContaining(told)
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatKeepsItsContractPasses() throws Exception {
    EventContracts contracts = classPath(Mode.ENFORCE);
    OutgoingEvent event = event("Order.Created", "{\"orderId\": \"%s\"}".formatted(ID));

    assertThatCode(() -> contracts.check(event)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void aDetailTypeWithoutASchemaPasses(Mode mode) throws Exception {
    OutgoingEvent event = event("Order.Updated", "{}");

    assertThatCode(() -> classPath(mode).check(event)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENFORCE")
  void onlyEnforcementRefuses(Mode mode) throws Exception {
    OutgoingEvent event = event("Order.Created", "{}");

    assertThatCode(() -> classPath(mode).check(event)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "warn", "enforce"})
  void theModeIsRead(String mode) {
    assertThat(EventContracts.of(Map.of("EVENT_CONTRACTS", mode))).isNotNull();
    assertThat(EventContracts.of(Map.of())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Enforce", "on"})
  void anotherModeIsRefused(String mode) {
    assertThatThrownBy(() -> EventContracts.of(Map.of("EVENT_CONTRACTS", mode)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("write off, warn or enforce");
  }

  private static EventContracts classPath(Mode mode) {
    return new EventContracts(mode, Optional.empty());
  }

  private static OutgoingEvent event(String detailType, String data) throws Exception {
    return new OutgoingEvent(
        detailType,
        new EventEnvelope<>(
            EventMetadata.first("c1", Optional.empty(), Instant.EPOCH),
            EventJson.MAPPER.readTree(data)));
  }
}
