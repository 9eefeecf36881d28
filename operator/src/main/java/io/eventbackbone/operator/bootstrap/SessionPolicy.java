package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.operator.topology.AccountScope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the operator does in an account at most, whatever its role allows: the actions that any
 * account's role needs, on the names that the operator gives. It goes with AssumeRole, and the
 * session has what both allow (IAM User Guide, "Session policies").
 */
public final class SessionPolicy {

  /** What AssumeRole takes, in characters. */
  static final int LONGEST = 2_048;

  private static final String ANY = "*";
  private static final List<String> KEY_USES =
      List.of("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey");

  private SessionPolicy() {}

  /** The policy as compact JSON. An action concerns only the resources of its own service. */
  public static String of(AccountScope scope) {
    List<Grant> grants =
        Stream.of(AccountKind.values())
            .map(
                kind ->
                    new Preparation(
                        kind,
                        scope.accountId(),
                        List.of(scope.region()),
                        new Preparation.Trusted(ANY, ANY),
                        ANY,
                        ANY,
                        ANY,
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
   * A customer's key is used in the caller's name, for instance to list the rules of an encrypted
   * bus (EventBridge User Guide, "Encrypting EventBridge event buses with AWS KMS keys"). Whether
   * it may be is for the role and the key's policy to say.
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
    union(all, Grant::actions).forEach(statement.putArray("Action")::add);
    resources(all).forEach(statement.putArray("Resource")::add);
  }

  /** Without what another pattern covers: AssumeRole takes few characters. */
  private static List<String> resources(List<Grant> grants) {
    Collection<String> all = union(grants, Grant::resources);
    return all.stream()
        .filter(resource -> all.stream().noneMatch(pattern -> covers(pattern, resource)))
        .toList();
  }

  private static boolean covers(String pattern, String resource) {
    return !pattern.equals(resource)
        && pattern.endsWith(ANY)
        && resource.startsWith(pattern.substring(0, pattern.length() - ANY.length()));
  }

  private static Collection<String> union(
      List<Grant> grants, Function<Grant, List<String>> member) {
    TreeSet<String> union = new TreeSet<>();
    grants.forEach(grant -> union.addAll(member.apply(grant)));
    return union;
  }
}
