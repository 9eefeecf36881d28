package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.local.launcher.Checkout;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** The embedded AWS as a child process. */
final class Sandbox implements AutoCloseable {

  private final AwsEndpoint endpoint;
  private final Map<String, CloudWatchLogsClient> logs = new ConcurrentHashMap<>();

  private Sandbox(AwsEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  static Sandbox start(Children children, Checkout files, int port) {
    children.start(
        "sandbox",
        files.sandboxJar(),
        List.of(
            "--port",
            String.valueOf(port),
            "--seed",
            files.sample("sandbox").resolve("accounts.yaml").toString()),
        Map.of());
    return new Sandbox(new AwsEndpoint(URI.create("http://127.0.0.1:" + port)));
  }

  URI endpoint() {
    return endpoint.uri();
  }

  /** Standard AWS variables by which a program acts in an account. */
  Map<String, String> environment(String account, String region) {
    return endpoint.environment(account, region);
  }

  /** CloudWatch Logs of a bus's account and Region. */
  CloudWatchLogsClient logs(Bus bus) {
    return logs.computeIfAbsent(
        bus.account() + " " + bus.region(),
        key ->
            CloudWatchLogsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(bus.region()))
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(bus.account(), AwsEndpoint.SECRET)))
                .httpClient(Apache5HttpClient.create())
                .build());
  }

  @Override
  public void close() {
    logs.values().forEach(CloudWatchLogsClient::close);
  }
}
