package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.launcher.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code kubectl backbone}, run as the user of the kubeconfig, with the reader role of each account
 * in the sandbox.
 *
 * @param accounts numbers of the accounts to read
 * @param environment by which AWS is found, from an account of its own
 */
record Insight(
    Checkout files, Path kubeconfig, List<String> accounts, Map<String, String> environment) {

  /** The name of the child process and of its log file. */
  private static final String PAGE = "page";

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/\\w+/");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** Starts the page, and returns its address. */
  String startPage(Children children) {
    List<String> arguments = new ArrayList<>(List.of("ui", "--kubeconfig", kubeconfig.toString()));
    arguments.addAll(roles());
    children.start(PAGE, files.cliJar(), arguments, environment);
    Path log = children.log(PAGE);
    children
        .patience()
        .until(
            () -> address(log).isPresent(),
            START_LIMIT,
            () -> "the page did not start; see " + log);
    return address(log).orElseThrow();
  }

  private static Optional<String> address(Path log) {
    try {
      return ADDRESS.matcher(Files.readString(log)).results().map(MatchResult::group).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that shows which subscriptions receive a type of event. It does not ask AWS. */
  String who(String detailType) {
    return "%s who %s --kubeconfig %s".formatted(files.cli(), detailType, kubeconfig);
  }

  /** The command that shows the way of an event. */
  String why(String id) {
    return ofAws("why " + id);
  }

  /** The command that holds the events that flowed to their contracts. */
  String observe() {
    return ofAws("types observe");
  }

  /** The command that checks the contracts in a manifest. */
  String check(Path manifest) {
    return "%s types check -f %s --kubeconfig %s".formatted(files.cli(), manifest, kubeconfig);
  }

  /** The command that writes the files of a catalogue into a folder. */
  String export(Path folder) {
    return "%s types export --eventcatalog %s --asyncapi %s --kubeconfig %s"
        .formatted(files.cli(), folder, folder.resolve("asyncapi"), kubeconfig);
  }

  /** The command that lets a subscription receive again what came since a time. */
  String replay(String subscription, Instant from) {
    return "%s replay %s --from %s --to \"$(date -u +%%Y-%%m-%%dT%%H:%%M:%%SZ)\" --wait --kubeconfig %s"
        .formatted(files.cli(), subscription, from.truncatedTo(ChronoUnit.SECONDS), kubeconfig);
  }

  private String ofAws(String verb) {
    String variables =
        environment.entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .sorted()
            .collect(Collectors.joining(" "));
    return "%s %s %s --kubeconfig %s %s"
        .formatted(variables, files.cli(), verb, kubeconfig, String.join(" ", roles()));
  }

  private List<String> roles() {
    return accounts.stream()
        .map("--assume-role=arn:aws:iam::%s:role/event-backbone-reader"::formatted)
        .toList();
  }
}
