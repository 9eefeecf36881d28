package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.access.RoleAssumption;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for permission, with the resource ARNs and condition keys that EventBridge uses (Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon EventBridge").
 */
public final class EventBridgeAccess {

  /** The principal whose trust the role of a rule or a target needs. */
  private static final String SERVICE = "events.amazonaws.com";

  private static final String TAG = "TagResource";

  private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[\\w-]*:iam::(\\d{12}):role/.+");

  private final Authorizer authorizer;
  private final RoleAssumption roles;

  public EventBridgeAccess(Authorizer authorizer, RoleAssumption roles) {
    this.authorizer = authorizer;
    this.roles = roles;
  }

  /** Permits the operation on a resource of the caller's own account that has no tags. */
  public void require(Request request, String resourceArn) {
    require(request, request.access(resourceArn), Tags.NONE);
  }

  /** Permits the operation on a bus of the caller's own account. */
  public void requireOwn(Request request, BusId bus, Optional<EventBus> found) {
    require(request, request.access(bus.arn()), tags(found, bus.arn()));
  }

  /** Permits the creation of a bus. A bus with tags takes the permission to tag, too. */
  public void requireCreate(Request request, BusId bus) {
    require(request, bus.arn());
    if (!requestTags(request).values().isEmpty()) {
      require(request, request.access(TAG, bus.arn()), Tags.NONE);
    }
  }

  /** Permits another service a change of its own managed rule, in the name of its caller. */
  public void requireForService(Principal.Account caller, String action, String ruleArn) {
    authorizer.authorize(caller, Access.to(action, ruleArn, caller.accountId()));
  }

  /** Permits the operation on a bus, or on a rule of a bus, that another account may own. */
  public void require(Request request, String resourceArn, BusId bus, Optional<EventBus> found) {
    require(request, request.access(resourceArn), bus, found);
  }

  /** Permits PutRule. A rule with tags takes the permission to tag, too (API, PutRule). */
  public void requirePutRule(Request request, String ruleArn, BusId bus, Optional<EventBus> found) {
    require(request, ruleArn, bus, found);
    if (!requestTags(request).values().isEmpty()) {
      require(request, request.access(TAG, ruleArn), bus, found);
    }
  }

  private void require(Request request, Access access, Tags resourceTags) {
    authorizer.authorize(request.caller(), access.under(context(request, resourceTags)));
  }

  private void require(Request request, Access access, BusId bus, Optional<EventBus> found) {
    RequestContext context =
        context(request, tags(found, access.resourceArn()))
            .with(Map.of("events:creatorAccount", request.caller().accountId()));
    authorizer.authorize(
        request.caller(),
        access.inAccount(bus.home().accountId()).under(context).governedBy(policy(found)));
  }

  private static RequestContext context(Request request, Tags resourceTags) {
    RequestContext context =
        RequestContext.NONE
            .withResourceTags(resourceTags.values())
            .withRequestTags(requestTags(request).values());
    return context.withTagKeys(request.input().texts("TagKeys", Shapes.TAG_KEY));
  }

  private static Tags requestTags(Request request) {
    return Tags.read(request.input());
  }

  private static Tags tags(Optional<EventBus> bus, String resourceArn) {
    return bus.map(found -> found.tagsOf(resourceArn)).orElse(Tags.NONE);
  }

  /**
   * Permits an event on a bus.
   *
   * @param invocation PutEvents of a caller, or of a rule on another bus
   */
  public void requirePutEvents(
      Principal principal, EventBus bus, Event event, Invocation invocation) {
    authorizer.authorize(
        principal,
        Access.to("events:PutEvents", bus.id().arn(), bus.id().home().accountId())
            .under(
                RequestContext.of(
                    Map.of(
                        "events:source", event.source(),
                        "events:detail-type", event.detailType(),
                        "events:eventBusInvocation",
                            String.valueOf(invocation == Invocation.BY_RULE))))
            .governedBy(policy(Optional.of(bus))));
  }

  /** How an event comes to a bus. */
  public enum Invocation {
    BY_CALLER,
    BY_RULE
  }

  /** Permits the caller to hand the role to EventBridge. */
  public void requirePassRole(Request request, String roleArn) {
    Matcher role = ROLE_ARN.matcher(roleArn);
    if (!role.matches()) {
      throw EventBridgeErrors.validation("RoleArn " + roleArn + " is not the ARN of an IAM role.");
    }
    if (!role.group(1).equals(request.caller().accountId())) {
      throw CommonErrors.accessDenied("Cross-account pass role is not allowed.");
    }
    authorizer.authorize(
        request.caller(),
        Access.to("iam:PassRole", roleArn, role.group(1))
            .under(RequestContext.of(Map.of("iam:PassedToService", SERVICE))));
  }

  /** Refuses a role that EventBridge may not assume, as PutRule does. */
  public void requireAssumable(String roleArn) {
    try {
      assume(roleArn);
    } catch (AwsException refused) {
      throw EventBridgeErrors.validation(
          "Provided role '%s' cannot be assumed by principal '%s'.".formatted(roleArn, SERVICE));
    }
  }

  /** The role's session, with which EventBridge delivers. */
  public Principal.Account assume(String roleArn) {
    return roles.assumeAsService(SERVICE, roleArn);
  }

  private static Optional<JsonNode> policy(Optional<EventBus> bus) {
    return bus.flatMap(found -> found.policy().document());
  }
}
