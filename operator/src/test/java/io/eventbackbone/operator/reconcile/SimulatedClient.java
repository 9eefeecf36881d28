package io.eventbackbone.operator.reconcile;

import io.eventbackbone.core.model.Admissions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * As much of a Kubernetes client as reconcilers use: Secrets, ConfigMaps and Events by name, and
 * the status of custom resources.
 */
final class SimulatedClient {

  private final Map<String, HasMetadata> objects;

  /**
   * @param objects by kind, namespace and name
   */
  SimulatedClient(Map<String, HasMetadata> objects) {
    this.objects = objects;
  }

  KubernetesClient client() {
    return (KubernetesClient) proxy(KubernetesClient.class, this::ofClient);
  }

  static String key(HasMetadata object) {
    return Admissions.describe(object);
  }

  private Object ofClient(Object client, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "v1", "events" -> proxy(method.getReturnType(), this::ofClient);
      case "resource" -> {
        HasMetadata object = (HasMetadata) arguments[0];
        yield proxy(
            NamespaceableResource.class, (item, call, values) -> ofObject(object, call, values));
      }
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  @SuppressWarnings("unchecked")
  private Object ofObject(HasMetadata object, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "get" -> objects.get(key(object));
      case "create" -> put("create", object);
      case "patch" -> put("patch", merged(object));
      case "edit" ->
          put("edit", ((UnaryOperator<HasMetadata>) arguments[0]).apply(objects.get(key(object))));
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  /** What becomes of an object by a JSON merge patch (RFC 7386) that names all of its entries. */
  private static HasMetadata merged(HasMetadata patch) {
    return switch (patch) {
      case Secret secret ->
          new SecretBuilder(secret).withData(withoutNulls(secret.getData())).build();
      case ConfigMap map -> new ConfigMapBuilder(map).withData(withoutNulls(map.getData())).build();
      default -> throw new UnsupportedOperationException("patch of " + patch.getKind());
    };
  }

  private static Map<String, String> withoutNulls(Map<String, String> entries) {
    Map<String, String> data = new TreeMap<>(entries);
    data.values().removeIf(Objects::isNull);
    return data;
  }

  private HasMetadata put(String verb, HasMetadata object) {
    return Power.ofThread()
        .write(
            verb + " " + object.getKind(),
            () -> {
              objects.put(key(object), object);
              return object;
            });
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }
}
