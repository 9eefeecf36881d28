package io.eventbackbone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.cli.cluster.ClusterReader;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The cluster, and the user that asks it: kubectl's options, by kubectl's names. */
final class ClusterOptions {

  private static final int CONNECTION_TIMEOUT_MILLIS = 5_000;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig (default: $KUBECONFIG, else ~/.kube/config).")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The kubeconfig's context (default: its current one).")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "Asks the cluster as this user, if you may impersonate the user.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only objects of this namespace (default: all objects that you may see).")
  private Optional<String> namespace = Optional.empty();

  /** The namespace that the person names. */
  Optional<String> namespace() {
    return namespace;
  }

  /**
   * Reads the objects that decide which subscriptions receive an event. Reads only what the caller
   * may see.
   *
   * @throws Failure if the cluster can't be asked
   */
  Sight read() {
    return read(Kind.OF_TOPOLOGY);
  }

  /** Reads these objects and the replays. */
  Sight readAll() {
    return read(EnumSet.allOf(Kind.class));
  }

  private Sight read(Set<Kind> kinds) {
    Config config = config();
    try (KubernetesClient client = client(config)) {
      return ClusterReader.read(client, defaultNamespace(config), kinds);
    }
  }

  /** A client with the caller's rights. */
  KubernetesClient client() {
    return client(config());
  }

  /** The namespace of objects that name none. */
  String defaultNamespace() {
    return defaultNamespace(config());
  }

  /**
   * The one backbone that the caller may see, in the namespace that the person names.
   *
   * @param otherwise what to do if the caller may see none
   * @throws Failure if there are none or several
   */
  AdmittedBackbone backbone(Sight sight, String otherwise) {
    List<AdmittedBackbone> backbones =
        sight
            .snapshot()
            .readable(EventBackbone.class)
            .filter(it -> namespace.stream().allMatch(it.getMetadata().getNamespace()::equals))
            .flatMap(it -> sight.snapshot().admissions().backbone(it).admitted().stream())
            .toList();
    if (backbones.size() != 1) {
      throw new Failure(
          backbones.isEmpty()
              ? "you may see no EventBackbone: " + otherwise
              : "there are several EventBackbones, %s: choose one with -n"
                  .formatted(
                      backbones.stream()
                          .map(it -> Snapshot.key(it.resource()))
                          .collect(Collectors.joining(", "))));
    }
    return backbones.get(0);
  }

  private String defaultNamespace(Config config) {
    return namespace.or(() -> Optional.ofNullable(config.getNamespace())).orElse("default");
  }

  private static KubernetesClient client(Config config) {
    // Don't search the class path, neither for all kinds nor for a client of HTTP: that takes long.
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .withKubernetesSerialization(new KubernetesSerialization(new ObjectMapper(), false))
        .build();
  }

  private Config config() {
    kubeconfig.ifPresent(file -> {
      if (!Files.isReadable(file)) {
        throw new Failure("--kubeconfig %s can't be read".formatted(file));
      }
      System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, file.toString());
    });
    Config config = Config.autoConfigure(context.orElse(null));
    context.ifPresent(name -> {
      if (config.getCurrentContext() == null
          || !config.getCurrentContext().getName().equals(name)) {
        throw new Failure(
            "the kubeconfig has no context %s: kubectl config get-contexts lists them"
                .formatted(name));
      }
    });
    user.ifPresent(config::setImpersonateUsername);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    config.setRequestRetryBackoffLimit(1);
    return config;
  }
}
