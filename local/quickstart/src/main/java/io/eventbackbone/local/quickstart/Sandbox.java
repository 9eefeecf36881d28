package io.eventbackbone.local.quickstart;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** The embedded AWS as a child process. An access key id of twelve digits is that account. */
final class Sandbox implements AutoCloseable {

  /** Any will do: the sandbox tells accounts by the key's id. */
  private static final String SECRET = "sandbox";

  private final int port;
  private final Map<String, CloudWatchLogsClient> logs = new ConcurrentHashMap<>();

  private Sandbox(int port) {
    this.port = port;
  }

  static Sandbox start(Children children, ProjectFiles files, int port) {
    children.start(
        "sandbox",
        files.sandboxJar(),
        List.of(
            "--port",
            String.valueOf(port),
            "--seed",
            files.sample("sandbox").resolve("accounts.yaml").toString()),
        Map.of());
    return new Sandbox(port);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Standard AWS variables by which a program acts in an account. */
  Map<String, String> environment(String account, String region) {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint().toString(),
        "AWS_ACCESS_KEY_ID", account,
        "AWS_SECRET_ACCESS_KEY", SECRET,
        "AWS_REGION", region,
        "AWS_EC2_METADATA_DISABLED", "true");
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
                        AwsBasicCredentials.create(bus.account(), SECRET)))
                .httpClient(Apache5HttpClient.create())
                .build());
  }

  @Override
  public void close() {
    logs.values().forEach(CloudWatchLogsClient::close);
  }
}
