package io.eventbackbone.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Kubernetes client sends behind a fence. */
class FencedRequestsTest {

  private static final ConfigMap OBJECT =
      new ConfigMapBuilder()
          .withNewMetadata()
          .withNamespace("default")
          .withName("object")
          .endMetadata()
          .build();

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            received.add(exchange.getRequestMethod());
            byte[] body =
                "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {}}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  static List<Consumer<Resource<ConfigMap>>> writes() {
    return List.of(
        Resource::create,
        Resource::update,
        Resource::serverSideApply,
        it -> it.patch(PatchContext.of(PatchType.JSON_MERGE)),
        Resource::updateStatus,
        Resource::delete);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void noWriteLeavesAReplicaThatDoesNotLead(Consumer<Resource<ConfigMap>> write) {
    try (KubernetesClient client =
        OperatorClient.fenced(config(), closed(), new SimpleMeterRegistry())) {
      assertThatThrownBy(() -> write.accept(client.resource(OBJECT)))
          .isInstanceOf(NotLeaderException.class);
    }
    assertThat(received).isSubsetOf("GET");
  }

  @Test
  void aReplicaThatDoesNotLeadReads() {
    try (KubernetesClient client =
        OperatorClient.fenced(config(), closed(), new SimpleMeterRegistry())) {
      assertThat(client.resource(OBJECT).get()).isNotNull();
    }
  }

  @Test
  void aLeaderWrites() {
    try (KubernetesClient client =
        OperatorClient.fenced(config(), Fence.OPEN, new SimpleMeterRegistry())) {
      client.resource(OBJECT).create();
    }
    assertThat(received).containsExactly("POST");
  }

  /** The API server refuses the first attempt, and the fence closes before the second. */
  @Test
  void anAttemptIsCheckedAnew() {
    status.set(HttpURLConnection.HTTP_UNAVAILABLE);
    AtomicInteger checks = new AtomicInteger();
    Fence closing =
        () -> {
          if (checks.incrementAndGet() > 1) {
            throw new NotLeaderException();
          }
        };
    try (KubernetesClient client =
        OperatorClient.fenced(config(), closing, new SimpleMeterRegistry())) {
      // The client's own retry never comes back to its caller from an interceptor that throws.
      Thread caller = new Thread(() -> client.resource(OBJECT).create());
      caller.setDaemon(true);
      caller.start();
      await().untilAtomic(checks, equalTo(2));
    }
    assertThat(received).containsExactly("POST");
  }

  private static Fence closed() {
    return () -> {
      throw new NotLeaderException();
    };
  }

  private Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
        .build();
  }
}
