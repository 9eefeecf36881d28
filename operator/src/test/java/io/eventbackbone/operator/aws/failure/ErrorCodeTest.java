package io.eventbackbone.operator.aws.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.aws.client.FailedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

class ErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "QueueDoesNotExist,                                   QueueDoesNotExist",
    "NonExistentQueue,                                    QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue,             QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue;Sender,      QueueDoesNotExist",
    "com.amazonaws.sqs#QueueDoesNotExist,                 QueueDoesNotExist",
    "QueueDoesNotExistException,                          QueueDoesNotExist",
    "QueueAlreadyExists,                                  QueueNameExists",
    "com.amazonaws.sqs#QueueDeletedRecently,              QueueDeletedRecently",
    "AWS.SimpleQueueService.QueueDeletedRecently;Sender,  QueueDeletedRecently",
    "AccessDeniedException,                               AccessDenied",
    "AccessDenied,                                        AccessDenied",
    "com.amazon.coral.service#AccessDeniedException,      AccessDenied",
    "'ValidationException:http://internal.amazon.com/v1', Validation",
    "InvalidClientTokenId,                                UnrecognizedClient",
    "'',                                                  ''",
  })
  void aCodeIsTheSameInEverySpelling(String spelling, String name) {
    assertThat(ErrorCode.of(spelling)).isEqualTo(new ErrorCode(name));
  }

  /** As the SDK reads it, from the body and the header that the query protocol is followed by. */
  @ParameterizedTest
  @CsvSource({
    "com.amazonaws.sqs#QueueDeletedRecently, AWS.SimpleQueueService.QueueDeletedRecently;Sender",
    "com.amazonaws.sqs#QueueDeletedRecently, ",
    "QueueDeletedRecently,                   QueueDeletedRecently;Sender",
    "AWS.SimpleQueueService.QueueDeletedRecently, ",
  })
  void theNameOfAQueueThatWasDeletedAMinuteAgoIsWaitedFor(String type, String header)
      throws IOException {
    SqsException refusal =
        answered(
            type,
            header,
            sqs ->
                catchThrowableOfType(
                    SqsException.class, () -> sqs.createQueue(it -> it.queueName("orders"))));
    AwsFailure failure =
        new FailureTranslation(
                new AccountAccess("222222222222", Optional.empty(), Optional.empty()), "eu-west-1")
            .of(refusal)
            .failure();
    assertThat(failure).isInstanceOf(AwsFailure.Conflicting.class);
    assertThat(failure.recovery()).isEqualTo(AwsFailure.Recovery.RETRY);
  }

  @Test
  void theInterceptorTellsWhatWasAskedFor() throws IOException {
    SqsException refusal =
        answered(
            "AccessDenied",
            null,
            sqs ->
                catchThrowableOfType(
                    SqsException.class, () -> sqs.createQueue(it -> it.queueName("orders"))));
    assertThat(FailedCall.of(refusal).orElseThrow().operation()).isEqualTo("CreateQueue");
  }

  private interface Call {
    SqsException by(SqsClient sqs);
  }

  private static SqsException answered(String type, String header, Call call) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body =
        "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(type).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          if (header != null) {
            exchange.getResponseHeaders().add("x-amzn-query-error", header);
          }
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (SqsClient sqs =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.EU_WEST_1)
            .credentialsProvider(LocalAws.root("222222222222"))
            .overrideConfiguration(it -> it.addExecutionInterceptor(new FailedCall.Attaching()))
            .build()) {
      return call.by(sqs);
    } finally {
      server.stop(0);
    }
  }
}
