package io.eventbackbone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Forms that ask and XML that answers, as clients of IAM, of STS and of old SQS send and get them.
 */
class QueryProtocolTest {

  private static final String ACCOUNT = "111111111111";
  private static final String TRUST =
      "{\"Statement\":[{\"Sid\":\"a & b\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"222222222222\"},"
          + "\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"right\"}}}]}";
  private static final String ALL =
      "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

  private final Sandbox sandbox = Sandbox.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aRoleIsCreatedAssumedAndDeleted() throws Exception {
    assertThat(createRole().body())
        .contains("<Arn>arn:aws:iam::111111111111:role/operator</Arn>", "%22a%20%26%20b%22");
    assertThat(createRole())
        .satisfies(it -> assertThat(it.statusCode()).isEqualTo(409))
        .satisfies(it -> assertThat(it.body()).contains("<Code>EntityAlreadyExists</Code>"));

    assertThat(assume("wrong"))
        .satisfies(it -> assertThat(it.statusCode()).isEqualTo(403))
        .satisfies(it ->
            assertThat(it.body())
                .contains(
                    "<Code>AccessDenied</Code>",
                    "is not authorized to perform: sts:AssumeRole on resource:"
                        + " arn:aws:iam::111111111111:role/operator<"));
    assertThat(assume("right").body())
        .contains("<Arn>arn:aws:sts::111111111111:assumed-role/operator/me</Arn>");

    iam(
        "PutRolePolicy",
        Map.of("RoleName", "operator", "PolicyName", "all", "PolicyDocument", ALL));
    assertThat(iam("ListRolePolicies", Map.of("RoleName", "operator")).body())
        .contains("<PolicyNames><member>all</member></PolicyNames>");
    assertThat(iam("DeleteRole", Map.of("RoleName", "operator")).body())
        .contains("<Code>DeleteConflict</Code>");
    iam("DeleteRolePolicy", Map.of("RoleName", "operator", "PolicyName", "all"));
    assertThat(iam("DeleteRole", Map.of("RoleName", "operator")).statusCode()).isEqualTo(200);
    assertThat(iam("GetRole", Map.of("RoleName", "operator")))
        .satisfies(it -> assertThat(it.statusCode()).isEqualTo(404))
        .satisfies(it -> assertThat(it.body()).contains("<Code>NoSuchEntity</Code>"));
    assertThat(assume("right").statusCode()).isEqualTo(403);
  }

  @Test
  void membersThatWouldGoUnnoticedAreRefused() throws Exception {
    assertThat(
            iam(
                    "CreateRole",
                    Map.of(
                        "RoleName", "r",
                        "AssumeRolePolicyDocument", TRUST,
                        "PermissionsBoundary", "arn:aws:iam::aws:policy/ReadOnlyAccess"))
                .body())
        .contains("does not implement member PermissionsBoundary of iam:CreateRole");
    assertThat(iam("CreateUser", Map.of("UserName", "u")).body())
        .contains("<Code>InvalidAction</Code>", "iam:CreateUser");
  }

  @Test
  void anUnknownKeyIsRefusedInTheProtocolsTerms() throws Exception {
    assertThat(ask("iam", "AKIAUNKNOWN", "ListRoles", Map.of()))
        .satisfies(it -> assertThat(it.statusCode()).isEqualTo(403))
        .satisfies(it -> assertThat(it.body()).contains("<Code>InvalidClientTokenId</Code>"))
        .satisfies(it -> assertThat(it.headers().firstValue("x-amzn-RequestId")).isPresent());
  }

  @Test
  void sqsNumbersItsListsAndMaps() throws Exception {
    assertThat(
            sqs(
                    "CreateQueue",
                    Map.of(
                        "QueueName", "q",
                        "Attribute.1.Name", "VisibilityTimeout",
                        "Attribute.1.Value", "7",
                        "Tag.1.Key", "team",
                        "Tag.1.Value", "a&b"))
                .body())
        .contains("<QueueUrl>" + sandbox.endpoint() + "/111111111111/q</QueueUrl>");
    String url = sandbox.endpoint() + "/111111111111/q";
    assertThat(
            sqs(
                    "GetQueueAttributes",
                    Map.of("QueueUrl", url, "AttributeName.1", "VisibilityTimeout"))
                .body())
        .contains(
            "<Attribute><Name>VisibilityTimeout</Name><Value>7</Value></Attribute></GetQueueAttributesResult>");
    assertThat(sqs("ListQueueTags", Map.of("QueueUrl", url)).body())
        .contains("<Tag><Key>team</Key><Value>a&amp;b</Value></Tag>");
    assertThat(
            sqs(
                    "SendMessageBatch",
                    Map.of(
                        "QueueUrl", url,
                        "SendMessageBatchRequestEntry.1.Id", "one",
                        "SendMessageBatchRequestEntry.1.MessageBody", "first",
                        "SendMessageBatchRequestEntry.1.MessageAttribute.1.Name", "kind",
                        "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType",
                            "String",
                        "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue", "x"))
                .body())
        .contains("<SendMessageBatchResultEntry>", "<Id>one</Id>");
    assertThat(
            sqs(
                    "DeleteMessageBatch",
                    Map.of(
                        "QueueUrl", url,
                        "DeleteMessageBatchRequestEntry.1.Id", "two",
                        "DeleteMessageBatchRequestEntry.1.ReceiptHandle", "none"))
                .body())
        .contains("<BatchResultErrorEntry><Id>two</Id>");
    assertThat(
            sqs("ReceiveMessage", Map.of("QueueUrl", url, "MessageAttributeName.1", "All")).body())
        .contains(
            "<Body>first</Body>",
            "<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType><StringValue>x</StringValue></Value></MessageAttribute>");
    assertThat(sqs("GetQueueUrl", Map.of("QueueName", "none")).body())
        .contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");
  }

  private HttpResponse<String> sqs(String action, Map<String, String> parameters) throws Exception {
    return ask("sqs", ACCOUNT, action, parameters);
  }

  private HttpResponse<String> createRole() throws Exception {
    return iam("CreateRole", Map.of("RoleName", "operator", "AssumeRolePolicyDocument", TRUST));
  }

  private HttpResponse<String> assume(String externalId) throws Exception {
    return ask(
        "sts",
        "222222222222",
        "AssumeRole",
        Map.of(
            "RoleArn", "arn:aws:iam::111111111111:role/operator",
            "RoleSessionName", "me",
            "ExternalId", externalId));
  }

  private HttpResponse<String> iam(String action, Map<String, String> parameters) throws Exception {
    return ask("iam", ACCOUNT, action, parameters);
  }

  private HttpResponse<String> ask(
      String service, String key, String action, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String form =
        parameters.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "Action=" + action + "&Version=2010-05-08&", ""));
    return http.send(
        HttpRequest.newBuilder(URI.create(sandbox.endpoint() + "/"))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20261123/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(key, service))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
