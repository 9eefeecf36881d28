package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.kubeapi.Controllers;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.programs.Binaries;
import io.eventbackbone.local.kubeapi.programs.Binaries.Effort;
import io.eventbackbone.local.kubeapi.programs.ControllerManager;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Ports;
import io.eventbackbone.local.launcher.ProgramFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The command line of {@code ./quickstart}. */
@Command(
    name = "quickstart",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Runs an event backbone on this machine alone: a Kubernetes API, an embedded AWS, the"
            + " operator, an order service and a delivery service. Applies samples/ecommerce, posts"
            + " an order and shows every hop of its events. Stays up until Ctrl-C.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every hop was seen",
      "1:something didn't start, become Ready or arrive; the message says what",
      "2:the command line is wrong"
    })
public final class QuickstartCommand implements Callable<Integer> {

  /** At most one choice of Kubernetes API. */
  private static final class ApiChoice {
    @Option(
        names = "--real",
        description =
            "Use a real kube-apiserver however long it takes to get: a download, or a build of some"
                + " ten minutes, once a machine. Without this, a real one if it is there or quick to"
                + " download, else a stand-in.")
    private boolean real;

    @Option(
        names = "--kubeconfig",
        paramLabel = "FILE",
        description =
            "Use the cluster of this kubeconfig's current context. What is applied stays there: delete"
                + " it while this runs, by the commands that are printed, since nobody else takes"
                + " the operator's finalizers off.")
    private Path kubeconfig;
  }

  @ArgGroup private ApiChoice choice = new ApiChoice();

  @Option(names = "--exit", description = "End after the first order instead of staying up.")
  private boolean exit;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it before call().
  private boolean help;

  /** Coloured on a terminal, unless NO_COLOR is set. */
  private final Screen screen = new Screen(System.out, Ansi.AUTO);

  /** Behind a kube-apiserver of this run, where there is a program for them. */
  private Optional<Controllers> controllers = Optional.empty();

  /** How to take out of a given cluster what a failed run leaves there. */
  private Optional<Suggestions.Suggestion> leftBehind = Optional.empty();

  public static void main(String[] arguments) {
    var command = new QuickstartCommand();
    Runtime.getRuntime().addShutdownHook(new Thread(command.screen::mute, "mute"));
    System.exit(
        new CommandLine(command)
            .setExecutionExceptionHandler((failure, line, parsed) -> command.report(failure))
            .execute(arguments));
  }

  @Override
  public Integer call() {
    var files = Checkout.of(QuickstartCommand.class);
    Path folder = files.newRunFolder("local/quickstart/target/quickstart");
    System.setProperty("quickstart.log", folder.resolve("quickstart.log").toString());
    screen.title("Logs of this run: " + folder);
    try (var children = new Children(folder);
        var sandbox = Sandbox.start(children, files, Ports.any());
        var api = kubeApi(files)) {
      run(new Quickstart(files, folder, children, sandbox, new Cluster(api), screen));
    } finally {
      controllers.ifPresent(Controllers::close);
    }
    return ExitCode.OK;
  }

  private void run(Quickstart quickstart) {
    try {
      quickstart.start();
      quickstart.followFirstOrder();
      if (exit) {
        quickstart.end();
      } else {
        quickstart.stayUp();
      }
    } catch (RuntimeException e) {
      try {
        leftBehind = quickstart.leftBehind();
      } catch (KubernetesClientException unreachable) {
        e.addSuppressed(unreachable); // Nothing can be cleaned up there either.
      }
      throw e;
    }
  }

  private KubeApi kubeApi(Checkout files) {
    if (choice.kubeconfig != null) {
      screen.title("Kubernetes API: the cluster of " + choice.kubeconfig);
      return KubeApi.given(choice.kubeconfig);
    }
    Effort effort = choice.real ? Effort.WHATEVER_IT_TAKES : Effort.QUICK;
    var binaries = Binaries.find(effort, screen::progress);
    if (binaries instanceof Binaries.Found found) {
      screen.title("Kubernetes API: a real kube-apiserver (" + found.origin() + ")");
      return startReal(files, found, effort);
    }
    var missing = (Binaries.Missing) binaries;
    if (choice.real) {
      throw new ProgramFailure(
          "No kube-apiserver: %s.%nTo get one, %s.".formatted(missing.reason(), missing.remedy()));
    }
    screen.title("Kubernetes API: a stand-in that kubectl works with, since there is no real one");
    screen.progress(missing.reason());
    screen.progress("--real gets a real one");
    return KubeApi.startMock(files.crds());
  }

  private KubeApi startReal(Checkout files, Binaries.Found found, Effort effort) {
    try {
      KubeApi api = KubeApi.startReal(found, List.of());
      controllers = controllers(found, effort, api);
      return api;
    } catch (IllegalStateException e) {
      if (choice.real) {
        throw new ProgramFailure("The real kube-apiserver did not start: " + e.getMessage(), e);
      }
      screen.title("Kubernetes API: a stand-in instead, since the real one did not start");
      screen.progress(e.getMessage());
      return KubeApi.startMock(files.crds());
    }
  }

  private Optional<Controllers> controllers(Binaries.Found found, Effort effort, KubeApi api) {
    var manager = ControllerManager.find(found, effort, screen::progress);
    if (manager instanceof ControllerManager.Found program) {
      return Optional.of(Controllers.start(program, api));
    }
    screen.progress(
        "There is no kube-controller-manager, so deleted namespaces stay in phase Terminating: "
            + ((ControllerManager.Missing) manager).reason());
    return Optional.empty();
  }

  private int report(Exception failure) {
    LoggerFactory.getLogger(QuickstartCommand.class).error("The quickstart failed", failure);
    screen.failure(
        failure instanceof ProgramFailure
            ? failure.getMessage()
            : Optional.ofNullable(failure.getMessage()).orElse(failure.toString()));
    screen.line("quickstart.log and the logs of what was started lie in the folder named above.");
    leftBehind.ifPresent(screen::suggestion);
    return ExitCode.SOFTWARE;
  }
}
