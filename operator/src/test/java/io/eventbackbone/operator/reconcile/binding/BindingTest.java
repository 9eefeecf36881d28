package io.eventbackbone.operator.reconcile.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.operator.reconcile.binding.BoundObject.Ownership;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindingTest {

  /** The queue of deliveries/orders, whose name ends with a hash of that. */
  private static final String QUEUE = "arn:aws:sqs:eu-west-1:333333333333:orders-c969e9ec";

  private static final Binding BINDING =
      new Binding(
          new BoundOwner(subscription()),
          Map.of("type", encoded("eventbackbone"), "EVENT_QUEUE_ARN", encoded(QUEUE)));

  @Test
  void itsOwnSecretIsItsOwn() {
    assertThat(BINDING.ownershipOf(BINDING.wanted())).isEqualTo(new Ownership.Own());
    assertThat(BINDING.isIn(BINDING.wanted())).isTrue();
  }

  static Stream<Arguments> takenBack() {
    return Stream.of(
        taken("the label is gone", it -> it.editMetadata().withLabels(Map.of()).endMetadata()),
        taken("the data is another", it -> it.withData(Map.of("a", "Yg=="))),
        taken("a backup left out the owner", it -> owners(it)),
        taken(
            "a backup left out the owner, and comes back to another account",
            it ->
                owners(it)
                    .addToData("EVENT_QUEUE_ARN", encoded(QUEUE.replace("333333333333", "4")))),
        taken(
            "a backup left out the owner, and the queue has become another kind",
            it -> owners(it).addToData("EVENT_QUEUE_ARN", encoded(QUEUE + ".fifo"))),
        taken("the owner was a subscription of this name", it -> owners(it, owner("old"))),
        taken(
            "the owner was a subscription of this name, with other data",
            it -> owners(it, owner("old")).withData(Map.of("a", "Yg=="))),
        taken("somebody else wants it to stay", it -> owners(it, owner("new"), keeper())),
        taken(
            "the owner is no controller",
            it ->
                owners(it, new OwnerReferenceBuilder(owner("new")).withController(null).build())));
  }

  private static Arguments taken(String what, UnaryOperator<SecretBuilder> change) {
    return Arguments.of(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void takenBack(String what, UnaryOperator<SecretBuilder> change) {
    Secret found = change.apply(new SecretBuilder(BINDING.wanted())).build();
    assertThat(BINDING.ownershipOf(found)).isEqualTo(new Ownership.Own());
    assertThat(BINDING.isIn(found)).isEqualTo(found.equals(repaired(found)));
    assertThat(BINDING.isIn(repaired(found))).isTrue();
  }

  /** As the API server applies a JSON merge patch (RFC 7386). */
  private static Secret repaired(Secret found) {
    Secret patch = BINDING.repair(found);
    Map<String, String> data = new TreeMap<>(found.getData());
    data.putAll(patch.getData());
    data.values().removeIf(Objects::isNull);
    return new SecretBuilder(found)
        .editMetadata()
        .addToLabels(patch.getMetadata().getLabels())
        .withOwnerReferences(patch.getMetadata().getOwnerReferences())
        .endMetadata()
        .withData(data)
        .build();
  }

  static Stream<Arguments> leftAlone() {
    return Stream.of(
        left("Deployment web controls it", it -> owners(it, controller("Deployment", "web"))),
        left(
            "Deployment web controls it",
            it -> owners(it, controller("Deployment", "web"), notController(owner("new")))),
        left(
            "EventSubscription other controls it",
            it -> owners(it, new OwnerReferenceBuilder(owner("uid")).withName("other").build())),
        left(
            "EventSubscription orders controls it",
            it ->
                owners(
                    it,
                    new OwnerReferenceBuilder(owner("new"))
                        .withApiVersion("eventbackbone.io.example.com/v1alpha1")
                        .build())),
        left(
            "it has no label app.kubernetes.io/managed-by: event-backbone-operator",
            it -> owners(it).editMetadata().withLabels(Map.of()).endMetadata()),
        left(
            "it has no label app.kubernetes.io/managed-by: event-backbone-operator",
            it ->
                owners(it, owner("old"))
                    .editMetadata()
                    .addToLabels(BoundOwner.MANAGED_BY_LABEL, "Helm")
                    .endMetadata()),
        left(
            "its type is Opaque, not servicebinding.io/eventbackbone",
            it -> owners(it).withType("Opaque")),
        left(
            "its type is Opaque, not servicebinding.io/eventbackbone",
            it -> owners(it, owner("old")).withType("Opaque")),
        left(
            "its entries are not those of this subscription's binding",
            it -> owners(it).addToData("password", "Yg==")),
        left(
            "its entries are not those of this subscription's binding",
            it ->
                owners(it)
                    .addToData("EVENT_QUEUE_ARN", encoded(QUEUE.replace("c969e9ec", "00000000")))),
        left(
            "its entries are not those of this subscription's binding",
            it -> owners(it).addToData("EVENT_QUEUE_ARN", "no base64")),
        left(
            "its entries are not those of this subscription's binding",
            it -> owners(it).withData(null)));
  }

  private static Arguments left(String why, UnaryOperator<SecretBuilder> change) {
    return Arguments.of(why, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void leftAlone(String why, UnaryOperator<SecretBuilder> change) {
    Secret found = change.apply(new SecretBuilder(BINDING.wanted())).build();
    assertThat(BINDING.ownershipOf(found)).isEqualTo(new Ownership.SomebodyElses(why));
  }

  @Test
  void whatOthersAddedStays() {
    Secret found =
        owners(new SecretBuilder(BINDING.wanted()), keeper(), owner("old"))
            .editMetadata()
            .withResourceVersion("7")
            .addToLabels("theirs", "label")
            .addToAnnotations("theirs", "annotation")
            .endMetadata()
            .build();
    assertThat(BINDING.repair(found).getMetadata())
        .isEqualTo(
            new ObjectMetaBuilder(BINDING.wanted().getMetadata())
                .withResourceVersion("7")
                .withOwnerReferences(keeper(), owner("new"))
                .build());
  }

  private static SecretBuilder owners(SecretBuilder secret, OwnerReference... owners) {
    return secret.editMetadata().withOwnerReferences(owners).endMetadata();
  }

  private static OwnerReference owner(String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion("eventbackbone.io/v1alpha1")
        .withKind("EventSubscription")
        .withName("orders")
        .withUid(uid)
        .withController(true)
        .build();
  }

  private static OwnerReference controller(String kind, String name) {
    return new OwnerReferenceBuilder()
        .withApiVersion("apps/v1")
        .withKind(kind)
        .withName(name)
        .withUid("other")
        .withController(true)
        .build();
  }

  private static OwnerReference keeper() {
    return notController(controller("Deployment", "web"));
  }

  private static OwnerReference notController(OwnerReference reference) {
    return new OwnerReferenceBuilder(reference).withController(null).build();
  }

  private static EventSubscription subscription() {
    EventSubscription subscription = new EventSubscription();
    subscription.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("deliveries")
            .withName("orders")
            .withUid("new")
            .build());
    return subscription;
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
