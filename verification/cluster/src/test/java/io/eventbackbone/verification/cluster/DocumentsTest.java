package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.launcher.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vale checks the documents with the rules in {@code .vale}. */
class DocumentsTest {

  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  /** To a file of the project, without an anchor. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)[^)]*\\)");

  private final Command vale =
      Command.of(GoTool.VALE.orSkip(getClass()), Map.of())
          .with("--config=" + PROJECT.resolve(".vale.ini"))
          .with("--output=line");

  @Test
  void areInPlainEnglish() {
    assertThat(
            vale.run(
                Stream.of(
                        "README.md",
                        "CONTRIBUTING.md",
                        "CHANGELOG.md",
                        "SECURITY.md",
                        "docs",
                        ".github",
                        "helm/event-backbone-operator/README.md")
                    .map(document -> PROJECT.resolve(document).toString())
                    .toArray(String[]::new)))
        .isEmpty();
  }

  /** MkDocs looks after those in {@code docs}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "helm/event-backbone-operator/README.md"
      })
  void linksLeadToFiles(String document) throws IOException {
    Path page = PROJECT.resolve(document);
    assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
        .as(document)
        .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
  }

  /** The arithmetic of the costs. */
  @Test
  void commandsThatNeedNothingPrintWhatThePageSays() throws IOException {
    Command shell = Command.of(Path.of("/bin/sh"), Map.of());
    List<Page.Step> steps = Page.read("costs.md").steps();
    assertThat(steps)
        .isNotEmpty()
        .allSatisfy(step ->
            assertThat(shell.run("-ec", step.commands()).lines())
                .containsExactlyElementsOf(step.output()));
  }

  @Test
  void everyRuleFindsItsExample(@TempDir Path folder) throws Exception {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            """
            Who leaves loses the right. Nor does a bus get it. There are ten, one of which is free.
            The role is read by the operator. Use a queue, e.g. a FIFO queue. It is the the last.

            One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen twenty one two three four five six seven eight nine
            ten eleven twelve thirteen fourteen fifteen sixteen.
            """);
    List<String> rules;
    try (Stream<Path> files = Files.list(PROJECT.resolve(".vale").resolve("EventBackbone"))) {
      rules = files.map(file -> file.getFileName().toString().replace(".yml", "")).toList();
    }

    Command.Result result = vale.attempt(page.toString());

    assertThat(result.exitCode()).isNotZero();
    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(result.output()).contains("EventBackbone." + rule + ":"));
  }
}
