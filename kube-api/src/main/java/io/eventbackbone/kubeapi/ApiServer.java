package io.eventbackbone.kubeapi;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A kube-apiserver with its etcd, as child processes of this one and with defaults throughout, so
 * that admission (CEL rules, ValidatingAdmissionPolicy) is what a cluster has.
 */
public final class ApiServer implements KubeApi {

  private static final int STARTUP_TIMEOUT_MILLIS = 120_000;

  private final KubeAPIServer server;
  private final Path home;
  private final KubernetesClient client;
  private final Thread endWithThisProcess = new Thread(this::stop, "kube-apiserver-stop");
  private boolean stopped;

  private ApiServer(KubeAPIServer server, Path home) {
    this.server = server;
    this.home = home;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
            .build();
  }

  static ApiServer start(Binaries.Found binaries, List<String> flags) {
    // A folder for each server: kube-api-test writes its certificates there without a lock.
    Path home = createHome(binaries);
    var config =
        KubeAPIServerConfigBuilder.anAPIServerConfig()
            .withTestDir(home.toString())
            .withOfflineMode(true)
            .withUpdateKubeConfig(false)
            .withApiServerFlags(flags)
            .withStartupTimeout(STARTUP_TIMEOUT_MILLIS)
            .build();
    var server = new KubeAPIServer(config);
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      delete(home);
      throw e;
    }
    var started = new ApiServer(server, home);
    Runtime.getRuntime().addShutdownHook(started.endWithThisProcess);
    return started;
  }

  /** The folder as kube-api-test's offline mode wants it, the binaries linked in. */
  private static Path createHome(Binaries.Found binaries) {
    try {
      Path home = Files.createTempDirectory("event-backbone-kube-api-");
      Path links =
          Files.createDirectories(home.resolve("k8s").resolve("0.0.0" + Platform.here().suffix()));
      for (var binary :
          Map.of(
                  "kube-apiserver", binaries.kubeApiserver(),
                  "etcd", binaries.etcd(),
                  "kubectl", binaries.kubectl())
              .entrySet()) {
        Files.createSymbolicLink(links.resolve(binary.getKey()), binary.getValue());
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for a kube-apiserver could be made", e);
    }
  }

  @Override
  public Fidelity fidelity() {
    return Fidelity.REAL;
  }

  @Override
  public String kubeconfig() {
    return server.getKubeConfigYaml();
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithThisProcess);
    client.close();
    stop();
  }

  private synchronized void stop() {
    if (!stopped) {
      stopped = true;
      server.stop();
      delete(home);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " could not be deleted", e);
    }
  }
}
