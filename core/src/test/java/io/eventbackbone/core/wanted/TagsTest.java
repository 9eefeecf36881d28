package io.eventbackbone.core.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TagsTest {

  private static final Owner OWNER = new Owner("c1", "ServiceAccountBus", "orders", "orders");

  private final Tags asked = tags(Map.of("team", "billing", "Cost Center", "42"));

  @Test
  void aNewResourceTellsWhoseItIsAndWhatWasAskedFor() {
    assertThat(asked.all())
        .containsExactly(
            Map.entry("Cost Center", "42"),
            Map.entry("eventbackbone.io/managed-by", "event-backbone-operator"),
            Map.entry("eventbackbone.io/owner", "c1/ServiceAccountBus/orders/orders"),
            Map.entry("eventbackbone.io/tag-keys", "Cost Center + team"),
            Map.entry("team", "billing"));
  }

  @Test
  void nothingIsMissingOfWhatWasMade() {
    assertThat(asked.missingFrom(asked.all())).isEmpty();
    assertThat(asked.surplusOf(asked.all())).isEmpty();
  }

  @Test
  void anotherValueIsMissing() {
    Map<String, String> observed = new TreeMap<>(asked.all());
    observed.put("team", "orders");
    assertThat(asked.missingFrom(observed)).containsExactly(Map.entry("team", "billing"));
  }

  @Test
  void whatIsNotAskedForAnyMoreIsSurplus() {
    Tags fewer = tags(Map.of("team", "billing"));
    assertThat(fewer.surplusOf(asked.all())).containsExactly("Cost Center");
    assertThat(fewer.missingFrom(asked.all())).containsOnlyKeys("eventbackbone.io/tag-keys");
    assertThat(tags(Map.of()).surplusOf(asked.all()))
        .containsExactly("Cost Center", "eventbackbone.io/tag-keys", "team");
  }

  @Test
  void tagsOfOthersAreNoSurplus() {
    Map<String, String> observed = new TreeMap<>(asked.all());
    observed.put("theirs", "x");
    assertThat(tags(Map.of()).surplusOf(observed)).doesNotContain("theirs");
  }

  private static Tags tags(Map<String, String> asked) {
    return new Tags(OWNER, new TreeMap<>(asked));
  }
}
