package io.eventbackbone.cli.page;

import io.eventbackbone.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of the page.
 *
 * @param path below the page's address
 * @param file among the resources of this package
 */
record Asset(String path, String file, String contentType) {

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final List<String> MODULES =
      List.of("app", "api", "dom", "topology", "search", "details", "way", "flow");

  /** All files of the page. */
  static List<Asset> all() {
    return Stream.concat(
            Stream.of(
                new Asset("", "index.html", "text/html; charset=utf-8"),
                new Asset("page.css", "page.css", "text/css; charset=utf-8"),
                new Asset("icon.svg", "icon.svg", "image/svg+xml")),
            MODULES.stream().map(it -> it + ".js").map(it -> new Asset(it, it, SCRIPT)))
        .toList();
  }

  /** The file at a path below the page's address, if there is one. */
  static Answer answer(String path) {
    return all().stream()
        .filter(it -> it.path().equals(path))
        .findFirst()
        .map(it -> new Answer(HttpURLConnection.HTTP_OK, it.contentType(), it.text()))
        .orElseGet(
            () -> Answer.text(HttpURLConnection.HTTP_NOT_FOUND, "the page has no such file"));
  }

  private String text() {
    try (InputStream content = Asset.class.getResourceAsStream(file)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the file %s of the page can't be read".formatted(file), e);
    }
  }
}
