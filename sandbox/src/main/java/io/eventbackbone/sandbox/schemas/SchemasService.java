package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.DiscoveredBuses;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Paging;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.api.TaggedResources;
import io.eventbackbone.sandbox.errors.SchemasErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.schemas.Discoverer.State;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Amazon EventBridge Schemas: registries with the schemas that callers put in them, and
 * discoverers, which are made, changed and tagged, and discover nothing.
 */
public final class SchemasService implements AwsService, TaggedResources {

  /** The only member that bodies write in lower case. */
  static final String TAGS = "tags";

  static final Shape DESCRIPTION = Shape.of(0, 256, "(?s).*");
  static final Paging PAGING =
      new Paging(
          "Limit", 100, "NextToken", () -> SchemasErrors.badRequest("NextToken is not valid."));
  private static final String SERVICE = "schemas.amazonaws.com";

  private final Authorizer authorizer;
  private final DiscoveredBuses buses;

  /** By their ARNs. */
  private final Map<String, Discoverer> discoverers = new TreeMap<>();

  private final Set<String> accountsWithServiceLinkedRole = new HashSet<>();

  private final RegistryOperations registries;
  private final Map<String, Operation> operations = new TreeMap<>();

  /**
   * EventBridge Schemas without discoverers and registries.
   *
   * @param clock dates the versions of schemas
   */
  public SchemasService(Authorizer authorizer, DiscoveredBuses buses, Clock clock) {
    this.authorizer = authorizer;
    this.buses = buses;
    operations.putAll(
        Map.of(
            "CreateDiscoverer", this::create,
            "DescribeDiscoverer", this::describe,
            "ListDiscoverers", this::list,
            "UpdateDiscoverer", this::update,
            "DeleteDiscoverer", this::delete,
            "StartDiscoverer", this::start,
            "StopDiscoverer", this::stop));
    registries = new RegistryOperations(authorizer);
    operations.putAll(registries.operations());
    operations.putAll(
        new TagOperations(
                authorizer, request -> tagged(request).or(() -> registries.tagged(request)))
            .operations());
    operations.putAll(new SchemaOperations(registries, authorizer, clock).operations());
  }

  @Override
  public String name() {
    return "schemas";
  }

  @Override
  public ServiceErrors errors() {
    return SchemasErrors.SCHEMAS;
  }

  /** Members stand in paths and queries, too. */
  @Override
  public Members.Typing typing() {
    return Members.Typing.TEXTUAL;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  @Override
  public synchronized Map<String, Map<String, String>> tagged(String account, String region) {
    Home home = new Home(account, region);
    Map<String, Map<String, String>> tagged = new TreeMap<>();
    discoverers.values().stream()
        .filter(it -> it.home().equals(home))
        .forEach(it -> tagged.put(it.arn(), it.tags()));
    registries.tagged(home).forEach(it -> tagged.put(it.arn(), it.tags()));
    tagged.values().removeIf(Map::isEmpty);
    return tagged;
  }

  @Override
  public synchronized ObjectNode handle(Call call) {
    return AwsService.super.handle(call);
  }

  private ObjectNode create(Request request) {
    Map<String, String> tags = request.input().textsByKey(TAGS);
    Discoverer discoverer =
        new Discoverer(
            request.home(),
            source(request),
            request.input().text("Description", DESCRIPTION),
            request.input().optionalFlag("CrossAccount").orElse(true),
            State.STARTED,
            tags);
    RequestContext context = RequestContext.NONE.withRequestTags(tags);
    require(request, request.access("*").under(context));
    if (!tags.isEmpty()) {
      require(request, request.access("TagResource", discoverer.arn()).under(context));
    }
    if (discoverers.containsKey(discoverer.arn())) {
      throw SchemasErrors.conflict("Discoverer " + discoverer.id() + " already exists.");
    }
    requireServiceLinkedRole(request);
    buses.begin(request.caller(), discoverer.sourceArn(), discoverer.ruleName());
    discoverers.put(discoverer.arn(), discoverer);
    return discoverer.details();
  }

  private static String source(Request request) {
    String prefix = request.home().arn("events", "event-bus/");
    return request
        .input()
        .text("SourceArn")
        .filter(arn -> arn.startsWith(prefix))
        .orElseThrow(
            () -> SchemasErrors.badRequest("SourceArn must be an event bus of the account."));
  }

  /** An account's first discoverer makes the role that discoverers work with. */
  private void requireServiceLinkedRole(Request request) {
    String account = request.home().accountId();
    if (accountsWithServiceLinkedRole.contains(account)) {
      return;
    }
    String role =
        "arn:%s:iam::%s:role/aws-service-role/%s/AWSServiceRoleForSchemas"
            .formatted(request.home().partition(), account, SERVICE);
    require(
        request,
        Access.to("iam:CreateServiceLinkedRole", role, account)
            .under(RequestContext.of(Map.of("iam:AWSServiceName", SERVICE))));
    accountsWithServiceLinkedRole.add(account);
  }

  private ObjectNode describe(Request request) {
    return authorised(request).details();
  }

  private ObjectNode list(Request request) {
    Members input = request.input();
    require(request, request.access(Discoverer.arn(request.home(), "*")));
    String idPrefix = input.text("DiscovererIdPrefix").orElse("");
    String sourcePrefix = input.text("SourceArnPrefix").orElse("");
    NavigableMap<String, Discoverer> found = new TreeMap<>();
    discoverers.values().stream()
        .filter(it -> it.home().equals(request.home()))
        .filter(it -> it.id().startsWith(idPrefix) && it.sourceArn().startsWith(sourcePrefix))
        .forEach(it -> found.put(it.id(), it));
    return PAGING.answer("Discoverers", found, input, Discoverer::summary);
  }

  private ObjectNode update(Request request) {
    Discoverer before = authorised(request);
    Discoverer after =
        before.with(
            request.input().text("Description", DESCRIPTION).or(before::description),
            request.input().optionalFlag("CrossAccount").orElse(before.crossAccount()));
    discoverers.put(after.arn(), after);
    return after.details();
  }

  private ObjectNode delete(Request request) {
    Discoverer discoverer = authorised(request);
    buses.end(request.caller(), discoverer.sourceArn(), discoverer.ruleName());
    discoverers.remove(discoverer.arn());
    return Json.object();
  }

  private ObjectNode start(Request request) {
    Discoverer discoverer = authorised(request);
    buses.resume(request.caller(), discoverer.sourceArn(), discoverer.ruleName());
    return changed(discoverer.with(State.STARTED));
  }

  private ObjectNode stop(Request request) {
    Discoverer discoverer = authorised(request);
    buses.pause(request.caller(), discoverer.sourceArn(), discoverer.ruleName());
    return changed(discoverer.with(State.STOPPED));
  }

  private ObjectNode changed(Discoverer discoverer) {
    discoverers.put(discoverer.arn(), discoverer);
    return Json.object()
        .put("DiscovererId", discoverer.id())
        .put("State", discoverer.state().name());
  }

  /** The discoverer of the call, when the caller may do this to it. */
  private Discoverer authorised(Request request) {
    String id = request.input().requiredText("DiscovererId");
    String arn = Discoverer.arn(request.home(), id);
    Optional<Discoverer> found = Optional.ofNullable(discoverers.get(arn));
    Map<String, String> tags = found.map(Discoverer::tags).orElseGet(Map::of);
    require(request, request.access(arn).under(RequestContext.NONE.withResourceTags(tags)));
    return found.orElseThrow(() -> SchemasErrors.notFound("Discoverer " + id + " does not exist."));
  }

  private Optional<Tagged> tagged(Request request) {
    return Optional.ofNullable(discoverers.get(TagOperations.arn(request)))
        .filter(it -> it.home().equals(request.home()))
        .map(it ->
            new Tagged(it.arn(), it.tags(), tags -> discoverers.put(it.arn(), it.withTags(tags))));
  }

  private void require(Request request, Access access) {
    authorizer.authorize(request.caller(), access);
  }
}
