package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** Roles as resources of Terraform's AWS provider, formatted as {@code terraform fmt} does. */
final class TerraformConfiguration {

  private static final String ROLE =
      """
      resource "aws_iam_role" "event_backbone_%1$s" {
        name        = "%2$s"
        description = "%3$s"

        assume_role_policy = <<JSON
      %4$s
      JSON
      }

      resource "aws_iam_role_policy" "event_backbone_%1$s" {
        name = "%5$s"
        role = aws_iam_role.event_backbone_%1$s.name

        policy = <<JSON
      %6$s
      JSON
      }

      output "event_backbone_%1$s_role_arn" {
        value = aws_iam_role.event_backbone_%1$s.arn
      }
      """;

  private TerraformConfiguration() {}

  static String of(List<IamRole> roles) {
    return roles.stream().map(TerraformConfiguration::role).collect(Collectors.joining("\n"));
  }

  private static String role(IamRole role) {
    return ROLE.formatted(
        role.function(),
        role.name(),
        role.description(),
        json(role.trustPolicy()),
        IamRole.POLICY_NAME,
        json(role.policy()));
  }

  private static String json(JsonNode policy) {
    return policy.toPrettyString().replace("\r\n", "\n");
  }
}
