package io.eventbackbone.operator.admission;

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
import java.util.Objects;
import java.util.Set;

/** AdmissionReviews (admission.k8s.io/v1) as the API server sends and expects them. */
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
   * @throws IllegalArgumentException when the text is none, or of something that is not reviewed
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
      throw new IllegalArgumentException("the request is no %s of %s".formatted(KIND, VERSION));
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

  /** Finalizers and labels may always change: else nobody could let go of what is refused. */
  private static boolean hasSameSpec(HasMetadata applied, Object before) {
    return applied instanceof CustomResource<?, ?> after
        && before instanceof CustomResource<?, ?> old
        && Objects.equals(after.getSpec(), old.getSpec());
  }

  private static AdmissionResponse response(Decision decision) {
    if (decision instanceof Denied denied) {
      return new AdmissionResponseBuilder()
          .withAllowed(false)
          .withStatus(
              new StatusBuilder()
                  .withCode(UNPROCESSABLE)
                  .withReason(denied.reason().text())
                  .withMessage(denied.message())
                  .build())
          .build();
    }
    return new AdmissionResponseBuilder()
        .withAllowed(true)
        .withWarnings(((Allowed) decision).warnings())
        .build();
  }
}
