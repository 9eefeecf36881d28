package io.eventbackbone.operator.cluster.serialization;

import io.eventbackbone.api.v1alpha1.Unreadable;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/**
 * Fields that the schema requires. An object that was stored under another schema may lack one, and
 * nobody here asks whether it does.
 */
final class RequiredFields {

  private RequiredFields() {}

  /** The first that a value lacks, or that a value in it lacks. */
  static Optional<Unreadable> missing(String path, Object value) {
    if (!(value instanceof Record fields)) {
      return Optional.empty();
    }
    for (RecordComponent field : fields.getClass().getRecordComponents()) {
      String fieldPath = path + "." + field.getName();
      Object content = content(field, fields);
      Optional<Unreadable> missing =
          content == null && isRequired(field)
              ? Optional.of(new Unreadable(fieldPath, "is missing"))
              : missing(fieldPath, content);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private static boolean isRequired(RecordComponent field) {
    try {
      return field
          .getDeclaringRecord()
          .getDeclaredField(field.getName())
          .isAnnotationPresent(Required.class);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("a record has a field for each component", e);
    }
  }

  private static Object content(RecordComponent field, Record of) {
    try {
      return field.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record has an accessor for each component", e);
    }
  }
}
