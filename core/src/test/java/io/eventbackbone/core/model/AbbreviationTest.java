package io.eventbackbone.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.pattern.PatternProblem;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class AbbreviationTest {

  @Test
  void manyProblemsAndLongNamesAreToldShortly() {
    PatternProblem problem = new PatternProblem("k".repeat(4_000), "is wrong");
    assertThat(Abbreviation.ofProblems(Collections.nCopies(500, problem)))
        .hasSizeLessThan(5_000)
        .endsWith("k…; and 490 more");
  }
}
