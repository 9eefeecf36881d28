package io.eventbackbone.local.benchmark;

import io.eventbackbone.local.benchmark.Insight.Answer;
import io.eventbackbone.local.benchmark.Insight.Question;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.ProgramFailure;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code kubectl backbone} on an API server that has an estate. No operator runs: the specs decide
 * the answers.
 */
final class InsightProgram {

  private static final int SUBSCRIPTIONS_PER_BUS = 3;

  /** The median of so many calls counts. */
  private static final int CALLS = 3;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int ERROR = 2;
  private static final double MILLIS_PER_SECOND = 1000;

  private final Path launcher;
  private final Path folder;
  private final Path kubeconfig;

  private InsightProgram(Checkout files, KubeApi api, Path folder) {
    launcher = files.cli();
    this.folder = folder;
    kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
  }

  /**
   * Measures all questions.
   *
   * @param folder for what the calls print, and for their caches of loaded classes
   */
  static Insight measure(Checkout files, KubeApi api, Path folder, int accounts) {
    try (KubernetesClient client = OperatorClient.of(api.client().getConfiguration())) {
      Crds.apply(client, files.crds());
      new ObjectWriter(client).create(namespaces(accounts));
      new ObjectWriter(client).create(objects(accounts));
    }
    InsightProgram program = new InsightProgram(files, api, folder);
    Map<Question, Answer> answers = new EnumMap<>(Question.class);
    for (Question question : Question.values()) {
      program.call(question); // Makes the verb's cache of loaded classes.
      answers.put(
          question,
          IntStream.range(0, CALLS)
              .mapToObj(call -> program.call(question))
              .sorted(Comparator.comparing(Answer::seconds))
              .toList()
              .get(CALLS / 2));
    }
    return new Insight(accounts, SUBSCRIPTIONS_PER_BUS * accounts, answers);
  }

  private static List<HasMetadata> namespaces(int accounts) {
    return Stream.concat(
            Stream.of(Estate.PLATFORM), IntStream.range(0, accounts).mapToObj(Estate::name))
        .<HasMetadata>map(Estate::namespace)
        .toList();
  }

  private static List<HasMetadata> objects(int accounts) {
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(Estate.backboneAccount());
    objects.add(Estate.backbone());
    objects.add(Estate.route());
    for (int service = 0; service < accounts; service++) {
      objects.add(Estate.account(service));
      objects.add(Estate.bus(service));
      for (int number = 0; number < SUBSCRIPTIONS_PER_BUS; number++) {
        objects.add(Estate.subscription(service, number, accounts));
      }
    }
    return objects;
  }

  private List<String> arguments(Question question) {
    return switch (question) {
      case WHO -> List.of("who", Estate.detailType(0));
      case DIFF_OF_SUBSCRIPTION -> List.of("diff", "-f", write(Estate.CHANGED_SUBSCRIPTION));
      case DIFF_OF_ROUTE -> List.of("diff", "-f", write(Estate.CHANGED_ROUTE));
      case MAP -> List.of("map", "-o", "svg");
    };
  }

  private String write(String manifest) {
    try {
      return Files.writeString(folder.resolve("changed.yaml"), manifest).toString();
    } catch (IOException e) {
      throw new ProgramFailure("a manifest could not be written to " + folder, e);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }

  private Answer call(Question question) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments(question));
    command.add("--kubeconfig=" + kubeconfig);
    File output = folder.resolve(question.name().toLowerCase(Locale.ROOT) + ".out").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("XDG_CACHE_HOME", folder.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Stopwatch stopwatch = new Stopwatch();
      Process process = builder.start();
      long peak = 0;
      double cpuSeconds = 0;
      while (process.isAlive()) {
        peak = new ProcessCosts(process).peakWhileAlive().orElse(peak);
        cpuSeconds =
            process.info().totalCpuDuration().map(InsightProgram::seconds).orElse(cpuSeconds);
        Patience.pause(BETWEEN_LOOKS);
      }
      double seconds = stopwatch.seconds();
      if (process.exitValue() >= ERROR) {
        throw new ProgramFailure(
            "%s ended with %d: see %s".formatted(command, process.exitValue(), output));
      }
      return new Answer(seconds, cpuSeconds, peak);
    } catch (IOException e) {
      throw new ProgramFailure(launcher + " could not be started", e);
    }
  }
}
