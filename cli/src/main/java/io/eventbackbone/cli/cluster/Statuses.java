package io.eventbackbone.cli.cluster;

import io.eventbackbone.api.v1alpha1.AllowedNamespaces;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.AwsAccountSpec;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What statuses tell a caller who may not see AwsAccounts or the labels of namespaces: which
 * references are admitted, and the numbers of accounts. So a tenant is answered as the operator
 * decided.
 */
public final class Statuses {

  private static final String ACCEPTED = "Accepted";

  private Statuses() {}

  /** The condition of a type, if the operator has judged the object as it is now. */
  public static Optional<Condition> condition(BackboneResource<?, ?> object, String type) {
    return object.getStatus().conditions().stream()
        .filter(it -> it.getType().equals(type))
        .filter(it ->
            it.getObservedGeneration() == null
                || object.getMetadata().getGeneration() == null
                || it.getObservedGeneration() >= object.getMetadata().getGeneration())
        .findFirst();
  }

  public static boolean isAccepted(BackboneResource<?, ?> object) {
    return condition(object, ACCEPTED).filter(it -> it.getStatus().equals("True")).isPresent();
  }

  /** The message of a condition Accepted that is False. */
  public static Optional<String> refusal(BackboneResource<?, ?> object) {
    return condition(object, ACCEPTED)
        .filter(it -> it.getStatus().equals("False"))
        .map(Condition::getMessage);
  }

  /** The snapshot with what the caller may not see put in as the statuses tell it. */
  static Snapshot fillIn(Snapshot snapshot, Set<Kind> listed) {
    Snapshot filled =
        listed.contains(Kind.AWS_ACCOUNT) ? snapshot : snapshot.with(standIns(snapshot));
    return listed.contains(Kind.NAMESPACE) ? filled : filled.with(admittingAll(filled));
  }

  private static List<HasMetadata> standIns(Snapshot snapshot) {
    Map<String, String> numbers = new TreeMap<>();
    snapshot
        .readable(EventBackbone.class)
        .filter(it -> it.getStatus().busArn() != null)
        .forEach(it ->
            numbers.put(
                it.getSpec().accountRef().name(), it.getStatus().busArn().split(":", 6)[4]));
    snapshot
        .readable(ServiceAccountBus.class)
        .filter(it -> it.getStatus().accountId() != null)
        .forEach(it -> numbers.put(it.getSpec().accountRef().name(), it.getStatus().accountId()));
    return numbers.entrySet().stream()
        .<HasMetadata>map(it -> standIn(it.getKey(), it.getValue()))
        .toList();
  }

  private static AwsAccount standIn(String name, String number) {
    AwsAccount account = new AwsAccount();
    account.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withCreationTimestamp("1970-01-01T00:00:00Z")
            .build());
    account.setSpec(
        new AwsAccountSpec(
            number, null, null, new AllowedNamespaces(AllowedNamespaces.From.ALL, null), null));
    return account;
  }

  /** Selectors can't be evaluated without labels: whom they admit, the referrers' statuses tell. */
  private static List<HasMetadata> admittingAll(Snapshot snapshot) {
    return Map.of(
            Kind.AWS_ACCOUNT, "allowedNamespaces",
            Kind.EVENT_BACKBONE, "allowedBuses",
            Kind.SERVICE_ACCOUNT_BUS, "allowedSubscriptions")
        .entrySet()
        .stream()
        .flatMap(field ->
            snapshot
                .readable(field.getKey().type())
                .map(it -> ObjectReader.admittingAll(field.getKey(), it, field.getValue())))
        .toList();
  }
}
