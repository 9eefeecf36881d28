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
import io.eventbackbone.core.plan.Change.TakeBack;
import io.eventbackbone.core.plan.Change.Update;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.OwnerMark;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import io.eventbackbone.core.wanted.WantedState.Wanted.Absent;
import io.eventbackbone.core.wanted.WantedState.Wanted.Present;
import io.eventbackbone.core.wanted.WantedState.Wanted.Untouched;
import io.eventbackbone.core.wanted.WantedState.Wanted.Withdrawn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an object released when it was deleted, and what another object of its name does with it.
 */
class TakeBackTest {

  private static final Instant AT = Instant.parse("2026-11-29T05:00:00Z");
  private static final String RELEASED = "released 2026-11-29T05:00:00Z";

  private static final EventBus BUS =
      new EventBus(new EventBusKey(SCOPE, "local-bus"), Optional.empty(), Optional.empty());
  private static final BusPolicy POLICY =
      new BusPolicy(new EventBusKey(SCOPE, "local-bus").policy(), Set.of());
  private static final Rule RULE = rule(target("Target0", "arn:queue"));
  private static final Queue QUEUE = queue(345_600);
  private static final LogGroup LOG_GROUP = logGroup(7);
  private static final Archive ARCHIVE = archive(30, OWNER.tagValue());

  static List<AwsResource> everything() {
    return List.of(BUS, RULE, QUEUE, LOG_GROUP, ARCHIVE);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void deletionWithRetainMarksAResourceByTagsThatItHasAlready(AwsResource resource) {
    assertThat(deletion(DeletionPolicy.RETAIN, new Present(resource), owned(resource)).changes())
        .containsExactly(
            new Release(
                resource.key(),
                Map.of(Owner.MANAGED_BY_TAG, RELEASED, Owner.OWNER_TAG, OWNER.tagValue())));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReleasedAlreadyIsNeitherReleasedAgainNorDeleted(DeletionPolicy policy) {
    for (AwsResource resource : everything()) {
      assertThat(deletion(policy, new Present(resource), released(resource)).isEmpty()).isTrue();
      assertThat(deletion(policy, new Absent(resource.key()), released(resource)).isEmpty())
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void anObjectOfTheSameNameTakesItBackWithoutAdopt(AwsResource resource) {
    Plan plan = plan(new Present(resource), released(resource));
    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            TakeBack.class,
            it -> {
              assertThat(it.key()).isEqualTo(resource.key());
              assertThat(it.tags()).isEqualTo(TAGS);
              assertThat(it.releasedAt()).contains(AT);
            });
  }

  @Test
  void aPlanTellsWhatMakesItTheOwnersAgain() {
    assertThat(plan(new Present(BUS), released(BUS)).changes().get(0).differences())
        .containsExactly(
            new Difference(
                "tags[eventbackbone.io/managed-by]", RELEASED, "event-backbone-operator"));
    assertThat(plan(new Present(ARCHIVE), released(ARCHIVE)).changes().get(0).differences())
        .containsExactly(
            new Difference("description", RELEASED + " " + OWNER.tagValue(), OWNER.tagValue()));
  }

  @ParameterizedTest
  @CsvSource({
    "c2, ServiceAccountBus, orders, orders",
    "c1, EventBackbone, orders, orders",
    "c1, ServiceAccountBus, billing, orders",
    "c1, ServiceAccountBus, orders, billing"
  })
  void whatAnotherObjectReleasedIsNobodys(
      String cluster, String kind, String namespace, String name) {
    Owner other = new Owner(cluster, kind, namespace, name);
    for (AwsResource resource : everything()) {
      Observed found = released(resource, other);
      Plan fail = plan(new Present(resource), found);
      assertThat(fail.changes()).isEmpty();
      assertThat(fail.conflicts())
          .singleElement()
          .satisfies(it -> assertThat(it.problem()).contains(other.tagValue(), "adoptionPolicy"));
      assertThat(plan(AdoptionPolicy.ADOPT, new Present(resource), found).changes())
          .containsExactly(new Adopt(resource.key(), TAGS));
      assertThat(plan(new Absent(resource.key()), found).isEmpty()).isTrue();
      assertThat(deletion(DeletionPolicy.DELETE, new Present(resource), found).isEmpty()).isTrue();
    }
  }

  /** A name in another account or Region is another resource. */
  @Test
  void whatWasReleasedElsewhereIsNotFound() {
    EventBus elsewhere =
        new EventBus(
            new EventBusKey(new AccountScope("333333333333", "eu-west-1"), "local-bus"),
            Optional.empty(),
            Optional.empty());
    assertThat(plan(new Present(BUS), released(elsewhere)).changes())
        .containsExactly(new Create(BUS, TAGS));
  }

  /** Earlier builds took the tags off. */
  @Test
  void whatHasNoTagsIsNobodys() {
    assertThat(plan(new Present(BUS), new Observed(BUS, Map.of())).conflicts())
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("was not made by this operator"));
  }

  @Test
  void attributesAreBroughtToTheSpec() {
    Queue changed =
        new Queue(
            new QueueKey(SCOPE, "q"), false, Optional.of(90), 345_600, Optional.empty(), Set.of());
    assertThat(plan(new Present(QUEUE), released(changed)).changes())
        .extracting(Change::getClass)
        .isEqualTo(List.of(TakeBack.class, Update.class));
  }

  @Test
  void anArchiveIsUpdatedForMoreThanItsDescription() {
    assertThat(plan(new Present(archive(60, OWNER.tagValue())), released(ARCHIVE)).changes())
        .hasSize(2)
        .last()
        .satisfies(it ->
            assertThat(it.differences())
                .containsExactly(new Difference("retentionDays", "30", "60")));
  }

  static Stream<List<AwsResource>> longerRetentions() {
    return Stream.of(
        List.of(QUEUE, queue(345_601)),
        List.of(LOG_GROUP, logGroup(8)),
        List.of(LOG_GROUP, new LogGroup(LOG_GROUP.key(), Optional.empty())),
        List.of(ARCHIVE, archive(31, "")),
        List.of(ARCHIVE, archive(0, "")));
  }

  @ParameterizedTest
  @MethodSource("longerRetentions")
  void noRetentionIsShortened(List<AwsResource> wantedAndThere) {
    AwsResource wanted = wantedAndThere.get(0);
    Observed there = released(wantedAndThere.get(1));
    Plan plan = plan(new Present(wanted), there);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.conflicts())
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("would shorten", "in the spec"));
    assertThat(plan(AdoptionPolicy.ADOPT, new Present(wanted), there).changes())
        .as("the platform has said so")
        .extracting(Change::getClass)
        .isEqualTo(List.of(TakeBack.class, Update.class));
  }

  static Stream<List<AwsResource>> shorterRetentions() {
    return Stream.of(
        List.of(QUEUE, queue(60)),
        List.of(LOG_GROUP, logGroup(3)),
        List.of(ARCHIVE, archive(29, "")),
        List.of(archive(0, OWNER.tagValue()), archive(9_999, "")));
  }

  @ParameterizedTest
  @MethodSource("shorterRetentions")
  void aRetentionIsMadeLonger(List<AwsResource> wantedAndThere) {
    assertThat(plan(new Present(wantedAndThere.get(0)), released(wantedAndThere.get(1))).changes())
        .extracting(Change::getClass)
        .isEqualTo(List.of(TakeBack.class, Update.class));
  }

  @Test
  void aRetentionThatNoSpecNamesStays() {
    LogGroup silent = new LogGroup(LOG_GROUP.key(), Optional.empty());
    assertThat(plan(new Present(silent), released(logGroup(3653))).changes())
        .extracting(Change::getClass)
        .isEqualTo(List.of(TakeBack.class));
  }

  /** Nothing was logged in it yet, so nothing is lost. */
  @Test
  void aLogGroupThatWasBegunAndReleasedIsFinished() {
    LogGroup begun = new LogGroup(LOG_GROUP.key(), Optional.empty(), true);
    Rule writer = rule(target("Target0", LOG_GROUP.key().arn()));
    Plan plan =
        Plan.of(
            wanted(new Present(LOG_GROUP), new Present(writer)),
            observed(released(begun)),
            AdoptionPolicy.FAIL);
    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.changes())
        .extracting(Change::getClass)
        .isEqualTo(List.of(Create.class, TakeBack.class, Update.class));
  }

  @ParameterizedTest
  @EnumSource
  void noTargetOfOthersIsRemoved(AdoptionPolicy adoption) {
    Rule extended = rule(target("Target0", "arn:queue"), target("theirs", "arn:theirs"));
    Plan plan = plan(adoption, new Present(RULE), released(extended));
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.conflicts())
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("arn:theirs"))
        .satisfies(it -> assertThat(it.problem()).doesNotContain("arn:queue"));
  }

  /** A withdrawn right ends, whatever others have beside it. */
  @Test
  void aReleasedRuleThatMustNotBeThereKeepsTheTargetsOfOthersAlone() {
    Target theirs = target("theirs", "arn:theirs");
    Rule extended = rule(target("Target0", "arn:queue"), theirs);
    assertThat(plan(new Absent(RULE.key()), released(extended)).changes())
        .containsExactly(
            new Update(
                rule(theirs),
                extended,
                List.of(new Difference("targets[Target0]", "arn:queue", "none"))));
    assertThat(plan(new Absent(RULE.key()), released(rule(theirs))).isEmpty()).isTrue();
  }

  @Test
  void policiesFollowTheirBus() {
    Plan plan =
        Plan.of(
            wanted(new Present(BUS), new Present(POLICY)),
            observed(released(BUS), new Observed(POLICY, Map.of())),
            AdoptionPolicy.FAIL);
    assertThat(plan.changes()).extracting(Change::key).containsExactly(BUS.key());
  }

  @Test
  void aRightThatMustNotBeThereEndsWhenItsBusIsTakenBack() {
    Plan plan =
        Plan.of(
            wanted(new Present(BUS), new Absent(POLICY.key())),
            observed(released(BUS), new Observed(POLICY, Map.of())),
            AdoptionPolicy.FAIL);
    assertThat(plan.changes())
        .contains(new Delete(POLICY))
        .extracting(Change::key)
        .containsExactly(POLICY.key(), BUS.key());
  }

  /** The roles let the operator delete what has its tag. */
  @Test
  void aReleasedRuleThatMustNotBeThereIsMarkedAndDeleted() {
    List<Change> changes = plan(new Absent(RULE.key()), released(RULE)).changes();
    assertThat(changes).last().isEqualTo(new Delete(RULE));
    assertThat(changes)
        .first()
        .isInstanceOfSatisfying(
            Retag.class,
            it ->
                assertThat(it.missing())
                    .isEqualTo(Map.of(Owner.MANAGED_BY_TAG, "event-backbone-operator")));
  }

  @Test
  void aReleasedRuleStaysWhileItsOwnerMayComeBack() {
    assertThat(plan(new Withdrawn(RULE.key()), released(RULE)).isEmpty()).isTrue();
    assertThat(plan(new Withdrawn(RULE.key()), new Observed(RULE, OWNER.tags())).changes())
        .containsExactly(new Delete(RULE));
  }

  @Test
  void releasedDataThatIsNotWantedStays() {
    for (AwsResource resource : List.of(QUEUE, LOG_GROUP, ARCHIVE)) {
      assertThat(plan(new Absent(resource.key()), released(resource)).isEmpty()).isTrue();
    }
  }

  @Test
  void whatIsLeftAsItIsStaysReleased() {
    assertThat(plan(new Untouched(RULE.key(), Optional.of(RULE)), released(RULE)).isEmpty())
        .isTrue();
  }

  /** A key that the spec asked for before the deletion, and does not ask for now. */
  @Test
  void tagsThatAreNotAskedForAnyMoreGo() {
    Map<String, String> found =
        new HashMap<>(new Tags(OWNER, new TreeMap<>(Map.of("team", "a"))).all());
    found.put(Owner.MANAGED_BY_TAG, RELEASED);
    assertThat(plan(new Present(BUS), new Observed(BUS, found)).changes())
        .satisfiesExactly(
            it ->
                assertThat(((Retag) it).surplus()).containsExactlyInAnyOrder("team", Tags.KEYS_TAG),
            it -> assertThat(it).isInstanceOf(TakeBack.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"released", "released yesterday"})
  void aMarkWithoutATimeIsTakenBackToo(String managedBy) {
    Observed found =
        new Observed(
            BUS, Map.of(Owner.MANAGED_BY_TAG, managedBy, Owner.OWNER_TAG, OWNER.tagValue()));
    assertThat(plan(new Present(BUS), found).takenBack())
        .extracting(TakeBack::releasedAt)
        .containsExactly(Optional.empty());
  }

  private static Plan plan(Wanted wanted, Observed observed) {
    return plan(AdoptionPolicy.FAIL, wanted, observed);
  }

  private static Plan plan(AdoptionPolicy adoption, Wanted wanted, Observed observed) {
    return Plan.of(wanted(wanted), observed(observed), adoption);
  }

  private static Plan deletion(DeletionPolicy policy, Wanted wanted, Observed observed) {
    return Plan.forDeletion(wanted(wanted), observed(observed), policy, AT);
  }

  private static Observed owned(AwsResource resource) {
    return new Observed(resource, resource instanceof Archive ? Map.of() : OWNER.tags());
  }

  private static Observed released(AwsResource resource) {
    return released(resource, OWNER);
  }

  private static Observed released(AwsResource resource, Owner owner) {
    Map<String, String> tags = new OwnerMark.Released(owner.tagValue(), Optional.of(AT)).tags();
    return resource instanceof Archive archive
        ? new Observed(archive.describedAs(OwnerMark.description(tags)), Map.of())
        : new Observed(resource, tags);
  }

  private static Queue queue(int retentionSeconds) {
    return new Queue(
        new QueueKey(SCOPE, "q"),
        false,
        Optional.of(30),
        retentionSeconds,
        Optional.empty(),
        Set.of());
  }

  private static LogGroup logGroup(int days) {
    return new LogGroup(
        new LogGroupKey(SCOPE, "/aws/events/local-bus", LogGroupKey.Content.EVENTS),
        Optional.of(days));
  }

  private static Archive archive(int days, String description) {
    return new Archive(
        new ArchiveKey(SCOPE, "archive"),
        BUS.key().arn(),
        days,
        Optional.empty(),
        Optional.empty(),
        description);
  }

  private static Rule rule(Target... targets) {
    return new Rule(
        new EventBusKey(SCOPE, "local-bus").rule("local-logging"),
        "{\"source\":[\"a\"]}",
        Rule.State.ENABLED,
        Set.of(targets));
  }

  private static Target target(String id, String arn) {
    return new Target(id, arn, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
