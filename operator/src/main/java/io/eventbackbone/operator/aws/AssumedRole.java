package io.eventbackbone.operator.aws;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials of a role, renewed by the SDK before they expire. The session carries the cluster as
 * its source identity, which CloudTrail shows with everything that is done in it, if the role's
 * trust policy allows sts:SetSourceIdentity; if not, its name alone tells the cluster.
 */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AssumedRole.class);
  private static final String SET_SOURCE_IDENTITY = "sts:SetSourceIdentity";

  /**
   * A session that AssumeRole began.
   *
   * @param user whom it acts as
   */
  private record Begun(String accessKeyId, Optional<AssumedRoleUser> user) {}

  /** Of STS what the SDK's provider needs; it remembers the last session. */
  private final class Doorkeeper implements StsClient {

    private final StsClient sts;

    Doorkeeper(StsClient sts) {
      this.sts = sts;
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest asked) {
      AssumeRoleResponse answer = sts.assumeRole(asked);
      begun =
          Optional.of(
              new Begun(
                  answer.credentials().accessKeyId(),
                  Optional.ofNullable(answer.assumedRoleUser())));
      return answer;
    }

    @Override
    public String serviceName() {
      return sts.serviceName();
    }

    /** Others use the client, too. */
    @Override
    public void close() {}
  }

  private final StsClient sts;
  private final AssumeRoleRequest request;
  private volatile StsAssumeRoleCredentialsProvider sessions;
  private volatile Optional<String> sourceIdentity;
  private volatile Optional<Begun> begun = Optional.empty();

  AssumedRole(StsClient sts, AssumeRoleRequest request, String sourceIdentity) {
    this.sts = new Doorkeeper(sts);
    this.request = request;
    this.sourceIdentity = Optional.of(sourceIdentity);
    sessions = provider();
  }

  private StsAssumeRoleCredentialsProvider provider() {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(
            () -> request.toBuilder().sourceIdentity(sourceIdentity.orElse(null)).build())
        .build();
  }

  /** The access key of the last session, if there was one. */
  Optional<String> lastSession() {
    return begun.map(Begun::accessKeyId);
  }

  /**
   * Has the next call begin a session: AWS does not know the last one any more. A role that is
   * deleted takes its sessions with it, and one that is made anew begins others.
   *
   * @param accessKeyId of the session; if it is not the last one, another caller was here before
   */
  synchronized void end(String accessKeyId) {
    if (lastSession().filter(accessKeyId::equals).isPresent()) {
      StsAssumeRoleCredentialsProvider last = sessions;
      sessions = provider();
      begun = Optional.empty();
      last.close();
    }
  }

  /** Whom the first session acts as, if it had to be begun for this; else empty. */
  Optional<CallerIdentity> begin() {
    if (begun.isPresent()) {
      return Optional.empty();
    }
    Optional<String> account = resolveCredentials().accountId();
    Optional<AssumedRoleUser> user = begun.flatMap(Begun::user);
    return account.flatMap(id -> user.map(it -> new CallerIdentity(id, it.arn())));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return sessions.resolveCredentials();
    } catch (StsException e) {
      if (sourceIdentity.isEmpty() || !e.getMessage().contains(SET_SOURCE_IDENTITY)) {
        throw e;
      }
      LOG.info(
          "{} does not let the operator set a source identity; allow {} in its trust policy to have"
              + " CloudTrail show the cluster",
          request.roleArn(),
          SET_SOURCE_IDENTITY);
      sourceIdentity = Optional.empty();
      return sessions.resolveCredentials();
    }
  }

  @Override
  public void close() {
    sessions.close();
  }
}
