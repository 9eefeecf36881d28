package io.eventbackbone.verification.cluster;

import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.launcher.Command;
import java.nio.file.Path;
import java.util.Map;

/** The chart, and helm to do things with it. */
final class Chart {

  static final Path FOLDER = Path.of("../..", "helm", "event-backbone-operator");
  static final String RELEASE = "event-backbone";
  static final String NAMESPACE = "event-backbone";

  /** What the chart names most of its objects. */
  static final String FULL_NAME = "event-backbone-operator";

  /** Of the API server that the tests run with; helm alone doesn't know one. */
  static final String KUBE_VERSION = "--kube-version=1.34.2";

  private Chart() {}

  /** Helm without a cluster. */
  static Command helm(Class<?> test) {
    return Command.of(GoTool.HELM.orSkip(test), Map.of());
  }

  static Command helm(Class<?> test, Path kubeconfig) {
    return Command.of(
        GoTool.HELM.orSkip(test), Map.of("KUBECONFIG", kubeconfig.toAbsolutePath().toString()));
  }
}
