package io.eventbackbone.operator.leadership;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Set;

/** Checks the fence before each attempt of each request that a Kubernetes client writes with. */
public final class FencedRequests implements Interceptor {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Fence fence;

  public FencedRequests(Fence fence) {
    this.fence = fence;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!READING.contains(request.method())) {
      fence.check();
    }
  }
}
