package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.Unreadable;
import io.eventbackbone.operator.cluster.serialization.BoundedParser.Bounds;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the seven kinds although their spec or status can't be read. A spec that can't be read is
 * dropped, and the object says why. A status is dropped: the operator writes it anew.
 */
final class TolerantFields extends BeanDeserializerModifier {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(TolerantFields.class);

  private static final String SPEC = "spec";
  private static final String STATUS = "status";

  /**
   * Of what is kept: a copy of an object is made by methods that call themselves once a level, and
   * a short text can be many nodes in memory. A selector may name a thousand namespaces.
   */
  private static final Bounds SPEC_BOUNDS = new Bounds(1_000, 131_072);

  /** A tenant may have many, and none has a selector. */
  private static final Bounds SUBSCRIPTION_BOUNDS = new Bounds(1_000, 32_768);

  /** Of all versions of a contract together. */
  private static final Bounds TYPE_BOUNDS = new Bounds(1_000, 65_536);

  private static final Bounds STATUS_BOUNDS = new Bounds(1_000, Integer.MAX_VALUE);

  @Override
  public BeanDeserializerBuilder updateBuilder(
      DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
    if (BackboneResource.class.isAssignableFrom(bean.getBeanClass())) {
      List<SettableBeanProperty> fields = new ArrayList<>();
      builder.getProperties().forEachRemaining(fields::add);
      for (SettableBeanProperty field : fields) {
        if (field.getName().equals(SPEC)) {
          builder.addOrReplaceProperty(new Spec(field, boundsOfSpec(bean.getBeanClass())), true);
        } else if (field.getName().equals(STATUS)) {
          builder.addOrReplaceProperty(new Status(field), true);
        }
      }
    }
    return builder;
  }

  private static Bounds boundsOfSpec(Class<?> kind) {
    if (kind == EventType.class) {
      return TYPE_BOUNDS;
    }
    return kind == EventSubscription.class ? SUBSCRIPTION_BOUNDS : SPEC_BOUNDS;
  }

  private static final class Spec extends Tolerant {

    private static final long serialVersionUID = 1L;

    Spec(SettableBeanProperty field, Bounds bounds) {
      super(field, bounds);
    }

    @Override
    protected SettableBeanProperty withDelegate(SettableBeanProperty field) {
      return new Spec(field, bounds());
    }

    @Override
    Optional<Unreadable> missing(BackboneResource<?, ?> read) {
      return RequiredFields.missing(SPEC, read.getSpec());
    }

    @Override
    void drop(BackboneResource<?, ?> read, Unreadable why) {
      read.becomeUnreadable(why);
    }
  }

  private static final class Status extends Tolerant {

    private static final long serialVersionUID = 1L;

    Status(SettableBeanProperty field) {
      super(field, STATUS_BOUNDS);
    }

    @Override
    protected SettableBeanProperty withDelegate(SettableBeanProperty field) {
      return new Status(field);
    }

    @Override
    Optional<Unreadable> missing(BackboneResource<?, ?> read) {
      return Optional.empty();
    }

    @Override
    void drop(BackboneResource<?, ?> read, Unreadable why) {
      read.setStatus(null);
      LOG.info(
          "{} {}/{} has a status that can't be read, and gets another: {}",
          read.getKind(),
          read.getMetadata().getNamespace(),
          read.getMetadata().getName(),
          why);
    }
  }

  private abstract static class Tolerant extends SettableBeanProperty.Delegating {

    private static final long serialVersionUID = 1L;

    private final transient Bounds bounds;

    Tolerant(SettableBeanProperty field, Bounds bounds) {
      super(field);
      this.bounds = bounds;
    }

    Bounds bounds() {
      return bounds;
    }

    abstract Optional<Unreadable> missing(BackboneResource<?, ?> read);

    abstract void drop(BackboneResource<?, ?> read, Unreadable why);

    @Override
    public void deserializeAndSet(JsonParser json, DeserializationContext context, Object instance)
        throws IOException {
      BackboneResource<?, ?> read = (BackboneResource<?, ?>) instance;
      JsonStreamContext object =
          json.currentToken().isStructStart()
              ? json.getParsingContext().getParent()
              : json.getParsingContext();
      try {
        delegate.deserializeAndSet(new BoundedParser(json, bounds), context, instance);
        missing(read).ifPresent(why -> drop(read, why));
      } catch (JsonMappingException | IllegalArgumentException | StackOverflowError e) {
        skipTo(object, json);
        drop(read, ReadFailures.unreadable(getName(), e));
      }
    }

    private static void skipTo(JsonStreamContext object, JsonParser json) throws IOException {
      while (json.getParsingContext() != object) {
        if (json.nextToken() == null) {
          throw new EOFException("the object has no end");
        }
      }
    }
  }
}
