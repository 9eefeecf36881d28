package io.eventbackbone.core.quota;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.PolicyStatement;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.topology.Publishers;
import io.eventbackbone.core.topology.Publishers.Form;
import io.eventbackbone.core.topology.Publishers.Rights;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides which accounts get a place in the policy of a global bus, whose length is limited
 * (EventBridge User Guide, "EventBridge quotas").
 */
public final class PolicyBudget {

  /** Characters of an identifier, as long as no bus has joined. */
  private static final int USUAL_IDENTIFIER = 16;

  /** Characters of the shortest way to name one more account. */
  private static final int PRINCIPAL = 33;

  private PolicyBudget() {}

  /** An account that asks for the right to publish, with the Sources of its services. */
  private record Publisher(String accountId, String since, Set<String> sources) {

    boolean has(Seats seats) {
      return sources.stream().anyMatch(source -> seats.include(accountId, source));
    }

    Publisher with(Seats seats) {
      return new Publisher(
          accountId,
          since,
          sources.stream()
              .filter(source -> seats.include(accountId, source))
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  /**
   * The rights to publish that a policy grants now.
   *
   * @param accounts the accounts that may publish with any Source
   * @param sources the Sources that the policy grants one by one
   */
  private record Seats(Set<String> accounts, Set<String> sources) {

    static Seats of(BusPolicy policy) {
      return new Seats(
          policy.statements().stream()
              .filter(it -> Policies.sourcesOf(it).isEmpty())
              .flatMap(it -> Policies.accountsOf(it).stream())
              .collect(Collectors.toUnmodifiableSet()),
          policy.statements().stream()
              .flatMap(it -> Policies.sourcesOf(it).stream())
              .collect(Collectors.toUnmodifiableSet()));
    }

    boolean include(String accountId, String source) {
      return accounts.contains(accountId) || sources.contains(source);
    }
  }

  /**
   * Whether the operator must read the policy in AWS to know which accounts may publish: the status
   * names none, or it names the bus of an account that no status says to exist. So a deleted status
   * takes the right from nobody.
   */
  public static boolean needsPolicy(AdmittedBackbone backbone, Collection<AdmittedBus> buses) {
    Optional<PublisherTotals> told =
        Optional.ofNullable(backbone.resource().getStatus().publishers());
    return backbone.spec().publishers().organization().isEmpty()
        && (told.isEmpty()
            ? !buses.isEmpty()
            : buses.stream()
                .anyMatch(bus ->
                    !isKnownToExist(bus.account())
                        && told.get().identifiers().contains(bus.identifier())));
  }

  /** Decides by the statuses alone. */
  public static Publishers of(AdmittedBackbone backbone, Collection<AdmittedBus> buses) {
    return of(backbone, buses, Optional.empty());
  }

  /**
   * Gives places to accounts in the order in which they joined.
   *
   * @param policy the policy that the bus has now; empty where the status tells what it grants
   */
  public static Publishers of(
      AdmittedBackbone backbone, Collection<AdmittedBus> buses, Optional<BusPolicy> policy) {
    Optional<String> organization = backbone.spec().publishers().organization();
    if (organization.isPresent()) {
      return new Publishers.Organization(
          Policies.organization(backbone.busKey(), organization.get()));
    }
    Room room = policy.map(it -> Room.of(backbone, it)).orElseGet(() -> Room.of(backbone));
    Set<String> named =
        policy.stream()
            .flatMap(it -> it.statements().stream())
            .flatMap(it -> Policies.accountsOf(it).stream())
            .collect(Collectors.toUnmodifiableSet());
    return fitted(asking(buses, named), room);
  }

  private static Publishers fitted(List<Publisher> asking, Room room) {
    Form form = room.form();
    int fitting = most(asking.size(), some -> room.has(form, asking.subList(0, some)));
    List<Publisher> fit = asking.subList(0, fitting);
    List<Publisher> keeping = asking.stream().filter(it -> it.has(room.seats())).toList();
    if (!accounts(fit).containsAll(accounts(keeping))) {
      return new Publishers.Held(kept(keeping, room), leftOut(asking, keeping), fitting, form);
    }
    int mostToCome = Math.max(0, room.budget()) / PRINCIPAL;
    List<Publisher> withAll = with(mostToCome, fit);
    int roomFor = most(mostToCome, more -> room.has(form, withAll.subList(0, fitting + more)));
    return new Publishers.Accounts(room.rights(form, fit), leftOut(asking, fit), roomFor, form);
  }

  /**
   * The rights of accounts that have them and still ask for them. They are bound to Sources where
   * such a policy fits, or is no longer than the present one.
   */
  private static Rights kept(List<Publisher> keeping, Room room) {
    List<Publisher> asGranted = keeping.stream().map(it -> it.with(room.seats())).toList();
    boolean areBound =
        room.form() == Form.EACH
            && room.length(Form.EACH, asGranted) <= Math.max(room.budget(), room.used());
    return areBound ? room.rights(Form.EACH, asGranted) : room.rights(Form.TOGETHER, keeping);
  }

  private static List<String> leftOut(List<Publisher> asking, List<Publisher> granted) {
    Set<String> having = accounts(granted);
    return asking.stream()
        .map(Publisher::accountId)
        .filter(Predicate.not(having::contains))
        .toList();
  }

  private static Set<String> accounts(List<Publisher> publishers) {
    return publishers.stream().map(Publisher::accountId).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The room for publishers in the policy of a bus.
   *
   * @param form the form that the spec asks for
   * @param budget the characters that publishers may take
   * @param used the characters that publishers take now
   * @param seats the rights that the policy grants now
   */
  private record Room(EventBusKey bus, Form form, int budget, int used, Seats seats) {

    static Room of(AdmittedBackbone backbone, BusPolicy policy) {
      return of(
          backbone,
          policy.othersCharacters(),
          Policies.length(policy.statements()),
          Seats.of(policy));
    }

    /** Reads the room from the status. */
    static Room of(AdmittedBackbone backbone) {
      EventBackboneStatus status = backbone.resource().getStatus();
      Optional<PublisherTotals> before = Optional.ofNullable(status.publishers());
      int others = before.map(PublisherTotals::othersCharacters).orElse(0);
      return of(
          backbone,
          others,
          Optional.ofNullable(status.policyCharacters()).map(Usage::used).orElse(0) - others,
          new Seats(Set.of(), before.map(it -> Set.copyOf(it.identifiers())).orElse(Set.of())));
    }

    private static Room of(AdmittedBackbone backbone, int others, int used, Seats seats) {
      return new Room(
          backbone.busKey(),
          backbone.spec().publishers().bindSources() ? Form.EACH : Form.TOGETHER,
          backbone.quotas().policyCharacters() - others,
          used,
          seats);
    }

    boolean has(Form form, List<Publisher> publishers) {
      return length(form, publishers) <= budget;
    }

    int length(Form form, List<Publisher> publishers) {
      return Policies.length(statements(form, publishers));
    }

    Rights rights(Form form, List<Publisher> publishers) {
      return new Rights(
          statements(form, publishers),
          publishers.stream().map(Publisher::accountId).toList(),
          publishers.stream().flatMap(it -> it.sources().stream()).sorted().toList());
    }

    private Set<PolicyStatement> statements(Form form, List<Publisher> publishers) {
      if (publishers.isEmpty()) {
        return Set.of();
      }
      return switch (form) {
        case EACH ->
            publishers.stream()
                .map(it -> Policies.publisher(bus, it.accountId(), it.sources()))
                .collect(Collectors.toUnmodifiableSet());
        case TOGETHER ->
            Set.of(
                Policies.publishers(bus, publishers.stream().map(Publisher::accountId).toList()));
      };
    }
  }

  /** Adds accounts that may join: each has one bus with an identifier of the usual length. */
  private static List<Publisher> with(int more, List<Publisher> publishers) {
    int usual =
        (int)
            publishers.stream()
                .flatMap(it -> it.sources().stream())
                .mapToInt(String::length)
                .average()
                .orElse(USUAL_IDENTIFIER);
    Stream<Publisher> coming =
        IntStream.range(0, more)
            .mapToObj("%012d"::formatted)
            .map(id -> new Publisher(id, "", Set.of("x".repeat(usual))));
    return Stream.concat(publishers.stream(), coming).toList();
  }

  /** The greatest number up to the limit that fits, when all smaller ones do. */
  private static int most(int limit, IntPredicate fits) {
    int fitting = 0;
    int next = limit;
    while (fitting < next) {
      int middle = fitting + (next - fitting + 1) / 2;
      if (fits.test(middle)) {
        fitting = middle;
      } else {
        next = middle - 1;
      }
    }
    return fitting;
  }

  /**
   * The accounts that ask and are known to exist. AWS refuses the whole policy if one account in it
   * does not exist.
   *
   * @param named the accounts in the policy that AWS has; they exist
   */
  private static List<Publisher> asking(Collection<AdmittedBus> buses, Set<String> named) {
    Map<String, List<AdmittedBus>> byAccount =
        buses.stream()
            .filter(bus ->
                isKnownToExist(bus.account())
                    || named.contains(bus.account().getSpec().accountId()))
            .collect(Collectors.groupingBy(bus -> bus.account().getSpec().accountId()));
    return byAccount.entrySet().stream()
        .map(entry -> publisher(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Publisher::since).thenComparing(Publisher::accountId))
        .toList();
  }

  private static Publisher publisher(String accountId, List<AdmittedBus> buses) {
    return new Publisher(
        accountId,
        buses.stream()
            .map(bus -> bus.resource().getMetadata().getCreationTimestamp())
            .min(Comparator.naturalOrder())
            .orElseThrow(),
        buses.stream().map(AdmittedBus::identifier).collect(Collectors.toUnmodifiableSet()));
  }

  private static boolean isKnownToExist(AwsAccount account) {
    return account.getStatus() != null && account.getStatus().callerArn() != null;
  }
}
