package io.eventbackbone.local.kubeapi;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.eventbackbone.local.kubeapi.programs.Binaries;
import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * A kube-apiserver with its etcd, as child processes of this one and with defaults throughout, so
 * that admission (CEL rules, ValidatingAdmissionPolicy) is what a cluster has. Only this machine
 * reaches the one, on a port of the loopback interface, and only this user the other, by a socket
 * in a folder.
 *
 * <p>kube-api-test gives the certificates. Its own processes are not taken: they are told ports
 * that were free a moment ago, and where one was not free any more a test waited two minutes to be
 * told nothing of it.
 */
public final class ApiServer implements KubeApi {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 100;

  private final Path home;
  private final Binaries.Found binaries;
  private final List<String> apiServerArguments;

  /** Held for as long as the server, so that a server that was killed gets its port again. */
  private final HeldPort port;

  private final String kubeconfig;
  private final KubernetesClient client;
  private final Thread endWithThisProcess = new Thread(this::stop, "kube-apiserver-stop");
  private ServerProcess etcd;
  private ServerProcess apiServer;
  private boolean stopped;

  private ApiServer(
      Path home, Binaries.Found binaries, List<String> apiServerArguments, HeldPort port) {
    this.home = home;
    this.binaries = binaries;
    this.apiServerArguments = apiServerArguments;
    this.port = port;
    this.kubeconfig = kubeconfig(new CertManager(home.toString()), port);
    this.client =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
    startEtcd();
    startServer();
  }

  static ApiServer start(Binaries.Found binaries, List<String> flags) {
    // A folder for each server: CertManager writes there without a lock.
    Path home = createHome();
    var certificates = new CertManager(home.toString());
    certificates.createCertificatesIfNeeded();
    var port = HeldPort.take();
    var started = new ApiServer(home, binaries, arguments(home, certificates, port, flags), port);
    Runtime.getRuntime().addShutdownHook(started.endWithThisProcess);
    return started.whenReady();
  }

  private void startEtcd() {
    etcd = ServerProcess.start(binaries.etcd(), etcdArguments(home), home);
  }

  private void startServer() {
    apiServer = ServerProcess.start(binaries.kubeApiserver(), apiServerArguments, home);
  }

  /** Ends kube-apiserver by SIGKILL: every connection breaks, and no new one is accepted. */
  public synchronized void killServer() {
    apiServer.kill();
  }

  /**
   * Starts kube-apiserver again after {@link #killServer()}, on the same port, and returns when it
   * is ready.
   */
  public void restartServer() {
    synchronized (this) {
      startServer();
    }
    awaitReady();
  }

  /**
   * Saves what etcd holds. The API does not answer meanwhile, since etcd is stopped: a copy of its
   * files is a snapshot only then ("Disaster recovery", etcd documentation).
   */
  public void saveSnapshot(Path file) {
    replaceEtcd(() -> Files.copy(dataFolder().resolve("member/snap/db"), file, REPLACE_EXISTING));
  }

  /**
   * Restores what etcd held when the snapshot was saved, with revisions above all that clients have
   * seen, so that their watches end instead of staying silent ("Disaster recovery", etcd
   * documentation).
   *
   * @param etcdutl the program of etcd that restores snapshots
   */
  public void restoreSnapshot(Path file, Path etcdutl) {
    replaceEtcd(() -> {
      delete(dataFolder());
      ServerProcess.run(
          etcdutl,
          List.of(
              "snapshot",
              "restore",
              file.toAbsolutePath().toString(),
              "--skip-hash-check", // A copy of the file has no hash.
              "--bump-revision=1000000000",
              "--mark-compacted",
              "--data-dir=" + dataFolder()),
          home);
    });
  }

  /** Something done to etcd's files. */
  private interface OnFiles {
    void run() throws IOException;
  }

  private void replaceEtcd(OnFiles change) {
    synchronized (this) {
      apiServer.kill();
      etcd.kill();
      try {
        change.run();
      } catch (IOException e) {
        throw new UncheckedIOException("etcd's files in " + home + " could not be changed", e);
      }
      startEtcd();
      startServer();
    }
    awaitReady();
  }

  private Path dataFolder() {
    return home.resolve("etcd");
  }

  private static Path createHome() {
    try {
      // Short, as the path of a socket has 104 characters at most on some systems.
      return Files.createTempDirectory("kube-api-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for a kube-apiserver could be made", e);
    }
  }

  /** The addresses that etcd is told of besides its sockets are for other members: it has none. */
  private static List<String> etcdArguments(Path home) {
    return List.of(
        "--data-dir=" + home.resolve("etcd"),
        "--unsafe-no-fsync", // The data ends with the process.
        "--listen-client-urls=" + clientSocket(home),
        "--advertise-client-urls=http://localhost:2379",
        "--listen-peer-urls=unix://" + home.resolve("peer.sock"));
  }

  private static String clientSocket(Path home) {
    return "unix://" + home.resolve("etcd.sock");
  }

  private static List<String> arguments(
      Path home, CertManager certificates, HeldPort port, List<String> flags) {
    var arguments = new ArrayList<String>(flags);
    arguments.addAll(
        List.of(
            "--etcd-servers=" + clientSocket(home),
            "--bind-address=127.0.0.1",
            // By default the address of the default route, which a machine offline does not have.
            "--advertise-address=127.0.0.1",
            "--secure-port=" + port.number(),
            "--permit-port-sharing", // With the one who holds it.
            "--cert-dir=" + home,
            "--client-ca-file=" + certificates.getClientCertPath(),
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--service-account-issuer=https://localhost",
            "--service-account-key-file=" + certificates.getAPIServerKeyPath(),
            "--service-account-signing-key-file=" + certificates.getAPIServerKeyPath(),
            // No controller makes service accounts, or takes the finalizer off a volume claim.
            "--disable-admission-plugins=ServiceAccount,StorageObjectInUseProtection"));
    return arguments;
  }

  private static String kubeconfig(CertManager certificates, HeldPort port) {
    String name = "kube-api";
    return Serialization.asYaml(
        new ConfigBuilder()
            .addNewCluster()
            .withName(name)
            .withNewCluster()
            .withServer("https://127.0.0.1:" + port.number())
            .withCertificateAuthorityData(base64(certificates.getAPIServerCertPath()))
            .endCluster()
            .endCluster()
            .addNewUser()
            .withName(name)
            .withNewUser()
            .withClientCertificateData(base64(certificates.getClientCertPath()))
            .withClientKeyData(base64(certificates.getClientKeyPath()))
            .endUser()
            .endUser()
            .addNewContext()
            .withName(name)
            .withNewContext()
            .withCluster(name)
            .withUser(name)
            .endContext()
            .endContext()
            .withCurrentContext(name)
            .build());
  }

  private static String base64(String file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be read", e);
    }
  }

  private ApiServer whenReady() {
    try {
      awaitReady();
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitReady() {
    var deadline = Instant.now().plus(PATIENCE);
    var config = Config.fromKubeconfig(kubeconfig);
    config.setRequestRetryBackoffLimit(0); // It is asked again here.
    try (var probe = new KubernetesClientBuilder().withConfig(config).build()) {
      while (!isReady(probe)) {
        for (var server : List.of(etcd, apiServer)) {
          if (!server.isAlive() || Instant.now().isAfter(deadline)) {
            throw new IllegalStateException(server.report());
          }
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a kube-apiserver started", e);
    }
  }

  /** The default namespace comes a little later than the answer that all is ready. */
  private static boolean isReady(KubernetesClient probe) {
    try {
      return "ok".equals(probe.raw("/readyz"))
          && probe.namespaces().withName("default").get() != null;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  @Override
  public Fidelity fidelity() {
    return Fidelity.REAL;
  }

  @Override
  public String kubeconfig() {
    return kubeconfig;
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
      apiServer.kill();
      etcd.kill();
      port.close();
      delete(home);
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " could not be deleted", e);
    }
  }
}
