package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.ExitCode;
import io.eventbackbone.cli.aws.NoAccessException;
import io.eventbackbone.cli.manifest.ManifestException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code kubectl backbone}. */
@Command(
    name = "kubectl backbone",
    mixinStandardHelpOptions = true,
    versionProvider = BackboneCommand.Version.class,
    synopsisSubcommandLabel = "VERB",
    description = {
      "Answers questions about an event backbone: which subscriptions receive an event, where an event"
          + " was lost, what a change of manifests would do.",
      "The command reads the cluster with your kubeconfig, and AWS with your credentials. Only redrive"
          + " and replay change something."
    },
    footerHeading = "%nExample:%n",
    footer = "  kubectl backbone who Order.Created")
public final class BackboneCommand {

  private static final List<Class<?>> VERBS =
      List.of(
          WhoCommand.class,
          WhyCommand.class,
          TailCommand.class,
          DiffCommand.class,
          MapCommand.class,
          UiCommand.class,
          StatusCommand.class,
          RedriveCommand.class,
          ReplayCommand.class,
          TypesCommand.class,
          CompleteCommand.class);

  public static void main(String[] arguments) {
    // Libraries log through SLF4J. Don't tell people that no logger reads it.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(commandLine(arguments).execute(arguments));
  }

  /**
   * The command line that understands the arguments. It has the one verb that they begin with: to
   * read the options of all verbs by reflection takes longer than many an answer. Completion and
   * help know all verbs. Tests set the streams.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new BackboneCommand());
    Optional<Class<?>> asked = Arrays.stream(arguments).findFirst().flatMap(BackboneCommand::verb);
    asked.map(List::<Class<?>>of).orElse(VERBS).forEach(line::addSubcommand);
    Optional.ofNullable(line.getSubcommands().get(CompleteCommand.NAME))
        .ifPresent(it -> it.setUnmatchedOptionsArePositionalParams(true));
    return line.registerConverter(Duration.class, new DurationConverter())
        .registerConverter(ObjectName.class, new ObjectName.Converter())
        .setExecutionExceptionHandler((failure, verb, parsed) -> report(failure, verb.getErr()))
        .setUsageHelpAutoWidth(true);
  }

  private static Optional<Class<?>> verb(String name) {
    return VERBS.stream()
        .filter(it -> it != CompleteCommand.class)
        .filter(it -> it.getAnnotation(Command.class).name().equals(name))
        .findFirst();
  }

  private static int report(Exception failure, PrintWriter err) {
    err.println("kubectl backbone: " + message(failure));
    err.flush();
    return ExitCode.ERROR.number();
  }

  /** What people are told of a failure. */
  static String message(Exception failure) {
    if (failure instanceof Failure
        || failure instanceof ManifestException
        || failure instanceof NoAccessException) {
      return failure.getMessage();
    }
    if (failure instanceof KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
          ? "the API server does not accept your credentials: log in again, or choose another"
              + " --context"
          : "the API server does not answer: " + innermost(e);
    }
    return "this is a bug, please report it: " + failure;
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = BackboneCommand.class.getPackage().getImplementationVersion();
      return new String[] {"kubectl backbone " + (version == null ? "(no jar)" : version)};
    }
  }
}
