package io.eventbackbone.records;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A component of a record.
 *
 * @param property its name in JSON
 * @param type of a class, not of a primitive
 * @param doc its description; empty: there is none
 * @param only its one value, if it has no other
 */
record Component(
    String property,
    String name,
    TypeName type,
    Presence presence,
    Optional<String> doc,
    Optional<CodeBlock> only) {

  /** When a document has the property. */
  enum Presence {
    REQUIRED,
    REQUIRED_OR_NULL,
    /** A document without the property has null in the record. */
    OPTIONAL,
    /** The component holds all properties that the schema doesn't name. */
    OTHERS
  }

  /** As code declares it: a primitive where there is always a value. */
  TypeName declared() {
    return switch (presence) {
      case REQUIRED -> type.isBoxedPrimitive() ? type.unbox() : type;
      case REQUIRED_OR_NULL, OPTIONAL -> JavaType.nullable(type);
      case OTHERS -> type;
    };
  }

  ParameterSpec inHeader() {
    ParameterSpec.Builder parameter = ParameterSpec.builder(declared(), name);
    switch (presence) {
      case REQUIRED -> parameter.addAnnotation(jsonProperty(true));
      case REQUIRED_OR_NULL ->
          parameter
              .addAnnotation(jsonProperty(true))
              .addAnnotation(
                  AnnotationSpec.builder(JsonInclude.class)
                      .addMember("value", "$T.ALWAYS", JsonInclude.Include.class)
                      .build());
      case OPTIONAL -> parameter.addAnnotation(jsonProperty(false));
      case OTHERS ->
          parameter.addAnnotation(JsonAnySetter.class).addAnnotation(JsonAnyGetter.class);
    }
    return parameter.build();
  }

  private AnnotationSpec jsonProperty(boolean isRequired) {
    AnnotationSpec.Builder annotation =
        AnnotationSpec.builder(JsonProperty.class).addMember("value", "$S", property);
    return isRequired ? annotation.addMember("required", "true").build() : annotation.build();
  }

  /** What the constructor does with the value; empty: it takes the value as it is. */
  CodeBlock check() {
    CodeBlock.Builder code = CodeBlock.builder();
    boolean mayBeNull = presence == Presence.OPTIONAL || presence == Presence.REQUIRED_OR_NULL;
    if (presence == Presence.REQUIRED && !type.isBoxedPrimitive()) {
      code.addStatement("$T.requireNonNull($N, $S)", Objects.class, name, missing());
    }
    Optional<CodeBlock> copy = copy();
    if (presence == Presence.OTHERS) {
      code.addStatement("$1N = $1N == null ? $2T.of() : $3L", name, Map.class, copy.orElseThrow());
    } else if (copy.isPresent()) {
      code.addStatement(
          mayBeNull ? "$1N = $1N == null ? null : $2L" : "$1N = $2L", name, copy.get());
    }
    return code.build();
  }

  /** The value as the builder hands it to the constructor. */
  CodeBlock built() {
    return presence == Presence.REQUIRED && type.isBoxedPrimitive()
        ? CodeBlock.of("$T.requireNonNull($N, $S)", Objects.class, name, missing())
        : CodeBlock.of("$N", name);
  }

  private String missing() {
    return property + " is missing";
  }

  private Optional<CodeBlock> copy() {
    if (!(type instanceof ParameterizedTypeName container)) {
      return Optional.empty();
    }
    if (container.rawType().equals(ClassName.get(Map.class))) {
      return Optional.of(
          CodeBlock.of(
              "$T.unmodifiableMap(new $T<>($N))", Collections.class, LinkedHashMap.class, name));
    }
    return Optional.of(
        container.typeArguments().get(0).isAnnotated()
            ? CodeBlock.of(
                "$T.unmodifiableList(new $T<>($N))", Collections.class, ArrayList.class, name)
            : CodeBlock.of("$T.copyOf($N)", List.class, name));
  }
}
