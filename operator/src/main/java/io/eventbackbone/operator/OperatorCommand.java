package io.eventbackbone.operator;

import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.client.AwsEnvironment;
import io.eventbackbone.operator.bootstrap.BootstrapCommand;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.eventbackbone.operator.leadership.Candidate;
import io.eventbackbone.operator.leadership.Fence;
import io.eventbackbone.operator.leadership.LeaderElection;
import io.eventbackbone.operator.reconcile.EventBackboneOperator;
import io.eventbackbone.operator.web.MessageMetrics;
import io.eventbackbone.operator.web.QuotaMetrics;
import io.eventbackbone.operator.web.ResourceMetrics;
import io.eventbackbone.operator.web.WebServer;
import io.eventbackbone.operator.web.Webhook;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The operator as a program. */
@Command(
    name = "event-backbone-operator",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = BootstrapCommand.class,
    description = {
      "Keeps an Amazon EventBridge cross-account event backbone as its custom resources say.",
      "It finds the cluster by kubeconfig or in-cluster configuration, and AWS by the SDK's default"
          + " credential chain and its AWS_… environment variables."
    })
public final class OperatorCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorCommand.class);

  /** A namespace that exists in every cluster for its whole life. */
  private static final String LONGEST_LIVED_NAMESPACE = "kube-system";

  private static final String LEASE = "event-backbone-operator";

  private static final int FAREWELL_MILLIS = 500;

  private static final Pattern CLUSTER_ID =
      Pattern.compile("[A-Za-z0-9._-]{1,%d}".formatted(Owner.LONGEST_CLUSTER_ID));

  @Spec private CommandSpec spec;

  @Option(
      names = "--http-port",
      defaultValue = "8080",
      paramLabel = "PORT",
      description = "Port of /healthz, /readyz and /metrics (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  @Option(
      names = "--cluster-id",
      paramLabel = "ID",
      description =
          "Tells clusters apart that manage the same AWS accounts; part of every resource's owner"
              + " tag. At most 36 letters, digits and any of . _ - (default: the UID of namespace"
              + " kube-system).")
  private Optional<String> clusterId;

  @Option(
      names = "--watch-namespaces",
      split = ",",
      paramLabel = "NAMESPACE",
      description =
          "Looks after the objects of these namespaces only (default: all); AwsAccounts have none.")
  private Set<String> watchNamespaces = Set.of();

  @Option(
      names = "--leader-elect",
      description =
          "Works only while holding the Lease event-backbone-operator, so that there can be more"
              + " than one replica.")
  private boolean isElected;

  @Option(
      names = "--webhook-port",
      paramLabel = "PORT",
      description = "Port of the admission webhook, by HTTPS (default: no webhook).")
  private Optional<Integer> webhookPort;

  @Option(
      names = "--webhook-name",
      defaultValue = "event-backbone-operator",
      paramLabel = "NAME",
      description =
          "The ValidatingWebhookConfiguration that leads to the webhook, and the Secret that its"
              + " certificate is kept in (default: ${DEFAULT-VALUE}).")
  private String webhookName;

  @Option(
      names = "--eventbridge-rate",
      defaultValue = "50",
      paramLabel = "REQUESTS",
      description =
          "Requests a second to EventBridge in one account and Region, for who had that quota of"
              + " AWS raised (default: ${DEFAULT-VALUE}).")
  private int requestsPerSecond;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new OperatorCommand())
            .setExecutionExceptionHandler((failure, line, parsed) -> report(failure))
            .execute(arguments));
  }

  private static int report(Exception failure) throws Exception {
    String server = Config.autoConfigure(null).getMasterUrl();
    return cannotStart(StartFailure.of(failure, server).orElseThrow(() -> failure));
  }

  private static int cannotStart(String reason) {
    LOG.error("can't start: {}", reason);
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    clusterId.ifPresent(this::requireClusterId);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new ProcessorMetrics().bindTo(metrics);
    new JvmMemoryMetrics().bindTo(metrics);
    try (JvmGcMetrics collections = new JvmGcMetrics();
        KubernetesClient unfenced = OperatorClient.impatient(Config.autoConfigure(null))) {
      collections.bindTo(metrics);
      Optional<LeaderElection> election =
          isElected ? Optional.of(election(unfenced)) : Optional.empty();
      Fence fence = election.map(LeaderElection::fence).orElse(Fence.OPEN);
      try (KubernetesClient client =
          OperatorClient.fenced(Config.autoConfigure(null), fence, metrics)) {
        Optional<String> undefined = StartFailure.ofDefinitions(client);
        if (undefined.isPresent()) {
          return cannotStart(undefined.get());
        }
        StartFailure.requireLists(client, watchNamespaces);
        String cluster = clusterId.orElseGet(() -> clusterIdOf(client));
        try (AwsSessions sessions = sessions(cluster, metrics, fence);
            EventBackboneOperator operator =
                new EventBackboneOperator(
                    client,
                    sessions,
                    new EventBackboneOperator.Settings(
                        cluster, region(), watchNamespaces, election),
                    MicrometerMetrics.withoutPerResourceMetrics(metrics))) {
          run(operator, unfenced, cluster, metrics);
        }
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private AwsSessions sessions(String cluster, PrometheusMeterRegistry metrics, Fence fence) {
    return new AwsSessions(
        cluster, AwsEnvironment.ofProcess(requestsPerSecond), metrics, Clock.systemUTC(), fence);
  }

  private void requireClusterId(String id) {
    if (!CLUSTER_ID.matcher(id).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--cluster-id %s is not valid: 1 to %d letters, digits and any of . _ - are allowed, since it goes into the owner tag of every resource"
              .formatted(id, Owner.LONGEST_CLUSTER_ID));
    }
  }

  /**
   * @param unfenced for what every replica writes
   */
  private void run(
      EventBackboneOperator operator,
      KubernetesClient unfenced,
      String cluster,
      PrometheusMeterRegistry metrics)
      throws IOException, InterruptedException {
    ResourceMetrics.register(metrics, () -> operator.cache().customResources());
    QuotaMetrics quotas = new QuotaMetrics(metrics, () -> operator.cache().customResources());
    MessageMetrics messages =
        new MessageMetrics(metrics, () -> operator.cache().customResources(), Clock.systemUTC());
    CountDownLatch stopped = new CountDownLatch(1);
    try (WebServer web =
        new WebServer(
            httpPort,
            operator::isHealthy,
            operator::isReady,
            () -> {
              quotas.refresh();
              messages.refresh();
              return metrics.scrape();
            })) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    operator.close();
                    stopped.countDown();
                  },
                  "stop"));
      operator.watch();
      LOG.info("event-backbone-operator runs; cluster id {}, HTTP port {}", cluster, web.port());
      Optional<Webhook> webhook = webhookPort.map(port -> webhook(port, unfenced, operator));
      operator.reconcile();
      stopped.await();
      webhook.ifPresent(Webhook::close);
    }
  }

  private static LeaderElection election(KubernetesClient client) {
    return new LeaderElection(
        client, Candidate.on(hostName(), ownNamespace(client), LEASE), OperatorCommand::endAtOnce);
  }

  /** The name of the pod, if the operator runs in a cluster. */
  private static String hostName() {
    return Optional.ofNullable(System.getenv("HOSTNAME"))
        .filter(Predicate.not(String::isBlank))
        .orElse("localhost");
  }

  /**
   * Runs no shutdown hooks, which would continue work that another replica may have begun. Waits
   * for the log only briefly: writing it hangs when nobody reads it.
   */
  private static void endAtOnce() {
    try {
      Thread farewell = new Thread(OperatorCommand::tellThatTheLeaseIsLost, "lease-lost");
      farewell.start();
      farewell.join(FAREWELL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void tellThatTheLeaseIsLost() {
    LOG.error(
        "lost the Lease {}, or could not renew it in time: this process ends, and another replica"
            + " works from here on",
        LEASE);
  }

  private Webhook webhook(int port, KubernetesClient client, EventBackboneOperator operator) {
    return new Webhook(
        new Webhook.Settings(port, ownNamespace(client), webhookName, Webhook.LOOK_INTERVAL),
        client,
        operator.cache(),
        operator.cache()::isFilled);
  }

  private static String ownNamespace(KubernetesClient client) {
    return Optional.ofNullable(System.getenv("POD_NAMESPACE"))
        .or(() -> Optional.ofNullable(client.getNamespace()))
        .orElse("default");
  }

  private static String clusterIdOf(KubernetesClient client) {
    Namespace namespace = client.namespaces().withName(LONGEST_LIVED_NAMESPACE).get();
    if (namespace == null) {
      throw new IllegalStateException(
          "there is no namespace "
              + LONGEST_LIVED_NAMESPACE
              + " to take an id from: set --cluster-id");
    }
    return namespace.getMetadata().getUid();
  }

  /** The Region of STS. Global STS answers for every account, but not for every partition. */
  private static String region() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (SdkClientException e) {
      LOG.info("no AWS Region is configured; STS is asked in {}", Region.US_EAST_1);
      return Region.US_EAST_1.id();
    }
  }
}
