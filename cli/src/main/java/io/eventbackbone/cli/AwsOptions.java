package io.eventbackbone.cli;

import io.eventbackbone.cli.aws.AwsAccess;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The credentials for AWS. */
final class AwsOptions {

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The AWS profile (default: the credentials that the AWS SDK finds).")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--assume-role",
      paramLabel = "ARN",
      description = "A role to assume in its account. You may repeat the option.")
  private List<String> roles = List.of();

  AwsAccess open() {
    return new AwsAccess(profile, roles);
  }
}
