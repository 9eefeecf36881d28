package io.eventbackbone.verification.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.launcher.Ports;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The images of the sandbox and the example services, run. */
@ExtendWith(Isolation.class)
class ServiceImagesIT {

  @TempDir private Path folder;

  @Test
  void theSandboxTellsCallersWhoTheyAre() throws Exception {
    int port = Ports.any();
    try (var sandbox = sandbox(port)) {
      assertThat(sandbox.awaitOk(callerIdentity(port))).contains("<Account>222222222222</Account>");
      assertThat(sandbox.user()).isNotEqualTo("0");
      assertThat(sandbox.isRootReadOnly()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER_SERVICE", "DELIVERY_SERVICE"})
  void aServiceIsHealthy(Program service) throws Exception {
    int awsPort = Ports.any();
    int port = Ports.any();
    try (var sandbox = sandbox(awsPort);
        var container = Container.start(service, folder, binding(awsPort, port), List.of())) {
      sandbox.awaitOk(callerIdentity(awsPort));

      container.awaitOk(Container.get(port, "/healthz"));

      assertThat(container.user()).isNotEqualTo("0");
      assertThat(container.isRootReadOnly()).isTrue();
      assertThat(container.awaitLog())
          .allMatch(line -> line.contains("\"service\":\"" + service.image + "\""));
    }
  }

  private Container sandbox(int port) throws Exception {
    return Container.start(
        Program.SANDBOX,
        folder,
        Map.of(),
        List.of("--host", "127.0.0.1", "--port", String.valueOf(port)));
  }

  /** What a Deployment gives a service: the binding Secret, and its identity in AWS. */
  private static Map<String, String> binding(int awsPort, int port) {
    String aws = "http://127.0.0.1:" + awsPort;
    return Map.of(
        "DATABASE_URL", "jdbc:h2:file:/tmp/service", // the one folder that is writable here
        "AWS_ENDPOINT_URL", aws,
        "AWS_ACCESS_KEY_ID", "222222222222",
        "AWS_SECRET_ACCESS_KEY", "sandbox",
        "AWS_REGION", "eu-west-1",
        "EVENT_BUS_ARN", "arn:aws:events:eu-west-1:111111111111:event-bus/global-bus",
        "EVENT_SOURCE", "order-service",
        "EVENT_QUEUE_URL", aws + "/222222222222/deliveries",
        "PORT", String.valueOf(port));
  }

  private static HttpRequest callerIdentity(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=222222222222/20260101/eu-west-1/sts/aws4_request,"
                + " SignedHeaders=host, Signature=any")
        .POST(HttpRequest.BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"))
        .build();
  }
}
