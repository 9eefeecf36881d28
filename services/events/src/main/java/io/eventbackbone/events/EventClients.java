package io.eventbackbone.events;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS clients of a service, with credentials and endpoints by the AWS SDK's own variables. */
public final class EventClients implements AutoCloseable {

  private final SdkHttpClient http = Apache5HttpClient.create();
  private final EventBridgeClient eventBridge;
  private final SqsClient sqs;

  /** Connects to nothing yet. */
  public EventClients(String region) {
    eventBridge = EventBridgeClient.builder().httpClient(http).region(Region.of(region)).build();
    sqs = SqsClient.builder().httpClient(http).region(Region.of(region)).build();
  }

  public EventBridgeClient eventBridge() {
    return eventBridge;
  }

  public SqsClient sqs() {
    return sqs;
  }

  @Override
  public void close() {
    eventBridge.close();
    sqs.close();
    http.close();
  }
}
