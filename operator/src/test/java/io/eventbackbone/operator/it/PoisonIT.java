package io.eventbackbone.operator.it;

import static io.eventbackbone.operator.it.World.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Objects that the API server stores and that can't be read, or not be walked. */
class PoisonIT {

  private static final String LONG_NAME = "k".repeat(140_000);

  /**
   * An object of a tenant.
   *
   * @param reason of the condition Accepted
   * @param message part of the condition's message
   */
  private record Poison(
      Class<? extends BackboneResource<?, ?>> kind,
      String namespace,
      String name,
      String spec,
      String reason,
      String message) {

    String path() {
      String plural = HasMetadata.getPlural(kind);
      return Namespaced.class.isAssignableFrom(kind)
          ? "/apis/eventbackbone.io/v1alpha1/namespaces/%s/%s".formatted(namespace, plural)
          : "/apis/eventbackbone.io/v1alpha1/" + plural;
    }

    String manifest(String nameOfCopy) {
      return """
      {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "%s",
       "metadata": {"name": "%s"}, "spec": %s}
      """
          .formatted(HasMetadata.getKind(kind), nameOfCopy, spec);
    }
  }

  /** What another schema let in, and what the API server lets the operator write a status to. */
  private static final List<Poison> STORED_UNDER_ANOTHER_SCHEMA =
      List.of(
          unreadable(
              AwsAccount.class,
              "{\"accountId\": \"123456789012\", \"allowedNamespaces\": {\"from\": \"Some\"}}",
              "spec.allowedNamespaces.from is \"Some\", and this version of the operator knows All"),
          unreadable(
              EventBackbone.class,
              """
              {"accountRef": {"name": "a"}, "region": "eu-west-1", "deletionPolicy": "Maybe"}
              """,
              "spec.deletionPolicy is \"Maybe\""),
          unreadable(
              ServiceAccountBus.class,
              """
              {"backboneRef": {"name": "b"}, "accountRef": {"name": "a"}, "identifier": "i",
               "allowedSubscriptions": {"from": "Some"}}
              """,
              "spec.allowedSubscriptions.from is \"Some\""),
          unreadable(
              EventRoute.class,
              "{\"backboneRef\": {\"name\": \"b\"}, \"senderMatch\": \"Both\"}",
              "spec.senderMatch is \"Both\", and this version of the operator knows Account"),
          // The API server can't apply a status to a field of another type; it merges one.
          unreadable(
              EventSubscription.class,
              "{\"busRef\": {\"name\": \"b\"}, \"filter\": {}, \"deadLetter\": \"on\"}",
              "spec.deadLetter has another form than this version of the operator knows"),
          unreadable(
              EventType.class,
              """
              {"busRef": {"name": "b"}, "detailType": "A.B", "compatibility": "Some",
               "versions": [{"version": "1", "schema": {"type": "object"}}]}
              """,
              "spec.compatibility is \"Some\", and this version of the operator knows None"),
          unreadable(
              EventReplay.class,
              """
              {"subscriptionRef": {}, "from": "2026-11-28T00:00:00Z", "to": "2026-11-28T01:00:00Z"}
              """,
              "spec.subscriptionRef.name is missing"));

  /** What another schema let in, and nobody may write to any more: rules can't read it either. */
  private static final List<Poison> FROZEN =
      List.of(
          frozen(AwsAccount.class, "{\"accountId\": {}}"),
          frozen(EventBackbone.class, "{\"accountRef\": 7}"),
          frozen(ServiceAccountBus.class, "{\"backboneRef\": []}"),
          frozen(EventRoute.class, "{\"backboneRef\": []}"),
          frozen(EventSubscription.class, "{\"busRef\": 7, \"filter\": 7}"),
          frozen(EventType.class, "{\"busRef\": 7, \"versions\": [null, 7]}"),
          frozen(EventReplay.class, "{\"subscriptionRef\": 7, \"from\": {}, \"to\": []}"));

  private static final List<Poison> STORED =
      Stream.of(
              filtered(
                  "long",
                  "{\"%s\": [\"x\"]}".formatted(LONG_NAME),
                  "Unreadable",
                  "makes the spec longer than"),
              filtered("deepest", nested(2_000), "Unreadable", "nested deeper than 1,000 levels"),
              filtered("deep", nested(900), "InvalidFilter", "901 levels of objects and lists"),
              contracts())
          .flatMap(it -> it)
          .toList();

  private static Poison unreadable(
      Class<? extends BackboneResource<?, ?>> kind, String spec, String message) {
    return new Poison(kind, "tenant", "other-schema", spec, "Unreadable", message);
  }

  private static Poison frozen(Class<? extends BackboneResource<?, ?>> kind, String spec) {
    return new Poison(kind, "tenant", "frozen", spec, "", "");
  }

  /** Schemas that are too long, too deep, and too many once their references are replaced. */
  private static Stream<Poison> contracts() {
    StringBuilder bomb = new StringBuilder("{\"type\": \"object\", \"$defs\": {");
    for (int i = 0; i < 60; i++) {
      bomb.append(
          "\"d%1$d\": {\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"#/$defs/d%2$d\"}, \"b\": {\"$ref\": \"#/$defs/d%2$d\"}}}, "
              .formatted(i, i + 1));
    }
    bomb.append("\"d60\": {}}}");
    return Stream.of(
        contract(
            "Contract.Long", "{\"title\": \"%s\"}".formatted(LONG_NAME), "Unreadable", "longer"),
        contract("Contract.Deep", nested(900), "InvalidSchema", "is nested deeper than 100 levels"),
        contract("Contract.Bomb", bomb.toString(), "InvalidSchema", "with each $ref replaced"),
        contract(
            "Contract.Named",
            "{\"type\": \"object\", \"%s\": 1}".formatted("k".repeat(60_000)),
            "InvalidSchema",
            "spec.versions[0].schema/kkk"));
  }

  private static Poison contract(String detailType, String schema, String reason, String message) {
    return new Poison(
        EventType.class,
        "orders-#",
        detailType.toLowerCase(java.util.Locale.ROOT),
        """
        {"busRef": {"name": "orders"}, "detailType": "%s",
         "versions": [{"version": "1", "schema": %s}]}
        """
            .formatted(detailType, schema),
        reason,
        message);
  }

  private static Stream<Poison> filtered(
      String name, String pattern, String reason, String message) {
    return Stream.of(
        new Poison(
            EventSubscription.class,
            "orders-#",
            name,
            "{\"busRef\": {\"name\": \"orders\"}, \"filter\": {\"pattern\": %s}}"
                .formatted(pattern),
            reason,
            message),
        new Poison(
            EventRoute.class,
            "platform-#",
            name,
            """
            {"backboneRef": {"name": "main"}, "filter": {"pattern": %s},
             "to": {"type": "Selected", "busSelector": {"matchLabels": {"no": "one"}}}}
            """
                .formatted(pattern),
            reason,
            message));
  }

  private static String nested(int levels) {
    return "{\"a\":".repeat(levels) + "[\"x\"]" + "}".repeat(levels);
  }

  @Test
  void noObjectHoldsUpAnother() {
    try (KubeApi api = RealKubeApi.start(PoisonIT.class, List.of());
        KubernetesClient client = OperatorClient.of(api.client().getConfiguration());
        World world = new World(client)) {
      world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: tenant}}\n---\n");
      world.apply(Ecommerce.ALL);
      world.ready(EventSubscription.class, "orders-#", "deliveries");
      withLooseSchemas(client, () -> otherSchemas().forEach(it -> store(it, client, world)));
      STORED.forEach(it -> store(it, client, world));

      assertAllAreTold(world);
      assertOthersGoOn(world, "while-it-runs");
      assertThat(world.cache().customResources().filter(PoisonIT::isUnreadable))
          .extracting(it -> it.getKind() + " " + it.getMetadata().getName())
          .contains(
              otherSchemas()
                  .map(it -> it.kind().getSimpleName() + " " + it.name())
                  .toArray(String[]::new));
      world.stopOperator();
      STORED_UNDER_ANOTHER_SCHEMA.forEach(it -> removeStatusAndManagers(it, client, world));
      world.startOperator();
      assertOthersGoOn(world, "after-a-restart");
      assertAllAreTold(world);
      assertThat(client.v1().events().inAnyNamespace().list().getItems())
          .filteredOn(event -> event.getReason().equals("Unreadable"))
          .extracting(event -> event.getInvolvedObject().getKind())
          .contains(
              "AwsAccount",
              "EventBackbone",
              "ServiceAccountBus",
              "EventRoute",
              "EventSubscription");

      List<Poison> writable =
          Stream.concat(STORED_UNDER_ANOTHER_SCHEMA.stream(), STORED.stream()).toList();
      assertGo(writable, world);
      withLooseSchemas(client, () -> assertGo(FROZEN, world));
    }
  }

  private static void assertGo(List<Poison> poisons, World world) {
    poisons.forEach(it -> world.delete(it.kind(), it.namespace(), it.name()));
    poisons.forEach(it -> world.awaitGone(it.kind(), it.namespace(), it.name()));
  }

  private static boolean isUnreadable(HasMetadata object) {
    return object instanceof BackboneResource<?, ?> resource && resource.unreadable().isPresent();
  }

  /** A definition is served a while after it was changed, and a request may be sent twice. */
  private static void store(Poison poison, KubernetesClient client, World world) {
    await(poison.kind().getSimpleName() + " " + poison.name() + " is stored")
        .until(() -> {
          try {
            client.raw(world.own(poison.path()), "POST", poison.manifest(poison.name()));
            return true;
          } catch (KubernetesClientException e) {
            if (isInvalid(e)) {
              return false;
            }
            return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
          }
        });
  }

  private static boolean isInvalid(KubernetesClientException refused) {
    return refused.getCode() == 422;
  }

  private static void withLooseSchemas(KubernetesClient client, Runnable action) {
    JSONSchemaProps anything =
        new JSONSchemaPropsBuilder()
            .withType("object")
            .withXKubernetesPreserveUnknownFields(true)
            .build();
    Map<String, JSONSchemaProps> strict = new TreeMap<>();
    Crds.read(Path.of("..", "crds"))
        .forEach(it ->
            strict.put(
                it.getMetadata().getName(),
                it.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema()));
    strict.keySet().forEach(definition -> setSchema(client, definition, anything));
    action.run();
    strict.forEach((definition, schema) -> setSchema(client, definition, schema));
    otherSchemas().forEach(it -> awaitRefused(it, client));
  }

  private static void setSchema(
      KubernetesClient client, String definition, JSONSchemaProps schema) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(definition)
        .edit(it -> {
          it.getSpec().getVersions().get(0).getSchema().setOpenAPIV3Schema(schema);
          return it;
        });
  }

  private static void awaitRefused(Poison poison, KubernetesClient client) {
    await(poison.kind().getSimpleName() + " is checked again")
        .until(() -> {
          try {
            client.raw(poison.path() + "?dryRun=All", "POST", poison.manifest("another"));
            return false;
          } catch (KubernetesClientException e) {
            return isInvalid(e);
          }
        });
  }

  private static Stream<Poison> otherSchemas() {
    return Stream.concat(STORED_UNDER_ANOTHER_SCHEMA.stream(), FROZEN.stream());
  }

  private static void assertAllAreTold(World world) {
    Stream.concat(STORED_UNDER_ANOTHER_SCHEMA.stream(), STORED.stream())
        .forEach(poison ->
            await(poison.kind().getSimpleName() + " " + poison.name())
                .untilAsserted(() ->
                    assertThat(
                            condition(
                                world.get(poison.kind(), poison.namespace(), poison.name()),
                                "Accepted"))
                        .satisfies(
                            it -> assertThat(it.getReason()).isEqualTo(poison.reason()),
                            it ->
                                assertThat(it.getMessage())
                                    .contains(poison.message())
                                    .hasSizeLessThan(1_000))));
  }

  /**
   * The status has to be written anew, under the schema that the object does not fit. The API
   * server also drops the managers of fields by itself when it can't compare two versions of an
   * object.
   */
  private static void removeStatusAndManagers(Poison poison, KubernetesClient client, World world) {
    var object =
        client
            .resources(poison.kind())
            .inNamespace(world.own(poison.namespace()))
            .withName(world.own(poison.name()));
    PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
    object.subresource("status").patch(merge, "{\"status\": null}");
    object.patch(merge, "{\"metadata\": {\"managedFields\": [{}]}}");
  }

  private static void assertOthersGoOn(World world, String name) {
    world.apply(
        Ecommerce.subscription("orders", name, "filter: {detailTypes: [Delivery.Updated]}"));
    world.ready(EventSubscription.class, "orders-#", name);
  }
}
