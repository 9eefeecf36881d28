package io.eventbackbone.core.plan;

import static io.eventbackbone.core.plan.States.OWNER;
import static io.eventbackbone.core.plan.States.SCOPE;
import static io.eventbackbone.core.plan.States.TAGS;
import static io.eventbackbone.core.plan.States.observed;
import static io.eventbackbone.core.plan.States.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.AdoptionPolicy;
import io.eventbackbone.core.plan.Change.Adopt;
import io.eventbackbone.core.plan.Change.Create;
import io.eventbackbone.core.plan.Change.Delete;
import io.eventbackbone.core.plan.Change.Difference;
import io.eventbackbone.core.plan.Change.Release;
import io.eventbackbone.core.plan.Change.Retag;
import io.eventbackbone.core.plan.Change.Update;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.EncryptionKey;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogConfig.IncludeDetail;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.DeliveryDestinationKey;
import io.eventbackbone.core.resource.ResourceKey.DeliverySourceKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.OwnerMark;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

  private static final Instant NOW = Instant.parse("2026-11-29T05:00:00Z");
  private static final EventBus BUS =
      bus(EncryptionKey.OWNED_BY_AWS, new LogConfig(LogConfig.Level.OFF, IncludeDetail.NONE));
  private static final LogGroup SILENT_LOG_GROUP =
      new LogGroup(
          new LogGroupKey(SCOPE, "/aws/events/local-bus", LogGroupKey.Content.EVENTS),
          Optional.empty());
  private static final Rule RULE = rule("{\"source\":[\"a\"]}", Rule.State.ENABLED, "arn:queue");

  @Test
  void whatIsMissingIsMadeInOrder() {
    Plan plan = plan(wanted(new Present(RULE), new Present(BUS)), observed());
    assertThat(plan.changes()).containsExactly(new Create(BUS, TAGS), new Create(RULE, TAGS));
  }

  @Test
  void whatIsThereNeedsNothing() {
    assertThat(plan(wanted(new Present(BUS)), observed(ours(BUS))).isEmpty()).isTrue();
  }

  @Test
  void ofABusIsComparedWhatIsWanted() {
    LogConfig log = new LogConfig(LogConfig.Level.INFO, IncludeDetail.FULL);
    Observed found = ours(bus(EncryptionKey.ofCustomer("alias/a"), log));
    EventBus asItIs =
        new EventBus(new EventBusKey(SCOPE, "local-bus"), Optional.empty(), Optional.empty());
    assertThat(plan(wanted(new Present(asItIs)), observed(found)).isEmpty()).isTrue();
    EventBus off =
        new EventBus(
            new EventBusKey(SCOPE, "local-bus"), Optional.empty(), Optional.of(LogConfig.OFF));
    assertThat(differences(off, found))
        .containsExactly(
            new Difference("logConfig.level", "INFO", "OFF"),
            new Difference("logConfig.includeDetail", "FULL", "NONE"));
    EventBus ownedByAws =
        new EventBus(
            new EventBusKey(SCOPE, "local-bus"),
            Optional.of(EncryptionKey.OWNED_BY_AWS),
            Optional.empty());
    assertThat(differences(ownedByAws, found))
        .containsExactly(new Difference("kmsKeyIdentifier", "alias/a", "none"));
  }

  /** AWS tells that the operator set them: by the description, and by the right to deliver. */
  @Test
  void whatTheOperatorSetOfABusGoesWhenNoSpecNamesIt() {
    EncryptionKey key =
        new EncryptionKey(Optional.of("alias/a"), Optional.of(EncryptionKey.SET_BY_OPERATOR));
    EventBus asItIs =
        new EventBus(new EventBusKey(SCOPE, "local-bus"), Optional.empty(), Optional.empty());
    EventBus found = bus(key, new LogConfig(LogConfig.Level.INFO, IncludeDetail.NONE));
    LogResourcePolicy right =
        new LogResourcePolicy(
            new LogResourcePolicyKey(SCOPE, "event-backbone-local-bus"),
            Policies.logPolicy(
                List.of(Policies.busLogDelivery(busLogGroup().key(), List.of("arn:source")))));
    Plan plan =
        plan(
            wanted(new Present(asItIs), new Absent(right.key())),
            observed(ours(found), new Observed(right, Map.of())));
    assertThat(plan.changes().get(0).differences())
        .containsExactly(
            new Difference("kmsKeyIdentifier", "alias/a", "none"),
            new Difference("logConfig.level", "INFO", "OFF"));
    assertThat(plan.changes().get(1)).isEqualTo(new Delete(right));
  }

  private static List<Difference> differences(EventBus wanted, Observed found) {
    Plan plan = plan(wanted(new Present(wanted)), observed(found));
    return ((Update) plan.changes().get(0)).differences();
  }

  @Test
  void patternsAreComparedAsJson() {
    Rule same = rule("{ \"source\" : [ \"a\" ] }", Rule.State.ENABLED, "arn:queue");
    assertThat(plan(wanted(new Present(RULE)), observed(ours(same))).isEmpty()).isTrue();
  }

  @Test
  void everyDifferingAttributeIsNamed() {
    Rule changed = rule("{\"source\":[\"b\"]}", Rule.State.DISABLED, "arn:other");
    Plan plan = plan(wanted(new Present(RULE)), observed(ours(changed)));
    assertThat(((Update) plan.changes().get(0)).differences())
        .containsExactly(
            new Difference("eventPattern", "{\"source\":[\"b\"]}", "{\"source\":[\"a\"]}"),
            new Difference("state", "DISABLED", "ENABLED"),
            new Difference("targets[Target0]", "arn:other", "arn:queue"));
  }

  @Test
  void aNewLogGroupKeepsWhatTheSpecNamesOrAWeek() {
    assertThat(plan(wanted(new Present(logGroup(30))), observed()).changes())
        .containsExactly(new Create(logGroup(30), TAGS));
    assertThat(plan(wanted(new Present(SILENT_LOG_GROUP)), observed()).changes())
        .containsExactly(new Create(logGroup(7), TAGS));
  }

  /** Made, and then the process ended before it said how long to keep events. */
  @Test
  void aLogGroupThatWasBegunIsFinished() {
    LogGroup begun = new LogGroup(SILENT_LOG_GROUP.key(), Optional.empty(), true);
    Update finish =
        new Update(logGroup(7), begun, List.of(new Difference("retentionInDays", "none", "7")));
    Rule writer = rule("{}", Rule.State.ENABLED, begun.key().arn());
    Rule elsewhere = rule("{}", Rule.State.ENABLED, "arn:another-log-group");
    WantedState wanted = wanted(new Present(SILENT_LOG_GROUP), new Present(writer));
    assertThat(plan(wanted, observed(ours(begun))).changes())
        .containsExactly(finish, new Create(writer, TAGS));
    assertThat(plan(wanted, observed(ours(begun), ours(elsewhere))).changes())
        .startsWith(finish)
        .hasSize(2);
  }

  /** It may have been somebody's, or have been changed by somebody. */
  @ParameterizedTest
  @CsvSource({", false, false", ", true, true", "30, true, false"})
  void noOtherLogGroupGetsARetentionThatNobodyNames(
      Integer days, boolean isEmpty, boolean isWrittenTo) {
    LogGroup there = new LogGroup(SILENT_LOG_GROUP.key(), Optional.ofNullable(days), isEmpty);
    Rule writer = rule("{}", Rule.State.ENABLED, there.key().arn());
    Plan plan =
        plan(
            wanted(new Present(SILENT_LOG_GROUP), new Present(writer)),
            isWrittenTo ? observed(ours(there), ours(writer)) : observed(ours(there)));
    assertThat(plan.changes())
        .isEqualTo(isWrittenTo ? List.of() : List.of(new Create(writer, TAGS)));
  }

  @Test
  void aLogGroupIsTakenOverWhenWhatWritesToItIsThere() {
    LogGroup foreign = new LogGroup(SILENT_LOG_GROUP.key(), Optional.empty(), true);
    Rule writer = rule("{}", Rule.State.ENABLED, foreign.key().arn());
    Plan plan =
        Plan.of(
            wanted(new Present(SILENT_LOG_GROUP), new Present(writer)),
            observed(new Observed(foreign, Map.of())),
            AdoptionPolicy.ADOPT);
    assertThat(plan.changes())
        .containsExactly(new Create(writer, TAGS), new Adopt(foreign.key(), TAGS));
  }

  @Test
  void aRuleThatSendsElsewhereTooIsNotTakenOver() {
    Rule foreign = withTargets(target("Target0", "arn:queue"), target("mine", "arn:mine"));
    Plan plan =
        Plan.of(
            wanted(new Present(RULE)),
            observed(new Observed(foreign, Map.of())),
            AdoptionPolicy.ADOPT);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.conflicts())
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("arn:mine", "a rule of their own"))
        .satisfies(it -> assertThat(it.problem()).doesNotContain("arn:queue"));
  }

  @Test
  void aRuleThatSendsToTheSamePlaceByAnotherIdIsTakenOver() {
    Rule foreign = withTargets(target("by-cdk", "arn:queue"));
    assertThat(
            Plan.of(
                    wanted(new Present(RULE)),
                    observed(new Observed(foreign, Map.of())),
                    AdoptionPolicy.ADOPT)
                .changes())
        .extracting(Change::getClass)
        .isEqualTo(List.of(Adopt.class, Update.class));
  }

  @Test
  void aTargetThatSomebodyPutOnTheOwnersRuleIsTakenAway() {
    Rule more = withTargets(target("Target0", "arn:queue"), target("mine", "arn:mine"));
    assertThat(plan(wanted(new Present(RULE)), observed(ours(more))).changes())
        .containsExactly(
            new Update(RULE, more, List.of(new Difference("targets[mine]", "arn:mine", "none"))));
  }

  private static Rule withTargets(Target... targets) {
    return new Rule(RULE.key(), RULE.pattern(), Rule.State.ENABLED, Set.of(targets));
  }

  private static Target target(String id, String arn) {
    return new Target(id, arn, Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void aForeignResourceIsAConflict() {
    Plan plan = plan(wanted(new Present(BUS)), observed(new Observed(BUS, Map.of("team", "x"))));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.conflicts())
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("adoptionPolicy"));
  }

  @Test
  void aForeignResourceIsAdoptedWhenAskedFor() {
    Plan plan =
        Plan.of(
            wanted(new Present(BUS)),
            observed(new Observed(BUS, Map.of("team", "x"))),
            AdoptionPolicy.ADOPT);
    assertThat(plan.changes()).containsExactly(new Adopt(BUS.key(), TAGS));
  }

  @Test
  void whatAnotherOwnerHasIsNeverTaken() {
    Owner other = new Owner("c2", "ServiceAccountBus", "orders", "orders");
    Plan plan =
        Plan.of(
            wanted(new Present(BUS)),
            observed(new Observed(BUS, other.tags())),
            AdoptionPolicy.ADOPT);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.conflicts())
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("c2/ServiceAccountBus/orders/orders"));
  }

  @Test
  void whatMustGoIsDeletedIfItIsTheOwners() {
    assertThat(plan(wanted(new Absent(RULE.key())), observed(ours(RULE))).changes())
        .containsExactly(new Delete(RULE));
    assertThat(
            plan(wanted(new Absent(RULE.key())), observed(new Observed(RULE, Map.of()))).isEmpty())
        .isTrue();
    assertThat(plan(wanted(new Absent(RULE.key())), observed()).isEmpty()).isTrue();
  }

  @Test
  void whatIsLeftIsOnlyMadeWhenItIsMissing() {
    Rule changed = rule("{\"source\":[\"b\"]}", Rule.State.ENABLED, "arn:queue");
    Untouched left = new Untouched(RULE.key(), Optional.of(RULE));
    assertThat(plan(wanted(left), observed(ours(changed))).isEmpty()).isTrue();
    assertThat(plan(wanted(left), observed()).changes()).containsExactly(new Create(RULE, TAGS));
  }

  @Test
  void tagsAreBroughtToWhatIsWanted() {
    Tags asked = new Tags(OWNER, new TreeMap<>(Map.of("team", "orders")));
    Observed former =
        new Observed(BUS, new Tags(OWNER, new TreeMap<>(Map.of("stage", "prod"))).all());
    Plan plan = plan(new WantedState(asked, List.of(new Present(BUS))), observed(former));
    assertThat(plan.changes())
        .containsExactly(
            new Retag(
                BUS.key(),
                Map.of("team", "orders", Tags.KEYS_TAG, "team"),
                Set.of("stage"),
                List.of(
                    new Difference("tags[stage]", "prod", "none"),
                    new Difference("tags[" + Tags.KEYS_TAG + "]", "stage", "team"),
                    new Difference("tags[team]", "none", "orders"))));
  }

  @Test
  void deletionGoesBackwards() {
    WantedState wanted =
        wanted(
            new Present(BUS), new Present(RULE), new Untouched(logGroup().key(), Optional.empty()));
    ObservedState observed = observed(ours(BUS), ours(RULE), ours(logGroup()));
    assertThat(Plan.forDeletion(wanted, observed, DeletionPolicy.DELETE, NOW).changes())
        .containsExactly(new Delete(RULE), new Delete(logGroup()), new Delete(BUS));
    assertThat(Plan.forDeletion(wanted, observed, DeletionPolicy.RETAIN, NOW).changes())
        .containsExactly(release(RULE.key()), release(logGroup().key()), release(BUS.key()));
  }

  @ParameterizedTest
  @CsvSource({"OFF,", "ERROR, error", "INFO, error info", "TRACE, error info trace"})
  void theLevelOfABussLogTellsWhatOfItMayBeThere(LogConfig.Level level, String sources) {
    WantedState off = wanted(deliveries(Absent::new));
    Stream<String> expected =
        sources == null
            ? Stream.of()
            : Stream.concat(
                Stream.of("event-backbone-local-bus", "/log"),
                Stream.of(sources.split(" "))
                    .map(it -> "event-backbone-local-bus-" + it + "-logs"));
    ObservedState found = observed(ours(logging(level)));
    assertThat(found.worthReading(off))
        .extracting(ResourceKey::name)
        .containsExactlyInAnyOrderElementsOf(expected.toList());
    assertThat(found.worthTakingAway(off)).isEqualTo(found.worthReading(off));
  }

  @Test
  void ofABusThatIsGoneNoLogIsLookedForUnlessItIsWanted() {
    assertThat(observed().worthTakingAway(wanted(deliveries(Absent::new)))).isEmpty();
    WantedState on = wanted(deliveries(key -> new Untouched(key, Optional.of(BUS))));
    assertThat(observed().worthTakingAway(on)).isEmpty();
    WantedState wanted = wanted(new Present(busLogGroup()));
    assertThat(observed().worthTakingAway(wanted)).containsExactly(busLogGroup().key());
    assertThat(observed().worthReading(wanted)).containsExactly(busLogGroup().key());
  }

  @Test
  void theLevelIsRaisedFirstAndLoweredLast() {
    EventBus logging = logging(LogConfig.Level.ERROR);
    Update raise =
        new Update(logging, BUS, List.of(new Difference("logConfig.level", "OFF", "ERROR")));
    assertThat(
            plan(wanted(new Present(busLogGroup()), new Present(logging)), observed(ours(BUS)))
                .changes())
        .containsExactly(raise, new Create(busLogGroup(), TAGS));
    assertThat(
            plan(
                    wanted(new Absent(busLogGroup().key()), new Present(BUS)),
                    observed(ours(logging), ours(busLogGroup())))
                .changes())
        .extracting(Change::getClass)
        .isEqualTo(List.of(Delete.class, Update.class));
  }

  private static EventBus logging(LogConfig.Level level) {
    return bus(EncryptionKey.OWNED_BY_AWS, new LogConfig(level, IncludeDetail.NONE));
  }

  private static EventBus bus(EncryptionKey key, LogConfig log) {
    return new EventBus(new EventBusKey(SCOPE, "local-bus"), Optional.of(key), Optional.of(log));
  }

  private static LogGroup busLogGroup() {
    return new LogGroup(
        new LogGroupKey(SCOPE, "/log", LogGroupKey.Content.BUS_LOG), Optional.of(7));
  }

  /** Of all levels, each source without its delivery. */
  private static Wanted[] deliveries(Function<ResourceKey, Wanted> wanted) {
    return Stream.concat(
            Stream.of(
                busLogGroup().key(), new DeliveryDestinationKey(SCOPE, "event-backbone-local-bus")),
            Stream.of("error", "info", "trace")
                .map(
                    it -> new DeliverySourceKey(SCOPE, "event-backbone-local-bus-" + it + "-logs")))
        .map(wanted)
        .toArray(Wanted[]::new);
  }

  @Test
  void whatMustNotBeThereIsNotRetained() {
    BusPolicy policy = new BusPolicy(new EventBusKey(SCOPE, "local-bus").policy(), Set.of());
    assertThat(
            Plan.forDeletion(
                    wanted(new Present(BUS), new Absent(policy.key())),
                    observed(ours(BUS), ours(policy)),
                    DeletionPolicy.RETAIN,
                    NOW)
                .changes())
        .as("the right to publish ends with the last bus, and the bus stays")
        .containsExactlyInAnyOrder(new Delete(policy), release(BUS.key()));
  }

  @Test
  void deletionLeavesForeignResourcesAlone() {
    assertThat(
            Plan.forDeletion(
                    wanted(new Present(BUS)),
                    observed(new Observed(BUS, Map.of())),
                    DeletionPolicy.DELETE,
                    NOW)
                .isEmpty())
        .isTrue();
  }

  @Test
  void thePoliciesOfAForeignBusAreForeign() {
    BusPolicy policy = new BusPolicy(new EventBusKey(SCOPE, "local-bus").policy(), Set.of());
    WantedState wanted = wanted(new Present(BUS), new Present(policy));
    Observed foreignBus = new Observed(BUS, Map.of());
    assertThat(
            Plan.forDeletion(wanted, observed(foreignBus, ours(policy)), DeletionPolicy.DELETE, NOW)
                .isEmpty())
        .isTrue();
    assertThat(
            Plan.forDeletion(wanted, observed(ours(policy)), DeletionPolicy.DELETE, NOW).changes())
        .as("what was left of a bus that is gone")
        .containsExactly(new Delete(policy));
  }

  private static Plan plan(WantedState wanted, ObservedState observed) {
    return Plan.of(wanted, observed, AdoptionPolicy.FAIL);
  }

  private static Release release(ResourceKey key) {
    return new Release(key, new OwnerMark.Released(OWNER.tagValue(), Optional.of(NOW)).tags());
  }

  private static Observed ours(AwsResource resource) {
    return new Observed(resource, OWNER.tags());
  }

  private static LogGroup logGroup() {
    return logGroup(7);
  }

  private static LogGroup logGroup(int retentionInDays) {
    return new LogGroup(SILENT_LOG_GROUP.key(), Optional.of(retentionInDays));
  }

  private static Rule rule(String pattern, Rule.State state, String targetArn) {
    return new Rule(
        new EventBusKey(SCOPE, "local-bus").rule("local-logging"),
        pattern,
        state,
        Set.of(target("Target0", targetArn)));
  }
}
