package io.eventbackbone.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.eventbackbone.operator.reconcile.HashedSecret;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;

/**
 * The client of the operator, whose objects are cached. It reads them without {@code
 * managedFields}, which nobody here looks at, and which take more of a cache's memory than all the
 * rest. What is written without them leaves them to the API server (Kubernetes documentation,
 * "Server-Side Apply"). And it keeps equal texts once: most of what conditions say is the same for
 * all.
 */
public final class OperatorClient {

  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  private static final class SharedText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    SharedText() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return StringDeserializer.instance.deserialize(json, context).intern();
    }
  }

  private OperatorClient() {}

  public static KubernetesClient of(Config config) {
    ObjectMapper mapper = new ObjectMapper();
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    mapper.registerModule(new SimpleModule().addDeserializer(String.class, new SharedText()));
    KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
    serialization.registerKubernetesResource(HashedSecret.class);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization)
        .build();
  }
}
