package io.eventbackbone.operator.aws.failure;

import io.eventbackbone.operator.aws.failure.AwsFailure.NoSuchRegion;
import io.eventbackbone.operator.aws.failure.AwsFailure.Unavailable;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/**
 * Tells a Region that AWS does not have from AWS out of reach: the SDK calls a host of any name
 * that looks like a Region's, and says of either only that the host is unknown.
 */
record RegionCheck(String accountId, String region) {

  /** The answers of an endpoint to signatures for a Region that it is not of. */
  private static final Set<ErrorCode> OTHER_REGION =
      Set.of(ErrorCode.of("InvalidSignatureException"), ErrorCode.of("SignatureDoesNotMatch"));

  private static final String WHAT_TO_DO =
      ": compare spec.region of the EventBackbone, and AWS_REGION of the operator, with the Regions"
          + " of AWS; spec.region can't be changed, so create another EventBackbone";

  Optional<AwsFailure> failure(SdkException exception) {
    return unknownHost(exception)
        .map(this::withoutHost)
        .or(() ->
            exception instanceof AwsServiceException service && isOfOtherRegion(service)
                ? Optional.of(noSuchRegion(FailureTranslation.message(service)))
                : Optional.empty());
  }

  private boolean isOfOtherRegion(AwsServiceException exception) {
    return !isKnown() && OTHER_REGION.contains(ErrorCode.of(exception));
  }

  private AwsFailure withoutHost(String host) {
    boolean isOfRegion = host.contains(region);
    return isOfRegion && !isKnown()
        ? noSuchRegion("host %s can't be found".formatted(host))
        : new Unavailable(
            "account %s: AWS is unreachable%s: host %s can't be found: check the DNS of the cluster and the operator's way out"
                .formatted(accountId, isOfRegion ? " in Region " + region : "", host));
  }

  private NoSuchRegion noSuchRegion(String why) {
    return new NoSuchRegion(
        "account %s: AWS has no Region %s: %s%s".formatted(accountId, region, why, WHAT_TO_DO));
  }

  /**
   * Whether the SDK knows the Region. One that is newer than the SDK works if its hosts are found.
   */
  private boolean isKnown() {
    return Region.regions().contains(Region.of(region));
  }

  /** Its message is the name of the host, and after it what the resolver says. */
  private static Optional<String> unknownHost(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(UnknownHostException.class::isInstance)
        .findFirst()
        .map(cause -> String.valueOf(cause.getMessage()).split("[: ]", 2)[0]);
  }
}
