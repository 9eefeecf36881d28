package io.eventbackbone.core.quota;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
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

/** How many accounts a bus policy has room for (EventBridge User Guide, "EventBridge quotas"). */
public final class PolicyBudget {

  /** Characters of an identifier, where there is none yet to tell. */
  private static final int USUAL_IDENTIFIER = 16;

  /** Characters of the shortest way to name one more account. */
  private static final int PRINCIPAL = 33;

  private PolicyBudget() {}

  /** One account that asks, and the Sources of its services. */
  private record Publisher(String accountId, String since, Set<String> sources) {

    boolean mayPublishBy(Set<String> granted) {
      return sources.stream().anyMatch(granted::contains);
    }

    Publisher with(Set<String> granted) {
      return new Publisher(
          accountId,
          since,
          sources.stream().filter(granted::contains).collect(Collectors.toUnmodifiableSet()));
    }
  }

  /** Who gets the right to publish; who joined first comes first. */
  public static Publishers of(AdmittedBackbone backbone, Collection<AdmittedBus> buses) {
    Optional<String> organization = backbone.spec().publishers().organization();
    if (organization.isPresent()) {
      return new Publishers.Organization(
          Policies.organization(backbone.busKey(), organization.get()));
    }
    return fitted(asking(buses), Room.of(backbone));
  }

  private static Publishers fitted(List<Publisher> asking, Room room) {
    Form form = room.form();
    int fitting = most(asking.size(), some -> room.has(form, asking.subList(0, some)));
    List<Publisher> fit = asking.subList(0, fitting);
    List<Publisher> keeping =
        asking.stream().filter(it -> it.mayPublishBy(room.granted())).toList();
    if (!accounts(fit).containsAll(accounts(keeping))) {
      return new Publishers.Held(kept(keeping, room), leftOut(asking, keeping), fitting, form);
    }
    int mostToCome = Math.max(0, room.budget()) / PRINCIPAL;
    List<Publisher> withAll = with(mostToCome, fit);
    int roomFor = most(mostToCome, more -> room.has(form, withAll.subList(0, fitting + more)));
    return new Publishers.Accounts(room.rights(form, fit), leftOut(asking, fit), roomFor, form);
  }

  /**
   * The rights of those that have them and still ask. They are bound to Sources if all that was
   * granted can be, or was: the policy may be as long as it is.
   */
  private static Rights kept(List<Publisher> keeping, Room room) {
    List<Publisher> asGranted = keeping.stream().map(it -> it.with(room.granted())).toList();
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
   * What there is for publishers in the policy of a bus.
   *
   * @param form asked for
   * @param budget characters that they may take
   * @param used characters that they take now
   * @param granted identifiers that may be published with now
   */
  private record Room(EventBusKey bus, Form form, int budget, int used, Set<String> granted) {

    static Room of(AdmittedBackbone backbone) {
      EventBackboneStatus status = backbone.resource().getStatus();
      Optional<PublisherTotals> before = Optional.ofNullable(status.publishers());
      int others = before.map(PublisherTotals::othersCharacters).orElse(0);
      return new Room(
          backbone.busKey(),
          backbone.spec().publishers().bindSources() ? Form.EACH : Form.TOGETHER,
          backbone.quotas().policyCharacters() - others,
          Optional.ofNullable(status.policyCharacters()).map(Usage::used).orElse(0) - others,
          before.map(it -> Set.copyOf(it.identifiers())).orElse(Set.of()));
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

  /** Who might come: accounts with one bus, whose identifier has the usual length. */
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

  /** Accounts that are known to exist: one that does not makes AWS refuse the whole policy. */
  private static List<Publisher> asking(Collection<AdmittedBus> buses) {
    Map<String, List<AdmittedBus>> byAccount =
        buses.stream()
            .filter(bus -> isKnownToExist(bus.account()))
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
