package io.eventbackbone.operator.cluster;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;

/** The one way by which statuses are written. */
public interface Statuses {

  /** The end of a write. */
  enum Written {
    DONE,
    /** Nothing was written: the object changed since it was read. */
    CHANGED_SINCE
  }

  /** Writes a status onto the object that it was made for, and onto no later version. */
  <S, R extends CustomResource<?, S>> Written write(R object, S status, Context<R> context);

  /**
   * Writes by server-side apply. The answer of the API server is what the next reconciliation
   * begins with: the watch may bring the answer late, and a reconciliation of the version before
   * would write back the old status, and record its Events again. With UpdateControl,
   * java-operator-sdk writes without resourceVersion, and drops the answer.
   *
   * <p>The API server can't apply anything to an object that has fields of other types than the
   * schema's, as an object may have that was stored under another schema. The status of such an
   * object is merged.
   */
  final class Applying implements Statuses {

    private static final String STATUS = "status";

    /**
     * Is part of each message by which the API server refuses to apply to an object whose fields
     * have other types (kube-apiserver, structured-merge-diff: "failed to create typed live
     * object", "failed to convert new object to smd typed"). PoisonIT stores such objects.
     */
    private static final String UNTYPED = " typed";

    @Override
    public <S, R extends CustomResource<?, S>> Written write(
        R object, S status, Context<R> context) {
      R applied = statusAlone(object, status);
      try {
        R written = patched(applied, context);
        context
            .eventSourceRetriever()
            .getControllerEventSource()
            .handleRecentResourceUpdate(ResourceID.fromResource(object), written, applied);
        return Written.DONE;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
          return Written.CHANGED_SINCE;
        }
        throw e;
      }
    }

    /** What server-side apply is to own: the status, and nothing that users have written. */
    @SuppressWarnings("unchecked")
    private static <S, R extends CustomResource<?, S>> R statusAlone(R object, S status) {
      try {
        R alone = (R) object.getClass().getConstructor().newInstance();
        alone.setMetadata(
            new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build());
        alone.setStatus(status);
        return alone;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
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
        if (e.getCode() != HttpURLConnection.HTTP_INTERNAL_ERROR
            || !e.getMessage().contains(UNTYPED)) {
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
