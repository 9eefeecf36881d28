package io.eventbackbone.cli;

import io.eventbackbone.cli.aws.AwsAccess;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** As whom AWS is asked. */
final class AwsOptions {

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The AWS profile (default: what the AWS SDK finds).")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--assume-role",
      paramLabel = "ARN",
      description = "A role to assume in its account. May be given several times.")
  private List<String> roles = List.of();

  AwsAccess open() {
    return new AwsAccess(profile, roles);
  }
}
