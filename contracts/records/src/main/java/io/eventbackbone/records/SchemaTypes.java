package io.eventbackbone.records;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.eventbackbone.records.Component.Presence;
import io.eventbackbone.records.JavaType.Nullness;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.lang.model.element.Modifier;

/** The Java types of a schema. The schema is one of the subset: the core has read it. */
final class SchemaTypes {

  private final ObjectNode root;
  private final ClassName top;
  private final Identifiers names;
  private final Map<ClassName, TypeSpec.Builder> nested = new LinkedHashMap<>();
  private final Map<String, JavaType> definitions = new HashMap<>();

  private SchemaTypes(ObjectNode root, ClassName top) {
    this.root = root;
    this.top = top;
    names = Identifiers.ofTypes(top.simpleName());
  }

  /**
   * A record, or a sealed interface with its records, with all other types in it.
   *
   * @param doc of the type
   */
  static TypeSpec.Builder of(ObjectNode root, ClassName top, CodeBlock doc) {
    return new SchemaTypes(root, top).top(doc);
  }

  /**
   * Where a type is used.
   *
   * @param owner name of the type around it
   * @param name of the property
   * @param tag the property that tells the alternatives apart, in one of them
   */
  private record Use(String owner, String name, Optional<String> tag) {
    Use(String owner, String name) {
      this(owner, name, Optional.empty());
    }
  }

  private TypeSpec.Builder top(CodeBlock doc) {
    JsonNode schema = root;
    while (schema.has("$ref")) {
      schema = root.path("$defs").path(reference(schema));
    }
    boolean isInterface = schema.has("oneOf");
    TypeSpec.Builder code =
        isInterface ? alternatives(schema, top, doc) : record(schema, top, Optional.empty(), doc);
    nested
        .values()
        .forEach(type -> {
          // JavaPoet asks for what the language implies, and leaves it out.
          code.addType(isInterface ? type.addModifiers(Modifier.STATIC).build() : type.build());
        });
    return code;
  }

  private static String reference(JsonNode schema) {
    return schema
        .path("$ref")
        .asText()
        .substring("#/$defs/".length())
        .replace("~1", "/")
        .replace("~0", "~");
  }

  private JavaType of(JsonNode schema, Use use) {
    if (schema.has("$ref")) {
      return definition(reference(schema), use.tag());
    }
    if (schema.has("oneOf")) {
      ClassName name = name(schema, use);
      nested.put(name, alternatives(schema, name, doc(schema)));
      return new JavaType(name, Nullness.NEVER_NULL);
    }
    if (schema.has("enum") || schema.has("const")) {
      return literals(schema, use);
    }
    Set<String> types = new LinkedHashSet<>();
    JsonNode written = schema.path("type");
    (written.isArray() ? written : List.of(written)).forEach(it -> types.add(it.asText()));
    boolean isAnything = types.remove("");
    Nullness nullness =
        types.remove("null") || isAnything ? Nullness.NULLABLE : Nullness.NEVER_NULL;
    if (types.contains("number")) {
      types.remove("integer");
    }
    return types.size() == 1
        ? new JavaType(ofType(types.iterator().next(), schema, use), nullness)
        : JavaType.anything(nullness);
  }

  private JavaType definition(String name, Optional<String> tag) {
    JavaType known = definitions.get(name);
    if (known == null) {
      known = of(root.path("$defs").path(name), new Use(top.simpleName(), name, tag));
      definitions.put(name, known);
    }
    return known;
  }

  private TypeName ofType(String type, JsonNode schema, Use use) {
    return switch (type) {
      case "boolean" -> ClassName.get(Boolean.class);
      case "number" -> ClassName.get(BigDecimal.class);
      case "integer" -> ClassName.get(Long.class);
      case "string" -> ofFormat(schema.path("format").asText());
      case "array" -> {
        Use item = new Use(use.owner(), Identifiers.singular(use.name()));
        yield ParameterizedTypeName.get(
            ClassName.get(List.class), of(schema.path("items"), item).asArgument());
      }
      default -> object(schema, use);
    };
  }

  private static TypeName ofFormat(String format) {
    return ClassName.get(
        switch (format) {
          case "date-time" -> Instant.class;
          case "date" -> LocalDate.class;
          case "uuid" -> UUID.class;
          default -> String.class;
        });
  }

  private TypeName object(JsonNode schema, Use use) {
    if (schema.path("properties").isEmpty()) {
      return map(schema, use);
    }
    ClassName name = name(schema, use);
    nested.put(name, record(schema, name, use.tag(), doc(schema)));
    return name;
  }

  private TypeName map(JsonNode schema, Use use) {
    JsonNode values = schema.path("additionalProperties");
    Use value = new Use(use.owner(), Identifiers.singular(use.name()));
    return ParameterizedTypeName.get(
        ClassName.get(Map.class), ClassName.get(String.class), of(values, value).asArgument());
  }

  private TypeSpec.Builder record(
      JsonNode schema, ClassName name, Optional<String> tag, CodeBlock doc) {
    Identifiers components = Identifiers.ofComponents();
    List<Component> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String key = property.getKey();
      String hint = tag.filter(key::equals).map(it -> name.simpleName() + "-" + it).orElse(key);
      JavaType type = of(property.getValue(), new Use(name.simpleName(), hint));
      all.add(
          new Component(
              key,
              components.free(Identifiers.component(key)),
              type.name(),
              presence(schema, key, type),
              description(property.getValue()),
              type.only()));
    }
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isObject() && !additional.isEmpty()) {
      all.add(others(schema, components.free("others"), name));
    }
    return RecordCode.of(
        name,
        all,
        additional.isBoolean() && !additional.booleanValue()
            ? RecordCode.Unknown.REFUSED
            : RecordCode.Unknown.IGNORED,
        doc);
  }

  private static Presence presence(JsonNode schema, String property, JavaType type) {
    boolean isRequired =
        schema.path("required").valueStream().anyMatch(it -> it.asText().equals(property));
    if (!isRequired) {
      return Presence.OPTIONAL;
    }
    return switch (type.nullness()) {
      case NULLABLE -> Presence.REQUIRED_OR_NULL;
      case NEVER_NULL -> Presence.REQUIRED;
    };
  }

  private Component others(JsonNode schema, String name, ClassName owner) {
    return new Component(
        "",
        name,
        map(schema, new Use(owner.simpleName(), name)),
        Presence.OTHERS,
        Optional.of("the properties that have no component of their own"),
        Optional.empty());
  }

  private TypeSpec.Builder alternatives(JsonNode schema, ClassName name, CodeBlock doc) {
    String tag = schema.path("discriminator").path("propertyName").asText();
    TypeSpec.Builder code =
        TypeSpec.interfaceBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.SEALED)
            .addJavadoc(doc)
            .addAnnotation(
                AnnotationSpec.builder(JsonTypeInfo.class)
                    .addMember("use", "$T.NAME", JsonTypeInfo.Id.class)
                    .addMember("include", "$T.EXISTING_PROPERTY", JsonTypeInfo.As.class)
                    .addMember("property", "$S", tag)
                    .addMember("visible", "true")
                    .build());
    AnnotationSpec.Builder types = AnnotationSpec.builder(JsonSubTypes.class);
    Set<TypeName> permitted = new LinkedHashSet<>();
    for (JsonNode alternative : schema.path("oneOf")) {
      List<String> tags = tags(alternative, tag);
      Use use = new Use(name.simpleName(), tags.get(0), Optional.of(tag));
      ClassName type = (ClassName) of(alternative, use).name();
      // The head of the top type does not know the names in it.
      ClassName known = top.nestedClass(type.simpleName());
      for (String it : tags) {
        types.addMember(
            "value",
            "$L",
            AnnotationSpec.builder(JsonSubTypes.Type.class)
                .addMember("value", "$T.class", known)
                .addMember("name", "$S", it)
                .build());
      }
      if (permitted.add(known)) {
        nested.get(type).addSuperinterface(name);
      }
    }
    return code.addAnnotation(types.build()).addPermittedSubclasses(permitted);
  }

  private List<String> tags(JsonNode alternative, String tag) {
    JsonNode schema = alternative;
    while (schema.has("$ref")) {
      schema = root.path("$defs").path(reference(schema));
    }
    JsonNode property = schema.path("properties").path(tag);
    while (property.has("$ref")) {
      property = root.path("$defs").path(reference(property));
    }
    List<String> tags = new ArrayList<>();
    (property.has("const") ? List.of(property.get("const")) : property.path("enum"))
        .forEach(it -> tags.add(it.asText()));
    return tags;
  }

  private JavaType literals(JsonNode schema, Use use) {
    List<JsonNode> values = new ArrayList<>();
    (schema.has("const") ? List.of(schema.get("const")) : schema.path("enum")).forEach(values::add);
    Nullness nullness = values.removeIf(JsonNode::isNull) ? Nullness.NULLABLE : Nullness.NEVER_NULL;
    if (values.isEmpty()) {
      return JavaType.anything(nullness);
    }
    if (values.stream().allMatch(JsonNode::isTextual)) {
      return enumeration(values, schema, nullness, use);
    }
    if (values.stream().allMatch(JsonNode::isBoolean)) {
      return new JavaType(ClassName.get(Boolean.class), nullness);
    }
    if (values.stream().allMatch(JsonNode::canConvertToExactIntegral)) {
      boolean areLong = values.stream().allMatch(JsonNode::canConvertToLong);
      return new JavaType(ClassName.get(areLong ? Long.class : BigDecimal.class), nullness);
    }
    return values.stream().allMatch(JsonNode::isNumber)
        ? new JavaType(ClassName.get(BigDecimal.class), nullness)
        : JavaType.anything(nullness);
  }

  private JavaType enumeration(List<JsonNode> values, JsonNode schema, Nullness nullness, Use use) {
    ClassName name = name(schema, use);
    TypeSpec.Builder code =
        TypeSpec.enumBuilder(name).addModifiers(Modifier.PUBLIC).addJavadoc(doc(schema));
    Identifiers constants = Identifiers.ofConstants();
    List<String> written = new ArrayList<>();
    for (JsonNode value : values) {
      String constant = constants.free(Identifiers.constant(value.textValue()));
      written.add(constant);
      code.addEnumConstant(
          constant,
          TypeSpec.anonymousClassBuilder("")
              .addAnnotation(
                  AnnotationSpec.builder(JsonProperty.class)
                      .addMember("value", "$S", value.textValue())
                      .build())
              .build());
    }
    nested.put(name, code);
    return new JavaType(
        name,
        nullness,
        written.size() == 1
            ? Optional.of(CodeBlock.of("$T.$L", name, written.get(0)))
            : Optional.empty());
  }

  /** The title of the schema, else the name of the property; with the owner's name before it. */
  private ClassName name(JsonNode schema, Use use) {
    String title = schema.path("title").asText();
    String own = Identifiers.type(title.isBlank() ? use.name() : title);
    // Without its outer type, which JavaPoet would write before it.
    return ClassName.get("", names.free(own, use.owner() + own));
  }

  private static Optional<String> description(JsonNode schema) {
    return Optional.of(schema.path("description").asText()).filter(it -> !it.isBlank());
  }

  private static CodeBlock doc(JsonNode schema) {
    return description(schema).map(Javadoc::of).orElseGet(() -> CodeBlock.of(""));
  }
}
