package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.kubeapi.programs.PythonEnvironment;
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

/** MkDocs makes a site of the documents, as {@code mkdocs.yml} says. */
class MkDocsTest {

  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  /** What a browser loads by itself, if it is on another server. */
  private static final Pattern LOADED_FROM_ELSEWHERE =
      Pattern.compile(
          "<(?:script|img|iframe|source)[^>]* src=\"?(?:https?:)?//[^>]*>"
              + "|<link[^>]* rel=\"?(?:stylesheet|preload|preconnect|icon)[^>]* href=\"?(?:https?:)?//[^>]*>"
              + "|<link[^>]* href=\"?(?:https?:)?//[^>]* rel=\"?(?:stylesheet|preload|preconnect|icon)[^>]*>"
              + "|@import[^;]*;");

  @TempDir private Path folder;

  /**
   * In strict mode a warning is an error: a page without a place, a link or an anchor to nothing.
   */
  @Test
  void buildsWithoutAWarningAndLoadsNothingFromElsewhere() throws IOException {
    Command.Result result = build(PROJECT.resolve("mkdocs.yml"));

    assertThat(result.exitCode()).as(result.errors()).isZero();
    List<Path> pages = pages();
    assertThat(pages).extracting(page -> site().relativize(page).toString()).contains("index.html");
    for (Path page : pages) {
      String html = Files.readString(page);
      assertThat(LOADED_FROM_ELSEWHERE.matcher(html).results().map(it -> it.group()))
          .as(page.toString())
          .isEmpty();
      assertThat(html).as(page.toString()).doesNotContain("language-mermaid", "class=\"mermaid\"");
    }
  }

  @Test
  void linksToNothingFailTheBuild() throws IOException {
    Path docs = Files.createDirectories(folder.resolve("other/docs"));
    Files.writeString(
        docs.resolve("index.md"), "[a](nowhere.md) [b](index.md#nothing) [c](../../missing)");
    Path configuration =
        Files.writeString(
            folder.resolve("other/mkdocs.yml"),
            """
            INHERIT: %1$s/mkdocs.yml
            docs_dir: docs
            hooks: [%1$s/.mkdocs/hooks.py]
            nav: [index.md]
            not_in_nav: ""
            """
                .formatted(PROJECT));

    Command.Result result = build(configuration);

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.errors()).contains("nowhere.md", "#nothing", "missing");
  }

  private Command.Result build(Path configuration) throws IOException {
    String requirements = Files.readString(PROJECT.resolve(".mkdocs/requirements.txt"));
    Path programs = new PythonEnvironment("mkdocs", requirements).orSkip(getClass());
    return Command.of(programs.resolve("mkdocs"), Map.of("NO_MKDOCS_2_WARNING", "1"))
        .attempt("build", "--strict", "-f", configuration.toString(), "-d", site().toString());
  }

  private Path site() {
    return folder.resolve("site");
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(site())) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }
}
