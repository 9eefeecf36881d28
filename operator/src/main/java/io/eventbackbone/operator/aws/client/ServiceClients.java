package io.eventbackbone.operator.aws.client;

import io.eventbackbone.operator.leadership.Fence;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.model.ConcurrentModificationException;

/**
 * One client of each service in a Region for all accounts. Each request carries the credentials of
 * its account; clients of their own would be thousands for a thousand accounts.
 */
public final class ServiceClients implements AutoCloseable {

  private static final int CONNECTIONS = 200;

  private record Key(Class<?> type, String region) {}

  private final SdkHttpClient http =
      Apache5HttpClient.builder().maxConnections(CONNECTIONS).build();
  private final Map<Key, Object> clients = new ConcurrentHashMap<>();
  private final AwsEnvironment environment;
  private final ClientOverrideConfiguration configuration;

  public ServiceClients(AwsEnvironment environment, MeterRegistry metrics, Fence fence) {
    this.environment = environment;
    configuration =
        ClientOverrideConfiguration.builder()
            .addExecutionInterceptor(new CallMetrics(metrics))
            .addExecutionInterceptor(new FailedCall.Attaching())
            .addExecutionInterceptor(new ControlPlaneRate(environment.requestsPerSecond()))
            // After the rate limit, because calls wait there.
            .addExecutionInterceptor(new FencedCalls(fence))
            // Not adaptive: it would slow down all accounts when AWS throttles one.
            .retryStrategy(
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .retryOnException(ConcurrentModificationException.class)
                    .build())
            .build();
  }

  /** A client with the operator's own identity. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C own(
      Class<C> type, Supplier<B> builder, String region) {
    return type.cast(
        clients.computeIfAbsent(
            new Key(type, region),
            key -> {
              B configured =
                  builder
                      .get()
                      .httpClient(http)
                      .overrideConfiguration(configuration)
                      .region(Region.of(region))
                      .credentialsProvider(environment.credentials());
              environment.endpoint().ifPresent(configured::endpointOverride);
              return configured.build();
            }));
  }

  /** The credentials of an account. */
  public record Identity(String accountId, AwsCredentialsProvider credentials) {}

  /** A client with another identity. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C as(
      Identity identity, Class<C> type, Supplier<B> builder, String region) {
    C client = own(type, builder, region);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof AwsRequest request) {
                return call(client, method, by(identity, request));
              }
              return method.isDefault()
                  ? InvocationHandler.invokeDefault(proxy, method, arguments)
                  : call(client, method, arguments);
            }));
  }

  private static Object call(Object client, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static AwsRequest by(Identity identity, AwsRequest request) {
    AwsRequestOverrideConfiguration.Builder override =
        request
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder);
    return request.toBuilder()
        .overrideConfiguration(
            override
                .credentialsProvider(identity.credentials())
                .putExecutionAttribute(ControlPlaneRate.ACCOUNT, identity.accountId())
                .build())
        .build();
  }

  @Override
  public void close() {
    http.close();
  }
}
