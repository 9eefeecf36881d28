package io.eventbackbone.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Holds compatibility to networknt's validator, which shares no code with ours. */
class CompatibilityPropertyTest {

  private static final int DOCUMENTS = 40;

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withoutEdgeCases();
  }

  /** A compatible pair has no counterexample; an incompatible one has a witness. */
  @Property(tries = 3_000)
  void whatIsSaidOfAPairIsTrue(@ForAll("seeds") long seed) {
    RandomSchemas random = new RandomSchemas(new Random(seed));
    ObjectNode writer = random.schema();
    ObjectNode reader = random.changed(writer);
    Optional<JsonNode> witness = Counterexample.of(Schemas.read(writer), Schemas.read(reader));

    Statistics.label("pairs").collect(witness.isPresent() ? "incompatible" : "compatible");
    witness.ifPresent(document -> {
      assertThat(Schemas.accepts(writer, document)).as("%s by %s", document, writer).isTrue();
      assertThat(Schemas.accepts(reader, document)).as("%s by %s", document, reader).isFalse();
    });
    if (witness.isEmpty()) {
      for (int i = 0; i < DOCUMENTS; i++) {
        JsonNode document = random.document(writer);
        assertThat(Schemas.accepts(reader, document))
            .as("%s of %s by %s", document, writer, reader)
            .isTrue();
      }
    }
  }

  /** The documents of the test above are documents of the writer, and each kind of pair occurs. */
  @Property(tries = 1_000)
  void bothValidatorsAgree(@ForAll("seeds") long seed) {
    RandomSchemas random = new RandomSchemas(new Random(seed));
    ObjectNode one = random.schema();
    ObjectNode other = random.changed(one);
    JsonNode document = random.document(one);

    assertThat(Schemas.accepts(one, document)).as("%s by %s", document, one).isTrue();
    assertThat(Acceptance.of(Schemas.read(one), document)).isTrue();
    assertThat(Acceptance.of(Schemas.read(other), document))
        .as("%s by %s", document, other)
        .isEqualTo(Schemas.accepts(other, document));
    assertThat(Violations.of(Schemas.read(other), document).isEmpty())
        .as("%s by %s", document, other)
        .isEqualTo(Schemas.accepts(other, document));
  }

  @Property(tries = 500)
  void aSchemaIsCompatibleWithItself(@ForAll("seeds") long seed) {
    ObjectNode schema = new RandomSchemas(new Random(seed)).schema();

    assertThat(Counterexample.of(Schemas.read(schema), Schemas.read(schema))).isEmpty();
  }
}
