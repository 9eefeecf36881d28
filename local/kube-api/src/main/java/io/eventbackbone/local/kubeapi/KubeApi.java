package io.eventbackbone.local.kubeapi;

import io.eventbackbone.local.kubeapi.programs.Binaries;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A Kubernetes API to talk to: a kube-apiserver of our own ({@link ApiServer}), a stand-in in this
 * process ({@link MockApi}), or a cluster that somebody gave us ({@link GivenCluster}).
 *
 * <p>The first two have no controllers behind them. Nothing collects garbage, so owner references
 * delete nobody and a deleted namespace stays in phase Terminating, unless {@link Controllers} are
 * started besides; no kubelet runs a Deployment.
 */
public sealed interface KubeApi extends AutoCloseable permits ApiServer, MockApi, GivenCluster {

  /** How much of Kubernetes is really there. */
  enum Fidelity {
    /** A kube-apiserver: schemas, defaults, CEL rules, server-side apply. */
    REAL,
    /** Objects are stored and watched as they come; no schema is checked. */
    MOCK
  }

  Fidelity fidelity();

  /** A kubeconfig, YAML, whose user may do everything. */
  String kubeconfig();

  /** A client with the rights of {@link #kubeconfig()}. It closes with this API. */
  KubernetesClient client();

  @Override
  void close();

  /**
   * Starts etcd and a kube-apiserver on a free port of this machine.
   *
   * @param flags of the kube-apiserver besides those that it needs to run, each {@code --a=b}
   * @throws IllegalStateException when one of them doesn't come up, with the last that it printed
   */
  static ApiServer startReal(Binaries.Found binaries, List<String> flags) {
    return ApiServer.start(binaries, flags);
  }

  /** Starts a stand-in that knows the kinds of the CRD manifests lying directly in a folder. */
  static KubeApi startMock(Path crds) {
    return MockApi.start(crds);
  }

  /** The cluster of a kubeconfig file's current context. */
  static KubeApi given(Path kubeconfig) {
    return GivenCluster.of(kubeconfig);
  }

  /** Writes the kubeconfig to a file that only its owner may read. */
  default Path writeKubeconfig(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException("kubeconfig not written to " + file, e);
    }
  }
}
