package io.eventbackbone.operator.cluster;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;

/** By what statuses are written. */
public interface Statuses {

  /** What became of it. */
  enum Written {
    DONE,
    /** Nothing was written: the object is another one since it was read. */
    CHANGED_SINCE
  }

  /**
   * Writes a status onto the object that it was made for, and onto no later one.
   *
   * @param object its name, resourceVersion and status alone
   */
  <R extends CustomResource<?, ?>> Written write(R object, Context<R> context);

  /**
   * By server-side apply. What the API server answers is what the next reconciliation begins with:
   * the watch may bring it late, and who began with the object before would write back what that
   * said, and tell again what was told. By UpdateControl java-operator-sdk writes without
   * resourceVersion, and drops the answer.
   *
   * <p>The API server can't apply anything to an object that has fields of other types than the
   * schema's, as one may have that was stored under another schema. Such an object's status is
   * merged.
   */
  final class Applying implements Statuses {

    private static final String STATUS = "status";

    @Override
    public <R extends CustomResource<?, ?>> Written write(R object, Context<R> context) {
      try {
        R written = patched(object, context);
        context
            .eventSourceRetriever()
            .getControllerEventSource()
            .handleRecentResourceUpdate(ResourceID.fromResource(object), written, object);
        return Written.DONE;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
          return Written.CHANGED_SINCE;
        }
        throw e;
      }
    }

    private static <R extends CustomResource<?, ?>> R patched(R object, Context<R> context) {
      PatchContext apply =
          new PatchContext.Builder()
              .withPatchType(PatchType.SERVER_SIDE_APPLY)
              .withFieldManager(context.getControllerConfiguration().fieldManager())
              .withForce(true)
              .build();
      try {
        return context.getClient().resource(object).subresource(STATUS).patch(apply);
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_INTERNAL_ERROR) {
          throw e;
        }
        return context
            .getClient()
            .resource(object)
            .subresource(STATUS)
            .patch(PatchContext.of(PatchType.JSON_MERGE));
      }
    }
  }
}
