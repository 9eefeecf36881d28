package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.core.resource.Names;
import io.eventbackbone.operator.bootstrap.Grant.Condition;
import java.util.List;
import java.util.stream.Stream;

/** What the operator may do in EventBridge Schemas, and what AWS may do for it there. */
record SchemasGrants(Preparation account, AccountArns arns) {

  private static final String SCHEMAS = "schemas.amazonaws.com";

  Stream<Grant> all() {
    return Stream.of(own(), managedByAws()).flatMap(List::stream);
  }

  private List<Grant> own() {
    return List.of(
        Grant.of(
                "MakeDiscoverer",
                "create the bus's discoverer of schemas, with the operator's tag; AWS has no resource for this action",
                OperatorGrants.EVERYTHING,
                "schemas:CreateDiscoverer")
            .when(TaggedGrants.MADE_WITH_TAG),
        Grant.of(
            "KeepSchemas",
            "find, read, change and start the discoverer, whose id AWS chooses; read and change the registry and its schemas",
            arns.schemas(),
            "schemas:ListDiscoverers",
            "schemas:DescribeDiscoverer",
            "schemas:UpdateDiscoverer",
            "schemas:StartDiscoverer",
            "schemas:DescribeRegistry",
            "schemas:UpdateRegistry",
            "schemas:ListSchemas",
            "schemas:DescribeSchema",
            "schemas:UpdateSchema"));
  }

  /**
   * The discoverer's managed rule and service-linked role. The Service Authorization Reference does
   * not tell them; AWS's own policy AmazonEventBridgeSchemasFullAccess does.
   */
  private List<Grant> managedByAws() {
    return List.of(
        Grant.of(
            "KeepDiscoverersRule",
            "let AWS create, enable and delete the discoverer's managed rule on the bus",
            arns.of("events", "rule/" + account.busName() + "/Schemas-*"),
            "events:PutRule",
            "events:PutTargets",
            "events:EnableRule",
            "events:ListTargetsByRule",
            "events:RemoveTargets",
            "events:DeleteRule"),
        Grant.of(
                "MakeDiscoverersRole",
                "let AWS create the service-linked role of discoverers, once in each account",
                List.of(
                    Names.roleArn(
                        account.scopes().get(0),
                        "aws-service-role/" + SCHEMAS + "/AWSServiceRoleForSchemas")),
                "iam:CreateServiceLinkedRole")
            .when(new Condition("StringEquals", "iam:AWSServiceName", List.of(SCHEMAS))));
  }
}
