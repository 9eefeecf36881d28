package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.PublisherTotals;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
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
  private record Publisher(String accountId, String since, Set<String> sources) {}

  /** Who gets the right to publish; who joined first comes first. */
  public static Publishers of(AdmittedBackbone backbone, Collection<AdmittedBus> buses) {
    Optional<String> organization = backbone.spec().publishers().organization();
    if (organization.isPresent()) {
      return new Publishers.Organization(
          Policies.organization(backbone.busKey(), organization.get()));
    }
    List<Publisher> asking = asking(buses);
    Optional<PublisherTotals> before =
        Optional.ofNullable(backbone.resource().getStatus().publishers());
    int budget =
        backbone.quotas().policyCharacters()
            - before.map(PublisherTotals::othersCharacters).orElse(0);
    return fitted(
        asking,
        new Form(backbone.busKey(), backbone.spec().publishers().bindSources()),
        budget,
        before.map(PublisherTotals::accounts).orElse(0));
  }

  private static Publishers fitted(List<Publisher> asking, Form form, int budget, int before) {
    int fitting = most(asking.size(), some -> form.length(asking.subList(0, some)) <= budget);
    if (fitting < Math.min(before, asking.size())) {
      return new Publishers.Held(fitting, asking.size());
    }
    List<Publisher> fit = asking.subList(0, fitting);
    int mostToCome = Math.max(0, budget) / PRINCIPAL;
    List<Publisher> withAll = with(mostToCome, fit);
    int roomFor =
        most(mostToCome, more -> form.length(withAll.subList(0, fitting + more)) <= budget);
    List<String> ids = asking.stream().map(Publisher::accountId).toList();
    return new Publishers.Accounts(
        form.statements(fit),
        ids.subList(0, fitting),
        fit.stream().flatMap(it -> it.sources().stream()).sorted().toList(),
        ids.subList(fitting, ids.size()),
        roomFor);
  }

  /** How publishers become statements. */
  private record Form(ResourceKey bus, boolean bindsSources) {

    Set<PolicyStatement> statements(List<Publisher> publishers) {
      if (publishers.isEmpty()) {
        return Set.of();
      }
      return bindsSources
          ? publishers.stream()
              .map(it -> Policies.publisher(bus, it.accountId(), it.sources()))
              .collect(Collectors.toUnmodifiableSet())
          : Set.of(
              Policies.publishers(bus, publishers.stream().map(Publisher::accountId).toList()));
    }

    int length(List<Publisher> publishers) {
      return Policies.length(statements(publishers));
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
