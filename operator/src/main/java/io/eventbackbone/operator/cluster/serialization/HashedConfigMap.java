package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The part of a watched ConfigMap that the operator keeps in memory. */
@Group("")
@Version("v1")
@Kind("ConfigMap")
@Plural("configmaps")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class) // In place of the one that looks at the kind.
public final class HashedConfigMap extends HashedObject {

  private static final long serialVersionUID = 1L;
}
