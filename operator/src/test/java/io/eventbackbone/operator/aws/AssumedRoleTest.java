package io.eventbackbone.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

class AssumedRoleTest {

  /** Begins sessions that are told apart by the numbers of their keys. */
  private static final class NumberingSts implements StsClient {

    private final Duration length;
    private int sessions;

    NumberingSts(Duration length) {
      this.length = length;
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest asked) {
      sessions++;
      return AssumeRoleResponse.builder()
          .credentials(it ->
              it.accessKeyId("key-" + sessions)
                  .secretAccessKey("secret")
                  .sessionToken("token")
                  .expiration(Instant.now().plus(length)))
          .build();
    }

    @Override
    public String serviceName() {
      return "sts";
    }

    @Override
    public void close() {}
  }

  @Test
  void aSessionIsKept() {
    AssumedRole role = role(Duration.ofHours(1));
    assertThat(role.lastSession()).isEmpty();
    assertThat(key(role)).isEqualTo("key-1");
    assertThat(key(role)).isEqualTo("key-1");
    assertThat(role.lastSession()).contains("key-1");
  }

  /** A call that is on its way when the session expires would fail. */
  @Test
  void aSessionIsRenewedBeforeItExpires() {
    AssumedRole role = role(Duration.ofSeconds(50));
    assertThat(key(role)).isEqualTo("key-1");
    assertThat(key(role)).isEqualTo("key-2");
  }

  /** Many find out at the same time that it is over. */
  @Test
  void aSessionThatIsOverIsBegunAnewOnce() {
    AssumedRole role = role(Duration.ofHours(1));
    assertThat(key(role)).isEqualTo("key-1");
    role.end("key-1");
    assertThat(role.lastSession()).isEmpty();
    assertThat(key(role)).isEqualTo("key-2");
    role.end("key-1");
    assertThat(key(role)).isEqualTo("key-2");
  }

  private static String key(AssumedRole role) {
    return role.resolveCredentials().accessKeyId();
  }

  private static AssumedRole role(Duration length) {
    return new AssumedRole(
        new NumberingSts(length), AssumeRoleRequest.builder().build(), "event-backbone-test");
  }
}
