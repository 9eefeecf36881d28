package io.eventbackbone.operator.reconcile.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.Reason.Outlook;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReasonsTest {

  static Stream<Arguments> whatPassesByItselfIsNotStalled() {
    return Stream.of(
        Arguments.of(
            new AwsFailure.Conflicting("QueueDeletedRecently"),
            Reason.AWS_UNAVAILABLE,
            Outlook.RECONCILING),
        Arguments.of(
            new AwsFailure.Unavailable("throttled"), Reason.AWS_UNAVAILABLE, Outlook.RECONCILING),
        Arguments.of(
            new AwsFailure.HeldByOthers("rules"), Reason.DELETION_BLOCKED, Outlook.RECONCILING),
        Arguments.of(new AwsFailure.NoSuchRegion("no"), Reason.REGION_NOT_FOUND, Outlook.STALLED),
        Arguments.of(new AwsFailure.Invalid("no"), Reason.AWS_REFUSED, Outlook.STALLED),
        Arguments.of(new AwsFailure.Denied("no"), Reason.ACCESS_DENIED, Outlook.STALLED));
  }

  @ParameterizedTest
  @MethodSource
  void whatPassesByItselfIsNotStalled(AwsFailure failure, Reason reason, Outlook outlook) {
    assertThat(FailureReasons.of(failure)).isEqualTo(reason);
    assertThat(reason.outlook()).isEqualTo(outlook);
  }
}
