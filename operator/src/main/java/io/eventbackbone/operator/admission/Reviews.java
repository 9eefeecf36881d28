package io.eventbackbone.operator.admission;

import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.admission.Decision.Allowed;
import io.eventbackbone.operator.admission.Decision.Denied;
import io.eventbackbone.operator.cluster.serialization.ObjectSerialization;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads and writes the AdmissionReviews of the API server (admission.k8s.io/v1). */
public final class Reviews {

  private static final String KIND = "AdmissionReview";
  private static final String VERSION = "admission.k8s.io/v1";
  private static final Set<String> REVIEWED_OPERATIONS = Set.of("CREATE", "UPDATE");
  private static final String DELETION = "DELETE";
  private static final int UNPROCESSABLE = 422;

  private static final KubernetesSerialization JSON = new ObjectSerialization();

  private final Reviewer reviewer;

  public Reviews(Reviewer reviewer) {
    this.reviewer = reviewer;
  }

  /**
   * Answers a review with a review.
   *
   * @throws IllegalArgumentException when the text is not an AdmissionReview, or of another kind
   */
  public String answer(String text) {
    AdmissionRequest request = request(text);
    AdmissionResponse response = response(decide(request));
    response.setUid(request.getUid());
    return JSON.asJson(
        new AdmissionReviewBuilder()
            .withApiVersion(VERSION)
            .withKind(KIND)
            .withResponse(response)
            .build());
  }

  private static AdmissionRequest request(String text) {
    AdmissionReview review;
    try {
      review = JSON.unmarshal(text, AdmissionReview.class);
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not a readable AdmissionReview: " + e.getMessage(), e);
    }
    if (review == null || !VERSION.equals(review.getApiVersion()) || review.getRequest() == null) {
      throw new IllegalArgumentException("the request is not an %s of %s".formatted(KIND, VERSION));
    }
    return review.getRequest();
  }

  private Decision decide(AdmissionRequest request) {
    if (DELETION.equals(request.getOperation())) {
      return request.getOldObject() instanceof HasMetadata leaving
          ? reviewer.ofDeletion(leaving)
          : Decision.ALLOWED;
    }
    if (!REVIEWED_OPERATIONS.contains(request.getOperation())
        || (request.getSubResource() != null && !request.getSubResource().isEmpty())) {
      return Decision.ALLOWED;
    }
    if (!(request.getObject() instanceof HasMetadata applied)) {
      throw new IllegalArgumentException("the AdmissionReview has no object to review");
    }
    return isLeaving(applied) || hasSameSpec(applied, request.getOldObject())
        ? Decision.ALLOWED
        : reviewer.decide(applied);
  }

  private static boolean isLeaving(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  /** Always let finalizers and labels change: otherwise nobody could delete a refused object. */
  private static boolean hasSameSpec(HasMetadata applied, Object before) {
    return applied instanceof CustomResource<?, ?> after
        && before instanceof CustomResource<?, ?> old
        && Objects.equals(after.getSpec(), old.getSpec());
  }

  private static AdmissionResponse response(Decision decision) {
    AdmissionResponseBuilder response = new AdmissionResponseBuilder();
    return switch (decision) {
      case Denied(Reason reason, String message) ->
          response
              .withAllowed(false)
              .withStatus(
                  new StatusBuilder()
                      .withCode(UNPROCESSABLE)
                      .withReason(reason.text())
                      .withMessage(message)
                      .build())
              .build();
      case Allowed(List<String> warnings) ->
          response.withAllowed(true).withWarnings(warnings).build();
    };
  }
}
