package io.eventbackbone.local.kubeapi;

import io.eventbackbone.local.kubeapi.programs.ControllerManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The controllers behind a kube-apiserver that end deleted namespaces and collect garbage, as a
 * child process. It listens on no port.
 */
public final class Controllers implements AutoCloseable {

  private static final String KINDS = "namespace-controller,garbage-collector-controller";

  private final Path home;
  private final ServerProcess process;
  private final Thread endWithThisProcess = new Thread(this::stop, "kube-controllers-stop");

  private Controllers(Path home, ServerProcess process) {
    this.home = home;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(endWithThisProcess);
  }

  /**
   * Starts them. The collector knows the custom resources whose definitions are there now, and
   * learns of others within half a minute.
   */
  public static Controllers start(ControllerManager.Found manager, KubeApi api) {
    try {
      Path home = Files.createTempDirectory("kube-controllers-");
      Path kubeconfig = api.writeKubeconfig(home.resolve("kubeconfig"));
      return new Controllers(
          home,
          ServerProcess.start(
              manager.program(),
              List.of(
                  "--kubeconfig=" + kubeconfig,
                  "--controllers=" + KINDS,
                  "--leader-elect=false",
                  "--secure-port=0"),
              home));
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for controllers could be made", e);
    }
  }

  /**
   * Ends them.
   *
   * @throws IllegalStateException when they had ended before, with the last that they printed
   */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithThisProcess);
    boolean hadEnded = !process.isAlive();
    String report = process.report();
    stop();
    if (hadEnded) {
      throw new IllegalStateException(report);
    }
  }

  private void stop() {
    process.kill();
    ApiServer.delete(home);
  }
}
