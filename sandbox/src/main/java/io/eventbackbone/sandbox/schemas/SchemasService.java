package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.AwsService;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.DiscoveredBuses;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.RequestContext;
import io.eventbackbone.sandbox.schemas.Discoverer.Home;
import io.eventbackbone.sandbox.schemas.Discoverer.State;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Amazon EventBridge Schemas, as far as its discoverers go: they are made, changed and tagged, and
 * discover nothing. There are no registries and no schemas.
 */
public final class SchemasService implements AwsService {

  /** The only member that bodies write in lower case. */
  static final String TAGS = "tags";

  private static final int LONGEST_DESCRIPTION = 256;
  private static final int LARGEST_PAGE = 100;
  private static final String SERVICE = "schemas.amazonaws.com";

  private final Authorizer authorizer;
  private final DiscoveredBuses buses;

  /** By their ARNs. */
  private final Map<String, Discoverer> discoverers = new TreeMap<>();

  private final Set<String> accountsWithServiceLinkedRole = new HashSet<>();

  private final Map<String, Function<Call, ObjectNode>> operations =
      Map.of(
          "CreateDiscoverer", this::create,
          "DescribeDiscoverer", this::describe,
          "ListDiscoverers", this::list,
          "UpdateDiscoverer", this::update,
          "DeleteDiscoverer", this::delete,
          "StartDiscoverer", this::start,
          "StopDiscoverer", this::stop,
          "TagResource", this::tag,
          "UntagResource", this::untag,
          "ListTagsForResource", this::listTags);

  public SchemasService(Authorizer authorizer, DiscoveredBuses buses) {
    this.authorizer = authorizer;
    this.buses = buses;
  }

  @Override
  public String name() {
    return "schemas";
  }

  @Override
  public synchronized ObjectNode handle(Call call) {
    return Optional.ofNullable(operations.get(call.operation()))
        .orElseThrow(() ->
            AwsException.badRequest(
                "UnknownOperationException",
                "The sandbox does not implement schemas:" + call.operation() + "."))
        .apply(call);
  }

  private ObjectNode create(Call call) {
    Map<String, String> tags = tags(call);
    Discoverer discoverer =
        new Discoverer(
            home(call),
            source(call),
            description(call),
            crossAccount(call).orElse(true),
            State.STARTED,
            tags);
    RequestContext context = RequestContext.NONE.withRequestTags(tags);
    require(call.caller(), "schemas:CreateDiscoverer", "*", context);
    if (!tags.isEmpty()) {
      require(call.caller(), "schemas:TagResource", discoverer.arn(), context);
    }
    if (discoverers.containsKey(discoverer.arn())) {
      throw new AwsException(
          409, "ConflictException", "Discoverer " + discoverer.id() + " already exists.");
    }
    requireServiceLinkedRole(call.caller(), discoverer.home());
    buses.begin(call.caller(), discoverer.sourceArn(), discoverer.ruleName());
    discoverers.put(discoverer.arn(), discoverer);
    return discoverer.details();
  }

  private static String source(Call call) {
    Home home = home(call);
    String prefix =
        "arn:%s:events:%s:%s:event-bus/"
            .formatted(home.partition(), home.region(), home.accountId());
    return text(call, "SourceArn")
        .filter(arn -> arn.startsWith(prefix))
        .orElseThrow(() -> badRequest("SourceArn must be an event bus of the account."));
  }

  /** An account's first discoverer makes the role that discoverers work with. */
  private void requireServiceLinkedRole(Principal.Account caller, Home home) {
    if (accountsWithServiceLinkedRole.contains(home.accountId())) {
      return;
    }
    require(
        caller,
        "iam:CreateServiceLinkedRole",
        "arn:%s:iam::%s:role/aws-service-role/%s/AWSServiceRoleForSchemas"
            .formatted(home.partition(), home.accountId(), SERVICE),
        RequestContext.of(Map.of("iam:AWSServiceName", SERVICE)));
    accountsWithServiceLinkedRole.add(home.accountId());
  }

  private ObjectNode describe(Call call) {
    return authorised(call).details();
  }

  private ObjectNode list(Call call) {
    Home home = home(call);
    require(call.caller(), "schemas:ListDiscoverers", home.discovererArn("*"), RequestContext.NONE);
    String idPrefix = text(call, "DiscovererIdPrefix").orElse("");
    String sourcePrefix = text(call, "SourceArnPrefix").orElse("");
    String after = text(call, "NextToken").orElse("");
    int limit = text(call, "Limit").map(SchemasService::limit).orElse(LARGEST_PAGE);
    List<Discoverer> rest =
        discoverers.values().stream()
            .filter(it -> it.home().equals(home))
            .filter(it -> it.id().startsWith(idPrefix) && it.sourceArn().startsWith(sourcePrefix))
            .filter(it -> it.id().compareTo(after) > 0)
            .toList();
    ObjectNode output = object();
    ArrayNode page = output.putArray("Discoverers");
    rest.stream().limit(limit).map(Discoverer::summary).forEach(page::add);
    if (rest.size() > limit) {
      output.put("NextToken", rest.get(limit - 1).id());
    }
    return output;
  }

  private ObjectNode update(Call call) {
    Discoverer before = authorised(call);
    Discoverer after =
        before.with(
            description(call).or(before::description),
            crossAccount(call).orElse(before.crossAccount()));
    discoverers.put(after.arn(), after);
    return after.details();
  }

  private ObjectNode delete(Call call) {
    Discoverer discoverer = authorised(call);
    buses.end(call.caller(), discoverer.sourceArn(), discoverer.ruleName());
    discoverers.remove(discoverer.arn());
    return object();
  }

  private ObjectNode start(Call call) {
    Discoverer discoverer = authorised(call);
    buses.resume(call.caller(), discoverer.sourceArn(), discoverer.ruleName());
    return changed(discoverer.with(State.STARTED));
  }

  private ObjectNode stop(Call call) {
    Discoverer discoverer = authorised(call);
    buses.pause(call.caller(), discoverer.sourceArn(), discoverer.ruleName());
    return changed(discoverer.with(State.STOPPED));
  }

  private ObjectNode changed(Discoverer discoverer) {
    discoverers.put(discoverer.arn(), discoverer);
    return object().put("DiscovererId", discoverer.id()).put("State", discoverer.state().name());
  }

  private ObjectNode tag(Call call) {
    Map<String, String> tags = tags(call);
    changeTags(call, it -> it.withRequestTags(tags), it -> it.withTags(tags));
    return object();
  }

  private ObjectNode untag(Call call) {
    List<String> keys = call.input().path("TagKeys").valueStream().map(JsonNode::asText).toList();
    changeTags(call, it -> it.withTagKeys(keys), it -> it.withoutTags(keys));
    return object();
  }

  private void changeTags(
      Call call, UnaryOperator<RequestContext> context, UnaryOperator<Discoverer> change) {
    Discoverer discoverer = tagged(call);
    requireOn(call, discoverer, context);
    discoverers.put(discoverer.arn(), change.apply(discoverer));
  }

  private ObjectNode listTags(Call call) {
    Discoverer discoverer = tagged(call);
    requireOn(call, discoverer, it -> it);
    ObjectNode output = object();
    discoverer.tags().forEach(output.putObject(TAGS)::put);
    return output;
  }

  /** The discoverer of the call, when the caller may do this to it. */
  private Discoverer authorised(Call call) {
    String id = text(call, "DiscovererId").orElseThrow();
    String arn = home(call).discovererArn(id);
    Optional<Discoverer> found = Optional.ofNullable(discoverers.get(arn));
    require(
        call.caller(),
        "schemas:" + call.operation(),
        arn,
        RequestContext.NONE.withResourceTags(found.map(Discoverer::tags).orElse(Map.of())));
    return found.orElseThrow(() -> notFound("Discoverer " + id + " does not exist."));
  }

  private Discoverer tagged(Call call) {
    String arn = text(call, "ResourceArn").orElseThrow();
    return Optional.ofNullable(discoverers.get(arn))
        .filter(it -> it.home().equals(home(call)))
        .orElseThrow(() -> notFound("Resource " + arn + " does not exist."));
  }

  private void requireOn(
      Call call, Discoverer discoverer, UnaryOperator<RequestContext> ofRequest) {
    require(
        call.caller(),
        "schemas:" + call.operation(),
        discoverer.arn(),
        ofRequest.apply(RequestContext.NONE.withResourceTags(discoverer.tags())));
  }

  private void require(
      Principal.Account caller, String action, String resource, RequestContext context) {
    authorizer.authorize(caller, action, resource, caller.accountId(), context, Optional.empty());
  }

  private static Home home(Call call) {
    return new Home(call.caller().accountId(), call.region());
  }

  private static Optional<String> text(Call call, String member) {
    JsonNode value = call.input().path(member);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static Optional<String> description(Call call) {
    Optional<String> description = text(call, "Description");
    if (description.filter(it -> it.length() > LONGEST_DESCRIPTION).isPresent()) {
      throw badRequest("Description must be at most " + LONGEST_DESCRIPTION + " characters.");
    }
    return description;
  }

  private static Optional<Boolean> crossAccount(Call call) {
    return text(call, "CrossAccount").map(Boolean::valueOf);
  }

  private static int limit(String text) {
    if (!text.matches("[1-9]\\d?|100")) {
      throw badRequest("Limit must be 1 to " + LARGEST_PAGE + ".");
    }
    return Integer.parseInt(text);
  }

  private static Map<String, String> tags(Call call) {
    Map<String, String> tags = new TreeMap<>();
    call.input().path(TAGS).properties().forEach(e -> tags.put(e.getKey(), e.getValue().asText()));
    return tags;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static AwsException badRequest(String message) {
    return AwsException.badRequest("BadRequestException", message);
  }

  private static AwsException notFound(String message) {
    return new AwsException(404, "NotFoundException", message);
  }
}
