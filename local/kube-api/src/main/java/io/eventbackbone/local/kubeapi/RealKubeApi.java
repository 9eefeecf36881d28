package io.eventbackbone.local.kubeapi;

import io.eventbackbone.local.kubeapi.programs.Binaries;
import io.eventbackbone.local.kubeapi.programs.ControllerManager;
import io.eventbackbone.local.kubeapi.programs.MissingPart;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a kube-apiserver: {@code @ExtendWith(RealKubeApi.class)} and a parameter of type
 * {@link KubeApi} or {@link KubernetesClient}. One server serves every test class of the JVM, so
 * tests keep apart by namespaces of their own.
 *
 * <p>Where no server can be had the tests are skipped, by name on standard error; with the
 * environment variable {@code CI=true} or the system property {@code kubeapi.required=true} they
 * fail.
 */
public final class RealKubeApi implements BeforeAllCallback, ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RealKubeApi.class);

  /** What looking for a server came to. Kept for all test classes, so that it happens once. */
  private sealed interface Outcome {}

  private record Running(KubeApi api) implements Outcome, AutoCloseable {
    @Override
    public void close() {
      api.close();
    }
  }

  private record NotToBeHad(String message) implements Outcome {}

  @Override
  public void beforeAll(ExtensionContext context) {
    api(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == KubeApi.class || type == KubernetesClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    KubeApi api = api(context);
    return parameter.getParameter().getType() == KubeApi.class ? api : api.client();
  }

  private static KubeApi api(ExtensionContext context) {
    var outcome =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Outcome.class, type -> start(), Outcome.class);
    if (outcome instanceof Running running) {
      return running.api();
    }
    throw MissingPart.of(context.getRequiredTestClass(), ((NotToBeHad) outcome).message());
  }

  /** Starts a server with flags of its own, for one test class to close, or skips that class. */
  public static ApiServer start(Class<?> test, List<String> apiServerFlags) {
    return KubeApi.startReal(binaries(test), apiServerFlags);
  }

  /** The kubectl that goes with the server, or skips the class. */
  public static Path kubectl(Class<?> test) {
    return binaries(test).kubectl();
  }

  /**
   * Starts the controllers that end namespaces and collect garbage, or skips the class.
   *
   * @param api a server that was started here
   */
  public static Controllers controllers(Class<?> test, KubeApi api) {
    var manager =
        ControllerManager.find(
            binaries(test), Binaries.Effort.WHATEVER_IT_TAKES, System.err::println);
    if (manager instanceof ControllerManager.Found found) {
      return Controllers.start(found, api);
    }
    throw MissingPart.of(
        test,
        "no kube-controller-manager for this test: "
            + ((ControllerManager.Missing) manager).reason());
  }

  private static Binaries.Found binaries(Class<?> test) {
    var binaries = Binaries.find(Binaries.Effort.WHATEVER_IT_TAKES);
    if (binaries instanceof Binaries.Found found) {
      return found;
    }
    throw MissingPart.of(test, message((Binaries.Missing) binaries));
  }

  private static Outcome start() {
    var binaries = Binaries.find(Binaries.Effort.WHATEVER_IT_TAKES);
    if (binaries instanceof Binaries.Found found) {
      return new Running(KubeApi.startReal(found, List.of()));
    }
    return new NotToBeHad(message((Binaries.Missing) binaries));
  }

  private static String message(Binaries.Missing missing) {
    return "no kube-apiserver for this test: %s. To run it, %s"
        .formatted(missing.reason(), missing.remedy());
  }
}
