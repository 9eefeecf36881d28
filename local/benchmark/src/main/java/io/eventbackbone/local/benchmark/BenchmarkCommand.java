package io.eventbackbone.local.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.programs.Binaries;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark as a program. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the operator against the sandbox, with the latency and the rate limits of AWS, and a"
          + " real kube-apiserver; and kubectl backbone against a kube-apiserver. docs/scale.md says what"
          + " is measured.",
      "Prints a table, and writes it as JSON to target/benchmark.json. A thousand accounts take some minutes."
    })
public final class BenchmarkCommand implements Callable<Integer> {

  @Option(
      names = "--accounts",
      split = ",",
      defaultValue = "10,100,1000",
      paramLabel = "NUMBER",
      description = "Service accounts, a run for each number (default: ${DEFAULT-VALUE}).")
  private List<Integer> accounts;

  /** What can be measured. */
  enum Part {
    OPERATOR,
    INSIGHT,
    DATA_PLANE
  }

  @Option(
      names = "--parts",
      split = ",",
      defaultValue = "operator,insight,data_plane",
      paramLabel = "PART",
      description =
          "What is measured: the operator, kubectl backbone, the services (default: ${DEFAULT-VALUE}).")
  private Set<Part> parts;

  public static void main(String[] arguments) {
    // The operator's logback.xml is on the class path, too.
    System.setProperty("logback.configurationFile", "benchmark-logback.xml");
    System.exit(
        new CommandLine(new BenchmarkCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((failure, line, parsed) -> report(failure))
            .execute(arguments));
  }

  private static int report(Exception failure) throws Exception {
    if (!(failure instanceof ProgramFailure)) {
      throw failure;
    }
    System.err.println("benchmark: " + failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() throws IOException {
    Checkout files = Checkout.of(BenchmarkCommand.class);
    Path folder = files.newRunFolder("local/benchmark/target/runs");
    System.setProperty("benchmark.log", folder.resolve("benchmark.log").toString());
    System.err.println("Logs of this run: " + folder);
    String machine = machine();
    Binaries.Found binaries = kubernetes();
    List<Measurement> measurements = new ArrayList<>();
    List<Insight> insights = new ArrayList<>();
    boolean isWhole = true;
    for (int number : accounts) {
      try {
        if (parts.contains(Part.OPERATOR)) {
          measurements.add(measure(number, files, binaries, folder));
        }
        if (parts.contains(Part.INSIGHT)) {
          insights.add(insight(number, files, binaries, folder));
        }
      } catch (ProgramFailure e) {
        System.err.printf("benchmark: %d accounts: %s%n", number, e.getMessage());
        isWhole = false;
      }
    }
    Report report =
        new Report(
            machine,
            measurements,
            insights,
            parts.contains(Part.DATA_PLANE)
                ? Optional.of(dataPlane(files, folder))
                : Optional.empty());
    System.out.println(report.table());
    write(report, files.root().resolve("target/benchmark.json"));
    return isWhole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static Insight insight(int accounts, Checkout files, Binaries.Found binaries, Path folder)
      throws IOException {
    System.err.printf("%d accounts: kubectl backbone%n", accounts);
    Path own = Files.createDirectories(folder.resolve("insight-" + accounts));
    try (KubeApi api = KubeApi.startReal(binaries, List.of())) {
      return InsightProgram.measure(files, api, own, accounts);
    }
  }

  private static Measurement measure(
      int accounts, Checkout files, Binaries.Found binaries, Path folder) throws IOException {
    Path own = Files.createDirectories(folder.resolve(Integer.toString(accounts)));
    try (KubeApi api = KubeApi.startReal(binaries, List.of());
        Benchmark benchmark =
            new Benchmark(
                files,
                api,
                own,
                accounts,
                step -> System.err.printf("%d accounts: %s%n", accounts, step))) {
      return benchmark.run();
    }
  }

  private static DataPlane.Throughput dataPlane(Checkout files, Path folder) {
    System.err.println("Data plane");
    try (SandboxProgram sandbox = SandboxProgram.quick(files, folder)) {
      return DataPlane.measure(sandbox);
    }
  }

  private static Binaries.Found kubernetes() {
    if (Binaries.find(Binaries.Effort.WHATEVER_IT_TAKES) instanceof Binaries.Found found) {
      return found;
    }
    throw new ProgramFailure(
        "no kube-apiserver: set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and"
            + " kubectl, or install Go with access to a module proxy");
  }

  private static String machine() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return "%d cores, %s %s, Java %s, load average %.1f before the run"
        .formatted(
            system.getAvailableProcessors(),
            system.getName(),
            system.getArch(),
            System.getProperty("java.version"),
            system.getSystemLoadAverage());
  }

  private static void write(Report report, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    new ObjectMapper()
        .registerModule(new Jdk8Module())
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), report);
    System.err.println("As JSON: " + file);
  }
}
