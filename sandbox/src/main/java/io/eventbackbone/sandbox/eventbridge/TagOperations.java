package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBus;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import io.eventbackbone.sandbox.eventbridge.model.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags of buses and rules, by their ARNs. */
final class TagOperations {

  private static final Pattern RULE_ARN =
      Pattern.compile(
          "arn:aws[\\w-]*:events:([a-z0-9-]+):([0-9]{12}):rule/(?:([\\w.-]+)/)?([\\w.-]+)");

  private final EventBuses buses;
  private final EventBridgeAccess access;

  TagOperations(EventBuses buses, EventBridgeAccess access) {
    this.buses = buses;
    this.access = access;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "TagResource", this::tag,
        "UntagResource", this::untag,
        "ListTagsForResource", this::list);
  }

  /**
   * The resource that an ARN names.
   *
   * @param rule empty for the bus itself
   */
  private record Resource(BusId bus, Optional<String> rule) {

    static Resource of(String arn) {
      Matcher matcher = RULE_ARN.matcher(arn);
      if (matcher.matches()) {
        Home home = new Home(matcher.group(2), matcher.group(1));
        String bus = Optional.ofNullable(matcher.group(3)).orElse(BusId.DEFAULT);
        return new Resource(new BusId(home, bus), Optional.of(matcher.group(4)));
      }
      return BusId.ofArn(arn)
          .map(bus -> new Resource(bus, Optional.empty()))
          .orElseThrow(() ->
              EventBridgeErrors.validation(
                  "Parameter ResourceARN is not valid: " + arn + " is no bus and no rule."));
    }

    Tags tags(EventBus state) {
      return rule.map(name -> state.existingRule(name).tags()).orElseGet(state::tags);
    }

    EventBus change(EventBus state, UnaryOperator<Tags> change) {
      return rule.map(state::existingRule)
          .map(existing -> state.with(existing.with(change.apply(existing.tags()))))
          .orElseGet(() -> state.with(change.apply(state.tags())));
    }
  }

  private ObjectNode tag(Request request) {
    Resource resource = authorised(request);
    Tags tags = Tags.read(request.input());
    buses.change(resource.bus(), bus -> resource.change(bus, before -> before.with(tags)));
    return Json.object();
  }

  private ObjectNode untag(Request request) {
    Resource resource = authorised(request);
    List<String> keys = request.input().texts("TagKeys", Shapes.TAG_KEY);
    buses.change(resource.bus(), bus -> resource.change(bus, before -> before.without(keys)));
    return Json.object();
  }

  private ObjectNode list(Request request) {
    Resource resource = authorised(request);
    ObjectNode output = Json.object();
    resource.tags(buses.get(resource.bus())).write(output);
    return output;
  }

  private Resource authorised(Request request) {
    String arn = request.input().requiredText("ResourceARN", Shapes.ARN);
    Resource resource = Resource.of(arn);
    access.require(request, arn, resource.bus(), buses.find(resource.bus()));
    return resource;
  }
}
