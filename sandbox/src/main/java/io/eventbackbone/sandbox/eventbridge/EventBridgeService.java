package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.RoleAssumption;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.BusLogs;
import io.eventbackbone.sandbox.api.DiscoveredBuses;
import io.eventbackbone.sandbox.api.EventTarget;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Paging;
import io.eventbackbone.sandbox.api.Quota;
import io.eventbackbone.sandbox.api.Scheduler;
import io.eventbackbone.sandbox.api.TaggedResources;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.eventbridge.delivery.BusForwarding;
import io.eventbackbone.sandbox.eventbridge.delivery.BusLog;
import io.eventbackbone.sandbox.eventbridge.delivery.EventDelivery;
import io.eventbackbone.sandbox.eventbridge.delivery.Replays;
import io.eventbackbone.sandbox.eventbridge.model.Archives;
import io.eventbackbone.sandbox.eventbridge.model.BusPolicy;
import io.eventbackbone.sandbox.eventbridge.model.EventBridgeAccess;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Amazon EventBridge: custom event buses with their policies, rules, targets, tags, archives and
 * replays, and the delivery of events, for all accounts and Regions. Schedules are kept as state
 * and never fire; there are no partner buses, API destinations, connections or global endpoints.
 */
public final class EventBridgeService implements AwsService, TaggedResources {

  static final Paging PAGING =
      new Paging("Limit", 100, "NextToken", EventBridgeErrors::invalidToken);

  private final NavigableMap<String, Operation> operations = new TreeMap<>();
  private final EventBuses buses;
  private final RuleQuotas quotas;
  private final DiscoveryRules discoveryRules;

  /**
   * @param targetsByService where rules deliver to, by the service in the target's ARN: {@code sqs}
   *     (also for dead letters) and {@code logs}
   * @param logs takes the logs of buses
   * @param quotas of every account
   * @param scheduler delivers events
   */
  public EventBridgeService(
      Authorizer authorizer,
      RoleAssumption roles,
      Map<String, EventTarget> targetsByService,
      BusLogs logs,
      Clock clock,
      RuleQuotas quotas,
      Scheduler scheduler) {
    this.quotas = quotas;
    buses = new EventBuses(clock);
    Archives archives = new Archives(clock);
    EventBridgeAccess access = new EventBridgeAccess(authorizer, roles);
    this.discoveryRules = new DiscoveryRules(buses, access);
    EventDelivery delivery =
        new EventDelivery(
            targetsByService,
            access,
            new BusForwarding(buses, access, clock),
            archives,
            new BusLog(logs, clock),
            scheduler,
            clock);
    Replays replays = new Replays(buses, delivery, scheduler, clock);
    TargetReader targets = new TargetReader();
    Stream.of(
            new BusOperations(buses, access, clock).operations(),
            new PermissionOperations(buses, access, clock).operations(),
            new RuleOperations(buses, access, quotas).operations(),
            new TargetOperations(buses, access, targets).operations(),
            new TagOperations(buses, access).operations(),
            new EventOperations(buses, access, delivery, quotas, clock).operations(),
            new ArchiveOperations(buses, archives, access, quotas, clock).operations(),
            new ReplayOperations(buses, archives, replays, access, clock).operations())
        .forEach(operations::putAll);
  }

  /** The buses, for the service whose discoverers look at their events. */
  public DiscoveredBuses discoveredBuses() {
    return discoveryRules;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public Map<String, Map<String, String>> tagged(String account, String region) {
    Map<String, Map<String, String>> tagged = new TreeMap<>();
    buses
        .of(new Home(account, region))
        .values()
        .forEach(bus -> {
          tagged.put(bus.id().arn(), bus.tags().values());
          bus.rules().values().forEach(rule -> tagged.put(rule.arn(), rule.tags().values()));
        });
    tagged.values().removeIf(Map::isEmpty);
    return tagged;
  }

  @Override
  public ServiceErrors errors() {
    return EventBridgeErrors.EVENTBRIDGE;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  /**
   * Its quotas that AWS raises on request, by the codes and names of the EventBridge User Guide,
   * "Amazon EventBridge quotas".
   */
  public List<Quota> quotas() {
    return List.of(
        new Quota("L-FC354966", "Event bus policy size", BusPolicy.LONGEST),
        new Quota("L-658A4FD9", "Event buses", EventBuses.MOST),
        new Quota("L-664C5505", "Event pattern size", quotas.patternCharacters()),
        new Quota("L-244521F2", "Number of rules", quotas.rulesPerBus()));
  }
}
