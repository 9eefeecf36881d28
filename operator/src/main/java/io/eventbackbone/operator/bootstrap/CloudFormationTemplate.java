package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;

/** Roles as a CloudFormation template, which also works in StackSets. */
final class CloudFormationTemplate {

  /** CloudFormation replaces it with the account number of the stack. */
  static final String ACCOUNT_ID = "${AWS::AccountId}";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
          .enable(
              YAMLGenerator.Feature.MINIMIZE_QUOTES,
              YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS,
              YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private CloudFormationTemplate() {}

  static String of(List<IamRole> roles) {
    ObjectNode template =
        object()
            .put("AWSTemplateFormatVersion", "2010-09-09")
            .put("Description", "Roles of an account of an event backbone");
    ObjectNode resources = template.putObject("Resources");
    ObjectNode outputs = template.putObject("Outputs");
    for (IamRole role : roles) {
      String id = logicalId(role);
      resources.putObject(id).put("Type", "AWS::IAM::Role").set("Properties", properties(role));
      outputs
          .putObject(id + "Arn")
          .put("Description", role.description())
          .putObject("Value")
          .putArray("Fn::GetAtt")
          .add(id)
          .add("Arn");
    }
    return text(template);
  }

  private static ObjectNode properties(IamRole role) {
    ObjectNode properties =
        object().put("RoleName", role.name()).put("Description", role.description());
    properties.set("AssumeRolePolicyDocument", substituted(role.trustPolicy()));
    properties
        .putArray("Policies")
        .addObject()
        .put("PolicyName", IamRole.POLICY_NAME)
        .set("PolicyDocument", substituted(role.policy()));
    return properties;
  }

  /** The document with Fn::Sub around texts that contain a parameter. */
  private static JsonNode substituted(JsonNode node) {
    if (node.isTextual() && node.textValue().contains(ACCOUNT_ID)) {
      return object().put("Fn::Sub", node.textValue());
    }
    if (node.isArray()) {
      ArrayNode elements = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> elements.add(substituted(element)));
      return elements;
    }
    if (node.isObject()) {
      ObjectNode members = object();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        members.set(member.getKey(), substituted(member.getValue()));
      }
      return members;
    }
    return node;
  }

  private static String logicalId(IamRole role) {
    return Character.toUpperCase(role.function().charAt(0)) + role.function().substring(1) + "Role";
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String text(ObjectNode template) {
    try {
      return YAML.writeValueAsString(template);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }
}
