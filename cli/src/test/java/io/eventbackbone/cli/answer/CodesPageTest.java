package io.eventbackbone.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds docs/codes.md to the codes. {@code -Dcodes.write} writes it. */
class CodesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "codes.md");

  private static final Map<Character, String> CHAPTERS =
      new TreeMap<>(
          Map.of(
              '1', "Receivers of an event: `who`, `diff`, and the hops of `why`",
              '2', "The end of an event's way: `why`",
              '4', "Problems of objects: `status`",
              '5', "Dead letters: `redrive`",
              '6', "Contracts: `types check` and `types observe`",
              '7', "Replays: `replay`"));

  @Test
  void isMadeOfTheCodes() throws IOException {
    if (System.getProperty("codes.write") != null) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE)
        .as("`./mvnw -pl cli -am test -Dtest=CodesPageTest -Dcodes.write` writes it")
        .hasContent(page());
  }

  @Test
  void aCodeStandsForOneReason() {
    assertThat(Code.values()).extracting(Code::text).doesNotHaveDuplicates();
    assertThat(Code.values())
        .allSatisfy(it -> assertThat(CHAPTERS).containsKey(it.text().charAt(2)));
  }

  /** Tests of other packages name a code, or its text, in the answers that they expect. */
  @ParameterizedTest
  @EnumSource(Code.class)
  void aTestExpectsTheCode(Code code) throws IOException {
    try (Stream<Path> tests = Files.walk(Path.of("src", "test", "java"))) {
      assertThat(tests.filter(CodesPageTest::isOfOtherPackage))
          .as("tests that expect %s (%s)", code.text(), code)
          .anySatisfy(test ->
              assertThat(test)
                  .content()
                  .containsPattern("%s|Code\\.%s\\b".formatted(code.text(), code)));
    }
  }

  private static boolean isOfOtherPackage(Path file) {
    return file.toString().endsWith(".java") && !file.getParent().endsWith("answer");
  }

  private static String page() {
    return """
    # Codes of `kubectl backbone`

    Every "no" of [`kubectl backbone`](insight.md) has a code. A code keeps its meaning, so scripts may
    rely on it. `CodesPageTest` writes this page from the enum `Code`.

    """
        + CHAPTERS.entrySet().stream()
            .map(it -> chapter(it.getKey(), it.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String chapter(char first, String title) {
    return "## %s\n\n".formatted(title)
        + Arrays.stream(Code.values())
            .filter(it -> it.text().charAt(2) == first)
            .map(CodesPageTest::section)
            .collect(Collectors.joining("\n"));
  }

  private static String section(Code code) {
    return "<a id=\"%s\"></a>\n### %s %s\n\n%s What to do: %s\n"
        .formatted(
            code.text().toLowerCase(java.util.Locale.ROOT),
            code.text(),
            code.title(),
            code.meaning(),
            code.remedy());
  }
}
