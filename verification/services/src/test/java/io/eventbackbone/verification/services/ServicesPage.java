package io.eventbackbone.verification.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/services.md tells people to type. */
record ServicesPage(String text) {

  private static final Path FILE = Path.of("../..", "docs", "services.md");

  /**
   * A row of the table of samples.
   *
   * @param consume the command that starts the service
   * @param publish the command that publishes an order
   */
  record Sample(String consume, String publish) {}

  static ServicesPage read() throws IOException {
    return new ServicesPage(Files.readString(FILE));
  }

  /** The shell function that exports what a binding Secret says. */
  String bindingFunction() {
    return group("(?s)```sh\n(binding\\(\\) \\{.*?\n\\})\n", 1);
  }

  Sample sample(Language language) {
    String row =
        "\\| \\[samples/" + language + "\\][^|]*\\| `[^`]+` \\| `([^`]+)` \\| `([^`]+)` \\|";
    return new Sample(group(row, 1), group(row, 2));
  }

  private String group(String pattern, int number) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError(FILE + " has nothing of the form " + pattern);
    }
    return matcher.group(number);
  }
}
