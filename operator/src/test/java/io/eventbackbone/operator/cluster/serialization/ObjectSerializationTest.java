package io.eventbackbone.operator.cluster.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.Unreadable;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectSerializationTest {

  private static final String LONG_NAME = "k".repeat(140_000);

  /** What Go's decoder takes at most. */
  private static final int DEEPEST = 10_000;

  private final AtomicInteger leftOut = new AtomicInteger();
  private final ObjectSerialization json = new ObjectSerialization(leftOut::incrementAndGet);

  /** The spec of an EventRoute, the field that can't be read, and why. */
  private record Unread(String spec, String field, String why) {}

  static Stream<Unread> unread() {
    return Stream.of(
        new Unread(
            "{\"backboneRef\": {\"name\": \"b\"}, \"senderMatch\": \"Both\"}",
            "spec.senderMatch",
            "is \"Both\", and this version of the operator knows Account, Source"),
        new Unread(
            "{\"backboneRef\": {\"name\": \"b\"}, \"novel\": {\"a\": [1, {}]}}",
            "spec.novel",
            "is a field that this version of the operator does not know"),
        new Unread(
            "{\"backboneRef\": \"b\"}",
            "spec.backboneRef",
            "has another form than this version of the operator knows"),
        new Unread(
            "{\"backboneRef\": {\"name\": \"b\"}, \"filter\": {\"detailTypes\": [null]}}",
            "spec.filter",
            "has another form than this version of the operator knows"),
        new Unread("{\"backboneRef\": {}}", "spec.backboneRef.name", "is missing"),
        new Unread("{}", "spec.backboneRef", "is missing"),
        new Unread("null", "spec", "is missing"),
        new Unread("[]", "spec", "has another form"),
        new Unread("7", "spec", "has another form"),
        new Unread(
            "{\"backboneRef\": {\"name\": \"b\"}, \"filter\": {\"pattern\": %s}}"
                .formatted(nested(DEEPEST)),
            "spec.filter.pattern",
            "is nested deeper than 1,000 levels"),
        new Unread(
            "{\"backboneRef\": {\"name\": \"b\"}, \"filter\": {\"pattern\": {\"%s\": [\"x\"]}}}"
                .formatted(LONG_NAME),
            "spec.filter.pattern",
            "makes the spec longer than 131,072 characters"),
        new Unread("{\"%s\": 1}".formatted(LONG_NAME), "spec", "longer than 131,072 characters"));
  }

  @ParameterizedTest
  @MethodSource("unread")
  void aSpecThatCantBeReadIsToldOfAndHoldsUpNoOther(Unread unread) {
    String page =
        list(route("bad", unread.spec()), route("good", "{\"backboneRef\": {\"name\": \"b\"}}"));
    DefaultKubernetesResourceList<EventRoute> read = routes(page);
    assertThat(read.getItems())
        .extracting(it -> it.getMetadata().getName())
        .contains("bad", "good");
    assertUnread(read.getItems().get(0), unread);
    assertThat(read.getItems().get(1).unreadable()).isEmpty();
    assertThat(read.getItems().get(1).getSpec().backboneRef().name()).isEqualTo("b");
    assertThat(leftOut).hasValue(0);

    WatchEvent event =
        json.unmarshal(
            "{\"type\": \"ADDED\", \"object\": %s}".formatted(route("bad", unread.spec())),
            WatchEvent.class);
    assertThat(event.getObject())
        .isInstanceOfSatisfying(EventRoute.class, it -> assertUnread(it, unread));
    assertUnread(json.clone(read.getItems().get(0)), unread);
  }

  private static void assertUnread(EventRoute route, Unread unread) {
    assertThat(route.getMetadata().getName()).isEqualTo("bad");
    assertThat(route.getSpec()).isNull();
    Unreadable told = route.unreadable().orElseThrow();
    assertThat(told.field()).isEqualTo(unread.field());
    assertThat(told.why()).contains(unread.why()).hasSizeLessThan(500);
  }

  @Test
  void aStatusThatCantBeReadIsTakenForNone() {
    EventRoute route =
        json.unmarshal(
            """
            {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "EventRoute",
             "metadata": {"name": "r"},
             "status": {"buses": {"names": {"a": 1}}, "observedGeneration": 3},
             "spec": {"backboneRef": {"name": "b"}}}
            """,
            EventRoute.class);
    assertThat(route.unreadable()).isEmpty();
    assertThat(route.getStatus().conditions()).isEmpty();
    assertThat(route.getStatus().observedGeneration()).isNull();
    assertThat(json.asJson(route)).doesNotContain("status");
  }

  @Test
  void aFilterAsDeepAsIsReadIsCopiedOnASmallStack() throws InterruptedException {
    EventSubscription subscription =
        json.unmarshal(
            """
            {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "EventSubscription",
             "metadata": {"name": "s"},
             "spec": {"busRef": {"name": "b"}, "filter": {"pattern": %s}}}
            """
                .formatted(nested(990)),
            EventSubscription.class);
    assertThat(subscription.unreadable()).isEmpty();
    AtomicInteger equal = new AtomicInteger();
    Thread small =
        new Thread(
            null,
            () -> {
              if (json.clone(subscription).equals(subscription)) {
                equal.incrementAndGet();
              }
            },
            "small",
            1 << 20);
    small.start();
    small.join();
    assertThat(equal).hasValue(1);
  }

  @Test
  void metadataIsKeptAsFarAsTheOperatorLooksAtIt() {
    Namespace read =
        json.unmarshal(
            """
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {
              "managedFields": [{"manager": "m", "fieldsV1": {"%s": %s}}],
              "annotations": {"eventbackbone.io/abandon": "true", "else/where": "%s"},
              "labels": {"team": "orders"}, "name": "n"}}
            """
                .formatted(LONG_NAME, nested(DEEPEST), LONG_NAME),
            Namespace.class);
    assertThat(read.getMetadata().getManagedFields()).isEmpty();
    assertThat(read.getMetadata().getAnnotations())
        .containsExactly(java.util.Map.entry("eventbackbone.io/abandon", "true"));
    assertThat(read.getMetadata().getLabels()).containsEntry("team", "orders");
    assertThat(read.getMetadata().getName()).isEqualTo("n");
  }

  @Test
  void anObjectThatCantBeReadAtAllIsLeftOutOfItsList() {
    DefaultKubernetesResourceList<EventRoute> read =
        routes(
            """
            {"metadata": {"resourceVersion": "7", "continue": "next"}, "items": [
              {"metadata": {"name": "bad", "labels": {"a": {}}}},
              {"metadata": {"name": "good"}, "spec": {"backboneRef": {"name": "b"}}}]}
            """);
    assertThat(read.getItems())
        .singleElement()
        .extracting(it -> it.getMetadata().getName())
        .isEqualTo("good");
    assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(read.getMetadata().getContinue()).isEqualTo("next");
    assertThat(leftOut).hasValue(1);
  }

  /** The informer lists anew after 410, and after nothing else. */
  @ParameterizedTest
  @MethodSource("ends")
  void whateverEndsAWatchEndsItAs410(String message) {
    WatchEvent event = json.unmarshal(message, WatchEvent.class);
    assertThat(event.getType()).isEqualTo("ERROR");
    assertThat(event.getObject())
        .isInstanceOfSatisfying(Status.class, it -> assertThat(it.getCode()).isEqualTo(410));
  }

  static Stream<String> ends() {
    String status =
        "{\"type\": \"ERROR\", \"object\": {\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"m\"%s}}";
    return Stream.of(
        status.formatted(", \"code\": 410"),
        status.formatted(", \"code\": 500"),
        status.formatted(""),
        "{\"type\": \"MODIFIED\", \"object\": {\"apiVersion\": \"eventbackbone.io/v1alpha1\", \"kind\": \"EventRoute\", \"metadata\": {\"labels\": 7}}}",
        "{\"type\": \"ADDED\", \"obj",
        "<html>");
  }

  /** java-operator-sdk stops an informer for good on an exception of Jackson. */
  @Test
  void anAnswerThatIsNoJsonIsNoExceptionOfJackson() {
    assertThatThrownBy(() -> routes("<html>"))
        .isInstanceOf(KubernetesClientException.class)
        .satisfies(it -> assertThat(ExceptionHandler.isDeserializationException(it)).isFalse());
    assertThatThrownBy(() -> json.convertValue("text", EventRoute.class))
        .isInstanceOf(KubernetesClientException.class)
        .hasNoCause();
  }

  private DefaultKubernetesResourceList<EventRoute> routes(String page) {
    Type type = json.constructParametricType(DefaultKubernetesResourceList.class, EventRoute.class);
    return json.unmarshal(
        new ByteArrayInputStream(page.getBytes(UTF_8)),
        new TypeReference<DefaultKubernetesResourceList<EventRoute>>() {
          @Override
          public Type getType() {
            return type;
          }
        });
  }

  private static String list(String... items) {
    return "{\"metadata\": {}, \"items\": [%s]}"
        .formatted(Stream.of(items).collect(Collectors.joining(",")));
  }

  private static String route(String name, String spec) {
    return """
    {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "EventRoute",
     "metadata": {"name": "%s", "namespace": "n"}, "spec": %s,
     "status": {"observedGeneration": 1}}
    """
        .formatted(name, spec);
  }

  private static String nested(int levels) {
    return "{\"a\":".repeat(levels) + "[\"x\"]" + "}".repeat(levels);
  }
}
