package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.AccountScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Limits each session to the operator's own actions and names, whatever its role allows. AssumeRole
 * takes the policy; the session may do what both role and policy allow (IAM User Guide, "Session
 * policies").
 */
public final class SessionPolicy {

  /** The limit of AssumeRole, in characters. */
  static final int LONGEST = 2_048;

  private static final String ANY = "*";
  private static final List<String> KEY_USES =
      List.of("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey");

  /**
   * Actions as patterns: a list of all would be too long. The patterns add to the grants
   * DisableRule, StopDiscoverer, DeleteSchemaVersion, and actions that read schemas or describe
   * deliveries, queries and policies of CloudWatch Logs. The grants contain all others that match
   * (Service Authorization Reference, list_amazoneventbridge, list_schemas, list_amazonsqs and
   * list_amazoncloudwatchlogs).
   */
  private static final List<String> ALL_ON =
      List.of(
          "events:*Archive",
          "events:*EventBus",
          "events:*Permission",
          "events:*Replay",
          "events:*Rule",
          "events:*Targets",
          "events:*Resource",
          "logs:*Delivery",
          "logs:Describe*ies",
          "logs:*DeliveryDestination",
          "logs:*DeliverySource",
          "logs:*ResourcePolicy",
          "logs:*Resource",
          "schemas:*Discoverer*",
          "schemas:*Registry",
          "schemas:*Schema*",
          "schemas:*agResource",
          "sqs:*QueueAttributes",
          "sqs:*agQueue");

  /** The prefix of log delivery resources; their full names would be too long. */
  private static final String DELIVERY = ":delivery";

  /** A registry, or what is in it; one pattern is for both. */
  private static final Pattern SCHEMA_REGISTRY =
      Pattern.compile(":(?:registry|schema)/([^/]*)(?:/\\*)?$");

  /** Placeholder of the account number, the only difference between the policies of a Region. */
  private static final String ANY_ACCOUNT = "000000000000";

  private static final Map<String, String> BY_REGION = new ConcurrentHashMap<>();

  private SessionPolicy() {}

  /** The policy as compact JSON. An action applies only to the resources of its service. */
  public static String of(AccountScope scope) {
    return BY_REGION
        .computeIfAbsent(scope.region(), region -> write(new AccountScope(ANY_ACCOUNT, region)))
        .replace(ANY_ACCOUNT, scope.accountId());
  }

  private static String write(AccountScope scope) {
    List<Grant> grants =
        Stream.of(AccountKind.values())
            .map(kind ->
                new Preparation(
                    kind,
                    scope.accountId(),
                    List.of(scope.region()),
                    new Preparation.Trusted(ANY, ANY),
                    ANY,
                    ANY,
                    ANY,
                    Optional.of(ANY),
                    Optional.of(ANY),
                    ANY,
                    List.of()))
            .flatMap(account -> OperatorGrants.of(account).stream())
            .toList();
    Predicate<Grant> anywhere = grant -> grant.resources().contains(ANY);
    ObjectNode document = IamRole.policyDocument();
    ArrayNode statements = document.putArray("Statement");
    allow(statements, grants.stream().filter(anywhere));
    allow(statements, grants.stream().filter(anywhere.negate()));
    useKeysThroughEventBridge(statements);
    return document.toString();
  }

  /**
   * EventBridge uses a customer's key in the name of the caller, for instance to list the rules of
   * an encrypted bus (EventBridge User Guide, "Encrypting EventBridge event buses with AWS KMS
   * keys"). The role and the key's policy decide whether it may.
   */
  private static void useKeysThroughEventBridge(ArrayNode statements) {
    ObjectNode statement = statements.addObject().put("Effect", "Allow");
    KEY_USES.forEach(statement.putArray("Action")::add);
    statement
        .put("Resource", ANY)
        .putObject("Condition")
        .putObject("StringLike")
        .put("kms:ViaService", "events.*");
  }

  private static void allow(ArrayNode statements, Stream<Grant> grants) {
    List<Grant> all = grants.toList();
    ObjectNode statement = statements.addObject().put("Effect", "Allow");
    abbreviated(union(all, Grant::actions)).forEach(statement.putArray("Action")::add);
    withoutCovered(union(all, SessionPolicy::resources))
        .forEach(statement.putArray("Resource")::add);
  }

  private static List<String> resources(Grant grant) {
    return grant.resources().stream().map(SessionPolicy::abbreviated).toList();
  }

  private static String abbreviated(String resource) {
    if (resource.contains(DELIVERY)) {
      return resource.substring(0, resource.indexOf(DELIVERY)) + DELIVERY + ANY;
    }
    return SCHEMA_REGISTRY.matcher(resource).replaceFirst(":*/$1");
  }

  private static Collection<String> abbreviated(Collection<String> actions) {
    return actions.stream()
        .map(action ->
            ALL_ON.stream()
                .filter(pattern -> actions.stream().filter(it -> covers(pattern, it)).count() > 1)
                .filter(pattern -> covers(pattern, action))
                .findFirst()
                .orElse(action))
        .distinct()
        .toList();
  }

  private static Collection<String> withoutCovered(Collection<String> resources) {
    return resources.stream()
        .filter(resource ->
            resources.stream()
                .noneMatch(other -> !other.equals(resource) && covers(other, resource)))
        .toList();
  }

  /** Whether an IAM pattern matches everything that another one matches. */
  private static boolean covers(String pattern, String other) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E[^*]\\Q");
    return other.matches(regex);
  }

  private static Collection<String> union(
      List<Grant> grants, Function<Grant, List<String>> member) {
    TreeSet<String> union = new TreeSet<>();
    grants.forEach(grant -> union.addAll(member.apply(grant)));
    return union;
  }
}
