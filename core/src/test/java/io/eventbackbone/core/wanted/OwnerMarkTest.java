package io.eventbackbone.core.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerMarkTest {

  private static final Owner OWNER = new Owner("c1", "ServiceAccountBus", "orders", "orders");
  private static final Instant AT = Instant.parse("2026-11-29T05:00:00.123Z");
  private static final OwnerMark.Released RELEASED =
      new OwnerMark.Released(OWNER.tagValue(), Optional.of(AT));

  @Test
  void whatIsReleasedKeepsItsOwnerTagAndTellsWhen() {
    assertThat(RELEASED.tags())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "eventbackbone.io/managed-by",
                "released 2026-11-29T05:00:00Z",
                "eventbackbone.io/owner",
                "c1/ServiceAccountBus/orders/orders"));
  }

  /** Tagging AWS Resources User Guide, "Tag naming limits and requirements". */
  @Test
  void theTagHasOnlyCharactersThatAwsTakes() {
    assertThat(RELEASED.tags().values())
        .allMatch(value -> value.matches("[\\p{L}\\p{N} _.:/=+@-]+"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "event-backbone-operator, none",
        "none, none",
        "released-by-hand, none",
        "released 2026-11-29T05:00:00Z, 2026-11-29T05:00:00Z",
        "released, unknown",
        "released yesterday, unknown"
      })
  void theFirstWordTellsWhetherTheOwnerHasIt(String managedBy, String at) {
    Map<String, String> tags =
        managedBy == null
            ? Map.of(Owner.OWNER_TAG, "o")
            : Map.of(Owner.OWNER_TAG, "o", Owner.MANAGED_BY_TAG, managedBy);
    assertThat(OwnerMark.of(tags)).contains(expected("o", at));
  }

  private static OwnerMark expected(String owner, String at) {
    return at == null
        ? new OwnerMark.Owned(owner)
        : new OwnerMark.Released(
            owner, Optional.of(at).filter(it -> !it.equals("unknown")).map(Instant::parse));
  }

  @Test
  void withoutAnOwnerTagNobodyIsNamed() {
    assertThat(OwnerMark.of(Map.of("eventbackbone.io/managed-by", "released"))).isEmpty();
    assertThat(OwnerMark.of(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "c1/ServiceAccountBus/orders/orders, c1/ServiceAccountBus/orders/orders, none",
        "released 2026-11-29T05:00:00Z c1/A/b/c, c1/A/b/c, 2026-11-29T05:00:00Z",
        "released c1/A/b/c, c1/A/b/c, unknown",
        "see https://example.com, see https://example.com, none",
      })
  void anArchiveSaysItByItsDescription(String description, String owner, String at) {
    assertThat(OwnerMark.ofDescription(description)).contains(expected(owner, at));
  }

  @Test
  void aDescriptionWithoutAnOwnerNamesNobody() {
    assertThat(OwnerMark.ofDescription("released")).isEmpty();
    assertThat(OwnerMark.ofDescription("")).isEmpty();
  }

  @Test
  void anArchivesDescriptionIsReadAsItIsWritten() {
    assertThat(OwnerMark.ofDescription(OwnerMark.description(OWNER.tags())))
        .contains(new OwnerMark.Owned(OWNER.tagValue()));
    assertThat(OwnerMark.ofDescription(OwnerMark.description(RELEASED.tags())))
        .contains(
            new OwnerMark.Released(
                OWNER.tagValue(), Optional.of(Instant.parse("2026-11-29T05:00:00Z"))));
  }
}
