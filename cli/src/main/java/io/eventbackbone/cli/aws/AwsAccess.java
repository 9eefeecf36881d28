package io.eventbackbone.cli.aws;

import io.eventbackbone.cli.trace.View;
import io.eventbackbone.core.resource.AccountScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The caller's ways into accounts: the own credentials into the own account, and roles that were
 * named into theirs. Endpoints are what the AWS SDK finds.
 */
public final class AwsAccess implements AutoCloseable {

  private static final String SESSION = "kubectl-backbone";

  private final AwsCredentialsProvider own;
  private final Map<String, String> roles;
  private final SdkHttpClient http = Apache5HttpClient.builder().build();
  private final Map<String, AwsCredentialsProvider> credentials = new HashMap<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Optional<String> ownAccount = Optional.empty();

  /**
   * By a profile, or what the SDK finds without one.
   *
   * @param roles ARNs of roles to assume, one an account
   */
  public AwsAccess(Optional<String> profile, Collection<String> roles) {
    this(
        profile
            .map(it -> DefaultCredentialsProvider.builder().profileName(it).build())
            .orElseGet(() -> DefaultCredentialsProvider.builder().build()),
        roles);
  }

  AwsAccess(AwsCredentialsProvider own, Collection<String> roles) {
    this.own = own;
    this.roles = new HashMap<>();
    roles.forEach(it -> this.roles.put(accountOf(it), it));
  }

  /** The account that a role's ARN names. */
  private static String accountOf(String roleArn) {
    String[] parts = roleArn.split(":", 6);
    if (parts.length < 6 || !parts[5].startsWith("role/")) {
      throw new NoAccessException(
          "--assume-role %s is no ARN of a role, for instance arn:aws:iam::111111111111:role/reader"
              .formatted(roleArn));
    }
    return parts[4];
  }

  /** The three services of an account in a Region. */
  record Services(EventBridgeClient eventBridge, SqsClient sqs, CloudWatchLogsClient logs) {}

  private final Map<AccountScope, Services> services = new HashMap<>();

  /**
   * The services of an account.
   *
   * @throws NoAccessException if there is no way into the account
   */
  Services services(AccountScope scope) {
    return services.computeIfAbsent(
        scope,
        it -> {
          AwsCredentialsProvider provider = credentials(it);
          Region region = Region.of(it.region());
          return new Services(
              client(EventBridgeClient.builder(), provider, region),
              client(SqsClient.builder(), provider, region),
              client(CloudWatchLogsClient.builder(), provider, region));
        });
  }

  private AwsCredentialsProvider credentials(AccountScope scope) {
    AwsCredentialsProvider known = credentials.get(scope.accountId());
    if (known == null) {
      known = find(scope);
      credentials.put(scope.accountId(), known);
    }
    return known;
  }

  private AwsCredentialsProvider find(AccountScope scope) {
    String role = roles.get(scope.accountId());
    StsClient sts = client(StsClient.builder(), own, Region.of(scope.region()));
    if (role != null) {
      StsAssumeRoleCredentialsProvider assumed =
          StsAssumeRoleCredentialsProvider.builder()
              .stsClient(sts)
              .refreshRequest(it -> it.roleArn(role).roleSessionName(SESSION))
              .build();
      opened.add(assumed);
      return assumed;
    }
    if (ownAccount.isEmpty()) {
      ownAccount = Optional.of(accountOfCaller(sts));
    }
    if (!ownAccount.get().equals(scope.accountId())) {
      throw new NoAccessException(
          "account %s: your AWS credentials are those of account %s; name a role with --assume-role arn:aws:iam::%s:role/…"
              .formatted(scope.accountId(), ownAccount.get(), scope.accountId()));
    }
    return own;
  }

  private static String accountOfCaller(StsClient sts) {
    try {
      return sts.getCallerIdentity().account();
    } catch (SdkException e) {
      throw new NoAccessException(
          "AWS: your credentials are missing or not valid: %s".formatted(words(e)), e);
    }
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
      C client(B builder, AwsCredentialsProvider provider, Region region) {
    C client = builder.httpClient(http).credentialsProvider(provider).region(region).build();
    opened.add(client);
    return client;
  }

  /** What a log group shows. {@link View.Missing}: the account does not have the group. */
  <T> View<T> logGroup(AccountScope scope, String group, Function<CloudWatchLogsClient, T> look) {
    return orElse(
        () -> {
          try {
            return new View.Seen<>(look.apply(services(scope).logs()));
          } catch (ResourceNotFoundException e) {
            return new View.Missing<>();
          }
        },
        View.Unseen::new,
        "logs:FilterLogEvents of log group %s in account %s".formatted(group, scope.accountId()));
  }

  /** What a look shows, or why the caller can't look. */
  <T> T orElse(Supplier<T> look, Function<String, T> otherwise, String action) {
    try {
      return look.get();
    } catch (NoAccessException e) {
      return otherwise.apply(e.getMessage());
    } catch (SdkException e) {
      return otherwise.apply("AWS answered to %s: %s".formatted(action, words(e)));
    }
  }

  /** What AWS says, without the ids of the call. */
  public static String words(SdkException failure) {
    return failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? answer.awsErrorDetails().errorMessage()
        : failure.getMessage();
  }

  @Override
  public void close() {
    for (AutoCloseable it : opened) {
      try {
        it.close();
      } catch (Exception e) {
        throw new IllegalStateException("a client of AWS does not close", e);
      }
    }
    http.close();
  }
}
