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
 * Credentials of a role; the SDK renews them before they expire. If the role's trust policy allows
 * sts:SetSourceIdentity, CloudTrail shows the cluster as the source identity of every call. If not,
 * only the name of the session tells the cluster.
 */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AssumedRole.class);
  private static final String SET_SOURCE_IDENTITY = "sts:SetSourceIdentity";

  /**
   * A session that AssumeRole began.
   *
   * @param user its identity
   */
  private record Begun(String accessKeyId, Optional<AssumedRoleUser> user) {}

  /** The part of STS that the SDK's provider needs. It records the last session. */
  private final class RecordingSts implements StsClient {

    private final StsClient sts;

    RecordingSts(StsClient sts) {
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

    /** Other roles use the client too. */
    @Override
    public void close() {}
  }

  private final StsClient sts;
  private final AssumeRoleRequest request;
  private volatile StsAssumeRoleCredentialsProvider sessions;
  private volatile Optional<String> sourceIdentity;
  private volatile Optional<Begun> begun = Optional.empty();

  AssumedRole(StsClient sts, AssumeRoleRequest request, String sourceIdentity) {
    this.sts = new RecordingSts(sts);
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
   * Makes the next call begin another session. AWS ends the sessions of a role that is deleted, and
   * a role created in its place does not revive them.
   *
   * @param accessKeyId of the ended session; does nothing if another session has begun since
   */
  synchronized void end(String accessKeyId) {
    if (lastSession().filter(accessKeyId::equals).isPresent()) {
      StsAssumeRoleCredentialsProvider last = sessions;
      sessions = provider();
      begun = Optional.empty();
      last.close();
    }
  }

  /** Begins the first session and returns its identity. Empty: a session exists already. */
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
          "{} does not let the operator set a source identity: allow {} in its trust policy, and"
              + " CloudTrail shows the cluster",
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
