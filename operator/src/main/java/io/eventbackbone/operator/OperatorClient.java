package io.eventbackbone.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * The client of the operator. It reads objects without {@code managedFields}, which nobody here
 * looks at, and which take more of a cache's memory than all the rest. What is written without them
 * leaves them to the API server (Kubernetes documentation, "Server-Side Apply").
 */
public final class OperatorClient {

  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  private OperatorClient() {}

  public static KubernetesClient of(Config config) {
    ObjectMapper mapper = new ObjectMapper();
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(mapper, false))
        .build();
  }
}
