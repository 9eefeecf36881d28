package io.eventbackbone.events;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS clients of a service, by the standard AWS environment variables. */
public final class EventClients implements AutoCloseable {

  private final SdkHttpClient http = Apache5HttpClient.create();
  private final EventBridgeClient eventBridge =
      EventBridgeClient.builder().httpClient(http).build();
  private final SqsClient sqs = SqsClient.builder().httpClient(http).build();

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
