package io.eventbackbone.records;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Java type of a schema.
 *
 * @param name of a class, not of a primitive
 * @param nullness whether the schema accepts null
 * @param only its one value, if it has no other
 */
record JavaType(TypeName name, Nullness nullness, Optional<CodeBlock> only) {

  /** Whether a schema accepts null. */
  enum Nullness {
    NEVER_NULL,
    NULLABLE
  }

  JavaType(TypeName name, Nullness nullness) {
    this(name, nullness, Optional.empty());
  }

  /** Values of any type. */
  static JavaType anything(Nullness nullness) {
    return new JavaType(ClassName.get(Object.class), nullness);
  }

  /** As the type of what stands in a list or a map. */
  TypeName asArgument() {
    return switch (nullness) {
      case NEVER_NULL -> name;
      case NULLABLE -> nullable(name);
    };
  }

  static TypeName nullable(TypeName name) {
    return name.annotated(AnnotationSpec.builder(Nullable.class).build());
  }
}
