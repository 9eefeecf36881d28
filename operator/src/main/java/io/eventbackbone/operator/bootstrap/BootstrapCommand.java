package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.operator.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the roles of one account as a template. */
@Command(
    name = "bootstrap",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Writes a template of the roles that an AWS account needs for the operator to work in it: the"
          + " one that the operator assumes and, in the backbone's account, the one that EventBridge"
          + " forwards events with.",
      "The template goes to standard output; nothing is called."
    })
public final class BootstrapCommand implements Callable<Integer> {

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[A-Za-z0-9+=,.@_/-]+");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");
  private static final Pattern ROLE_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");

  private static final Pattern BUS = Pattern.compile("[A-Za-z0-9._*-]{1,256}");
  private static final Pattern LOG_GROUP = Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9._/#*-]+");

  private static final Pattern TAG_KEY =
      Pattern.compile("(?!aws:|eventbackbone\\.io/)[\\p{L}\\p{N} _.:/=@-]{1,125}");

  @Spec private CommandSpec spec;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      description = "What the account holds: ${COMPLETION-CANDIDATES}.")
  private AccountKind kind;

  @Option(
      names = "--region",
      required = true,
      split = ",",
      paramLabel = "REGION",
      description = "Region of the backbone; several with commas between them.")
  private List<String> regions;

  @Option(
      names = "--operator-role-arn",
      required = true,
      paramLabel = "ARN",
      description = "Role that the operator itself runs with; only it may assume the account's.")
  private String operatorRoleArn;

  @Option(
      names = "--external-id",
      required = true,
      paramLabel = "ID",
      description = "External id that the AwsAccount names in spec.externalId.")
  private String externalId;

  @Option(
      names = "--format",
      defaultValue = "cloudformation",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private TemplateFormat format;

  @Option(
      names = "--account",
      paramLabel = "NUMBER",
      description =
          "The account. Without it a CloudFormation template is of the account that it is used in,"
              + " as StackSets need it; Terraform's needs the number.")
  private Optional<String> account;

  @Option(
      names = "--role-name",
      defaultValue = Names.OPERATOR_ROLE,
      paramLabel = "NAME",
      description = "The role that the operator assumes (default: ${DEFAULT-VALUE}).")
  private String roleName;

  @Option(
      names = "--global-bus-name",
      defaultValue = EventBackboneSpec.DEFAULT_BUS_NAME,
      paramLabel = "NAME",
      description = "spec.busName of the EventBackbone (default: ${DEFAULT-VALUE}).")
  private String globalBusName;

  @Option(
      names = "--local-bus-name",
      defaultValue = Names.EVERY_LOCAL_BUS,
      paramLabel = "PATTERN",
      description =
          "Names of the ServiceAccountBuses' buses; * is any text (default: ${DEFAULT-VALUE}).")
  private String localBusName;

  @Option(
      names = "--log-group-name",
      paramLabel = "PATTERN",
      description =
          "Names of the log groups, where spec.audit names them; * is any text (default: those of"
              + " the bus names).")
  private Optional<String> logGroupName;

  @Option(
      names = "--bus-log-group-name",
      paramLabel = "PATTERN",
      description =
          "Names of the log groups, where spec.logging names them; * is any text (default: those of"
              + " the bus names).")
  private Optional<String> busLogGroupName;

  @Option(
      names = "--forwarding-role-name",
      defaultValue = Names.FORWARDING_ROLE,
      paramLabel = "NAME",
      description =
          "Role of spec.forwardingRoleArn, made in the backbone's account (default:"
              + " ${DEFAULT-VALUE}).")
  private String forwardingRoleName;

  @Option(
      names = "--tag-key",
      paramLabel = "KEY",
      description = "Key of a tag in spec.tags, which the operator may set; once for each.")
  private List<String> tagKeys = List.of();

  @Override
  public Integer call() {
    check();
    List<IamRole> roles = AccountRoles.of(preparation());
    roles.forEach(this::requireFits);
    spec.commandLine().getOut().print(format.render(roles));
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private Preparation preparation() {
    return new Preparation(
        kind,
        account.orElse(CloudFormationTemplate.ACCOUNT_ID),
        regions,
        new Preparation.Trusted(operatorRoleArn, externalId),
        roleName,
        globalBusName,
        localBusName,
        logGroupName,
        busLogGroupName,
        forwardingRoleName,
        tagKeys);
  }

  private void check() {
    account.ifPresent(id -> require("--account", id, ACCOUNT, "an account number has 12 digits"));
    if (account.isEmpty() && format == TemplateFormat.TERRAFORM) {
      throw wrong("--account is missing: a Terraform configuration is of one account");
    }
    require(
        "--operator-role-arn",
        operatorRoleArn,
        ROLE_ARN,
        "it is to be the ARN of an IAM role, such as arn:aws:iam::999999999999:role/event-backbone");
    require(
        "--external-id",
        externalId,
        EXTERNAL_ID,
        "2 to 1224 letters, digits and any of _ + = , . @ : / - are allowed");
    regions.forEach(this::requireRegion);
    tagKeys.forEach(this::requireTagKey);
    String roleNames = "1 to 64 letters, digits and any of _ + = , . @ - are allowed";
    require("--role-name", roleName, ROLE_NAME, roleNames);
    require("--forwarding-role-name", forwardingRoleName, ROLE_NAME, roleNames);
    requireBus("--global-bus-name", globalBusName);
    requireBus("--local-bus-name", localBusName);
    logGroupName.ifPresent(name -> requireLogGroup("--log-group-name", name));
    busLogGroupName.ifPresent(name -> requireLogGroup("--bus-log-group-name", name));
  }

  private void requireLogGroup(String option, String name) {
    require(
        option,
        name,
        LOG_GROUP,
        "letters, digits, . _ / # - and * are allowed, and it must not be of every log group");
  }

  private void requireTagKey(String key) {
    require(
        "--tag-key",
        key,
        TAG_KEY,
        "letters, digits, spaces and _ . : / = @ - are allowed, and it must not begin with aws: or eventbackbone.io/");
  }

  private void requireRegion(String region) {
    require("--region", region, REGION, "it is to be a Region such as eu-west-1");
    String partition = new AccountScope("", region).partition();
    if (!operatorRoleArn.startsWith("arn:" + partition + ":")) {
      throw wrong(
          "--operator-role-arn %s is not of partition %s, which --region %s is of: roles are assumed inside one partition"
              .formatted(operatorRoleArn, partition, region));
    }
  }

  private void requireBus(String option, String name) {
    require(option, name, BUS, "letters, digits, . _ - and * are allowed");
    Pattern covered =
        Pattern.compile(
            Arrays.stream(name.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    if (covered.matcher("default").matches()) {
      throw wrong(
          "%s %s covers the account's default bus, which is not the operator's: say more of the names"
              .formatted(option, name));
    }
  }

  private void requireFits(IamRole role) {
    int length = role.policy().toString().length();
    if (length > IamRole.LONGEST_POLICY) {
      throw wrong(
          "the policy of role %s has %d characters, of which IAM takes %d: name fewer Regions"
              .formatted(role.name(), length, IamRole.LONGEST_POLICY));
    }
  }

  private void require(String option, String value, Pattern pattern, String rule) {
    if (!pattern.matcher(value).matches()) {
      throw wrong("%s %s is not valid: %s".formatted(option, value, rule));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
