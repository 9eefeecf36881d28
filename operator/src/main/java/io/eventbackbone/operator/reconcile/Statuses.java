package io.eventbackbone.operator.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;

/** By what statuses are written. */
interface Statuses {

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
   */
  final class Applying implements Statuses {

    @Override
    public <R extends CustomResource<?, ?>> Written write(R object, Context<R> context) {
      PatchContext apply =
          new PatchContext.Builder()
              .withPatchType(PatchType.SERVER_SIDE_APPLY)
              .withFieldManager(context.getControllerConfiguration().fieldManager())
              .withForce(true)
              .build();
      try {
        R written = context.getClient().resource(object).subresource("status").patch(apply);
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
  }
}
