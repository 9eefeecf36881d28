package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.RequestContext;
import io.eventbackbone.sandbox.RoleAssumption;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for permission, with the resource ARNs and condition keys that EventBridge uses (Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon EventBridge").
 */
final class Access {

  /** Whose trust a rule's or a target's role needs. */
  static final String SERVICE = "events.amazonaws.com";

  private static final String TAG = "events:TagResource";

  private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[\\w-]*:iam::(\\d{12}):role/.+");

  private final Authorizer authorizer;
  private final RoleAssumption roles;

  Access(Authorizer authorizer, RoleAssumption roles) {
    this.authorizer = authorizer;
    this.roles = roles;
  }

  /** Lets the operation pass on a resource of the caller's own account that has no tags. */
  void require(Request request, String resourceArn) {
    require(request, action(request), resourceArn, Tags.NONE);
  }

  /** Lets the operation pass on a bus of the caller's own account. */
  void requireOwn(Request request, BusId bus, Optional<EventBus> found) {
    require(request, action(request), bus.arn(), tags(found, bus.arn()));
  }

  /** Lets a bus be made; one that gets tags is tagged, too, which takes a permission of its own. */
  void requireCreate(Request request, BusId bus) {
    require(request, bus.arn());
    if (!requestTags(request).values().isEmpty()) {
      require(request, TAG, bus.arn(), Tags.NONE);
    }
  }

  /** Lets another service do something to its own managed rule, in the name of its caller. */
  void requireForService(Principal.Account caller, String action, String ruleArn) {
    authorizer.authorize(
        caller, action, ruleArn, caller.accountId(), RequestContext.NONE, Optional.empty());
  }

  private void require(Request request, String action, String resourceArn, Tags tags) {
    authorizer.authorize(
        request.caller(),
        action,
        resourceArn,
        request.home().accountId(),
        context(request, tags),
        Optional.empty());
  }

  /** Lets the operation pass on a bus, or on something of it, that another account may own. */
  void require(Request request, String resourceArn, BusId bus, Optional<EventBus> found) {
    require(request, action(request), resourceArn, bus, found);
  }

  /** Lets a rule be put; with tags it takes the permission to tag, too (API, PutRule). */
  void requirePutRule(Request request, String ruleArn, BusId bus, Optional<EventBus> found) {
    require(request, ruleArn, bus, found);
    if (!requestTags(request).values().isEmpty()) {
      require(request, TAG, ruleArn, bus, found);
    }
  }

  private void require(
      Request request, String action, String resourceArn, BusId bus, Optional<EventBus> found) {
    authorizer.authorize(
        request.caller(),
        action,
        resourceArn,
        bus.home().accountId(),
        context(request, tags(found, resourceArn))
            .with(Map.of("events:creatorAccount", request.caller().accountId())),
        policy(found));
  }

  private static RequestContext context(Request request, Tags resourceTags) {
    RequestContext context =
        RequestContext.NONE
            .withResourceTags(resourceTags.values())
            .withRequestTags(requestTags(request).values());
    return request.input().has("TagKeys")
        ? context.withTagKeys(request.input().texts("TagKeys", StringShape.TAG_KEY))
        : context;
  }

  private static Tags requestTags(Request request) {
    return request.input().has("Tags") ? Tags.read(request.input()) : Tags.NONE;
  }

  private static Tags tags(Optional<EventBus> bus, String resourceArn) {
    return bus.map(found -> found.tagsOf(resourceArn)).orElse(Tags.NONE);
  }

  /**
   * Lets an event onto a bus.
   *
   * @param invocation PutEvents of a caller, or of a rule on another bus
   */
  void requirePutEvents(Principal principal, EventBus bus, Event event, Invocation invocation) {
    authorizer.authorize(
        principal,
        "events:PutEvents",
        bus.id().arn(),
        bus.id().home().accountId(),
        RequestContext.of(
            Map.of(
                "events:source", event.source(),
                "events:detail-type", event.detailType(),
                "events:eventBusInvocation", String.valueOf(invocation == Invocation.BY_RULE))),
        policy(Optional.of(bus)));
  }

  enum Invocation {
    BY_CALLER,
    BY_RULE
  }

  /** Whether the caller may hand the role to EventBridge. */
  void requirePassRole(Request request, String roleArn) {
    Matcher role = ROLE_ARN.matcher(roleArn);
    if (!role.matches()) {
      throw Refusal.validation("RoleArn " + roleArn + " is not the ARN of an IAM role.");
    }
    if (!role.group(1).equals(request.caller().accountId())) {
      throw AwsException.badRequest(
          "AccessDeniedException", "Cross-account pass role is not allowed.");
    }
    authorizer.authorize(
        request.caller(),
        "iam:PassRole",
        roleArn,
        role.group(1),
        RequestContext.of(Map.of("iam:PassedToService", SERVICE)),
        Optional.empty());
  }

  /** Refuses a role that EventBridge may not assume, as PutRule does. */
  void requireAssumable(String roleArn) {
    try {
      assume(roleArn);
    } catch (AwsException refused) {
      throw Refusal.validation(
          "Provided role '%s' cannot be assumed by principal '%s'.".formatted(roleArn, SERVICE));
    }
  }

  /** The role's session, as EventBridge works with it. */
  Principal.Account assume(String roleArn) {
    return roles.assumeAsService(SERVICE, roleArn);
  }

  private static Optional<JsonNode> policy(Optional<EventBus> bus) {
    return bus.flatMap(found -> found.policy().document());
  }

  private static String action(Request request) {
    return "events:" + request.call().operation();
  }
}
