package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/**
 * The common parts of the seven kinds. An object whose spec can't be read has no spec and keeps the
 * cause. An object without a status gets an empty one.
 *
 * @param <S> spec
 * @param <T> status
 */
public abstract class BackboneResource<S, T extends ConditionedStatus>
    extends CustomResource<S, T> {

  private static final long serialVersionUID = 1L;

  private transient Optional<Unreadable> reason = Optional.empty();

  /** The cause of a missing spec. Empty: the object has a spec. */
  public final Optional<Unreadable> unreadable() {
    return getSpec() == null ? reason.or(() -> Optional.of(Unreadable.MISSING)) : Optional.empty();
  }

  /** Drops the spec and keeps the cause. */
  public final void becomeUnreadable(Unreadable why) {
    setSpec(null);
    reason = Optional.of(why);
  }

  @Override
  protected S initSpec() {
    return null;
  }

  @Override
  @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Unobserved.class)
  public T getStatus() {
    return super.getStatus();
  }

  @Override
  public void setStatus(T status) {
    super.setStatus(status == null ? initStatus() : status);
  }
}
