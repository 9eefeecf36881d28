package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/**
 * What the five kinds have in common. An object whose spec can't be read has no spec, and says why.
 * An object without a status has one that says nothing.
 *
 * @param <S> spec
 * @param <T> status
 */
public abstract class BackboneResource<S, T extends ConditionedStatus>
    extends CustomResource<S, T> {

  private static final long serialVersionUID = 1L;

  private transient Optional<Unreadable> reason = Optional.empty();

  /** Why the object has no spec; empty: it has one. */
  public final Optional<Unreadable> unreadable() {
    return getSpec() == null ? reason.or(() -> Optional.of(Unreadable.MISSING)) : Optional.empty();
  }

  /** Drops the spec, and keeps why. */
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
