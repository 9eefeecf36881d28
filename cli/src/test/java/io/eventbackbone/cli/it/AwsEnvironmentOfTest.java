package io.eventbackbone.cli.it;

import java.net.URI;
import java.util.Map;

/** What the AWS SDK finds of endpoint and credentials while a test runs. */
final class AwsEnvironmentOfTest implements AutoCloseable {

  private final Map<String, String> properties;

  AwsEnvironmentOfTest(URI endpoint) {
    properties =
        Map.of(
            "aws.endpointUrl", endpoint.toString(),
            "aws.accessKeyId", "999999999999",
            "aws.secretAccessKey", "secret");
    properties.forEach(System::setProperty);
  }

  @Override
  public void close() {
    properties.keySet().forEach(System::clearProperty);
  }
}
