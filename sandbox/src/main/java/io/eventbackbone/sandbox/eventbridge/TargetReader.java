package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.EventPath;
import io.eventbackbone.sandbox.eventbridge.model.Shapes;
import io.eventbackbone.sandbox.eventbridge.model.Target;
import io.eventbackbone.sandbox.eventbridge.model.Target.RetryPolicy;
import io.eventbackbone.sandbox.eventbridge.model.TargetInput;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a target of PutTargets, and refuses a target that AWS would refuse. */
final class TargetReader {

  private static final Pattern ARN =
      Pattern.compile("arn:aws[\\w-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+");

  private static final Pattern QUEUE_ARN =
      Pattern.compile("arn:aws[\\w-]*:sqs:[a-z0-9-]+:[0-9]{12}:[\\w-]{1,80}");

  private static final Pattern LOG_GROUP_ARN =
      Pattern.compile("arn:aws[\\w-]*:logs:[a-z0-9-]+:[0-9]{12}:log-group:[^:]+");

  /** Members of Target for services that the sandbox does not deliver to. */
  private static final Set<String> OTHER_PARAMETERS =
      Set.of(
          "KinesisParameters",
          "RunCommandParameters",
          "EcsParameters",
          "BatchParameters",
          "HttpParameters",
          "RedshiftDataParameters",
          "SageMakerPipelineParameters",
          "AppSyncParameters");

  /** Services whose targets need a role (EventBridge User Guide, "Targets"). */
  private static final Set<String> WITH_ROLE = Set.of("kinesis", "firehose", "states", "events");

  Target read(Members input, BusId bus) {
    String id = input.requiredText("Id", Shapes.TARGET_ID);
    String arn = input.requiredText("Arn", Shapes.ARN);
    if (!ARN.matcher(arn).matches()) {
      throw wrongArn(arn);
    }
    check(input, id, arn, bus);
    Optional<String> messageGroupId =
        input
            .structure("SqsParameters")
            .flatMap(sqs -> sqs.text("MessageGroupId", Shapes.MESSAGE_GROUP_ID));
    if (Target.service(arn).equals("sqs") && arn.endsWith(".fifo") && messageGroupId.isEmpty()) {
      throw EventBridgeErrors.validation(
          "Parameter(s) SqsParameters must be specified for target: " + id + ".");
    }
    return new Target(
        id,
        arn,
        input.text("RoleArn", Shapes.ARN),
        input(input, id),
        deadLetter(input, bus),
        input.structure("RetryPolicy").map(TargetReader::retryPolicy),
        messageGroupId,
        input.asGiven(OTHER_PARAMETERS));
  }

  private static void check(Members input, String id, String arn, BusId bus) {
    String service = Target.service(arn);
    boolean isDestination = arn.contains(":api-destination/");
    if (service.equals("events") && !isDestination) {
      checkBus(input, id, arn, bus);
    } else if (service.equals("logs")) {
      checkLogGroup(input, id, arn, bus);
    } else {
      checkElsewhere(input, arn, bus);
    }
  }

  /** Other targets are in the same Region; in another account they need a role. */
  private static void checkElsewhere(Members input, String arn, BusId bus) {
    String[] parts = arn.split(":", 6);
    if (!parts[3].equals(bus.home().region())) {
      throw EventBridgeErrors.validation(
          "Target %s is not in Region %s: only event buses are targets of other Regions."
              .formatted(arn, bus.home().region()));
    }
    boolean isForeign = !parts[4].equals(bus.home().accountId());
    if ((isForeign || WITH_ROLE.contains(parts[2])) && !input.has("RoleArn")) {
      throw roleRequired(arn);
    }
  }

  private static AwsException roleRequired(String arn) {
    return EventBridgeErrors.validation("RoleArn is required for target " + arn + ".");
  }

  private static void checkBus(Members input, String id, String arn, BusId bus) {
    BusId target = BusId.ofArn(arn).orElseThrow(() -> wrongArn(arn));
    if (target.equals(bus)) {
      throw EventBridgeErrors.validation("An event bus cannot target itself.");
    }
    if (!input.has("RoleArn")) {
      throw roleRequired(arn);
    }
    if (input.has("RetryPolicy")) {
      throw EventBridgeErrors.validation("Retry policy is not supported for Event bus targets.");
    }
    if (Stream.of("Input", "InputPath", "InputTransformer").anyMatch(input::has)) {
      throw EventBridgeErrors.validation(
          "Modifying the input for target " + id + " is not supported");
    }
  }

  private static void checkLogGroup(Members input, String id, String arn, BusId bus) {
    if (!LOG_GROUP_ARN.matcher(arn).matches()) {
      throw wrongArn(arn);
    }
    checkLocal(arn, bus);
    if (input.has("RoleArn")) {
      throw EventBridgeErrors.validation("RoleArn is not supported for target " + arn + ".");
    }
    if (input.has("Input") || input.has("InputPath")) {
      throw EventBridgeErrors.validation(
          "Input and InputPath are not valid forms of input for target "
              + id
              + ". The only valid form of input is InputTransformer.");
    }
  }

  private static void checkLocal(String arn, BusId bus) {
    String[] parts = arn.split(":", 6);
    if (!parts[3].equals(bus.home().region()) || !parts[4].equals(bus.home().accountId())) {
      throw EventBridgeErrors.validation(
          "Target %s is not in account %s and Region %s."
              .formatted(arn, bus.home().accountId(), bus.home().region()));
    }
  }

  private static TargetInput input(Members input, String id) {
    Optional<String> constant = input.text("Input", Shapes.INPUT);
    Optional<String> path = input.text("InputPath", Shapes.INPUT_PATH);
    Optional<Members> transformer = input.structure("InputTransformer");
    if (Stream.of(constant, path, transformer).filter(Optional::isPresent).count() > 1) {
      throw EventBridgeErrors.validation(
          "Only one of Input, InputPath, or InputTransformer must be provided for target "
              + id
              + ".");
    }
    return constant
        .map(json -> constant(json, id))
        .or(() -> path.map(text -> new TargetInput.Part(path(text, id))))
        .or(() -> transformer.map(t -> transformer(t, id)))
        .orElseGet(TargetInput.WholeEvent::new);
  }

  private static TargetInput constant(String json, String id) {
    if (Json.parse(json).isEmpty()) {
      throw EventBridgeErrors.validation("JSON syntax error in input for target " + id + ".");
    }
    return new TargetInput.Constant(json);
  }

  private static TargetInput transformer(Members input, String id) {
    Map<String, EventPath> paths = new TreeMap<>();
    input
        .textsByKey("InputPathsMap", Shapes.INPUT_PATH)
        .forEach((name, text) -> paths.put(name, path(text, id)));
    if (paths.size() > 100) {
      throw EventBridgeErrors.validation(
          "InputPathsMap of target " + id + " has more than 100 paths.");
    }
    TargetInput.Transformer transformer =
        new TargetInput.Transformer(
            Map.copyOf(paths), input.requiredText("InputTemplate", Shapes.INPUT_TEMPLATE));
    transformer.unknownPlaceholders().stream()
        .findFirst()
        .ifPresent(placeholder -> {
          throw EventBridgeErrors.validation(
              "InputTemplate for target %s contains invalid placeholder %s."
                  .formatted(id, placeholder));
        });
    return transformer;
  }

  private static EventPath path(String text, String id) {
    return EventPath.parse(text)
        .orElseThrow(() ->
            EventBridgeErrors.validation(
                "Invalid InputPath for target %s: %s".formatted(id, text)));
  }

  /** EventBridge User Guide, "Using dead-letter queues": a standard queue of the same Region. */
  private static Optional<String> deadLetter(Members input, BusId bus) {
    Optional<String> queue =
        input.structure("DeadLetterConfig").flatMap(config -> config.text("Arn", Shapes.ARN));
    queue
        .filter(arn -> !QUEUE_ARN.matcher(arn).matches() || !inRegion(arn, bus))
        .ifPresent(arn -> {
          throw EventBridgeErrors.validation(
              "Dead-letter queue %s is not a standard SQS queue in Region %s."
                  .formatted(arn, bus.home().region()));
        });
    return queue;
  }

  private static boolean inRegion(String arn, BusId bus) {
    return arn.split(":", 6)[3].equals(bus.home().region());
  }

  private static RetryPolicy retryPolicy(Members policy) {
    return new RetryPolicy(
        policy.integer("MaximumRetryAttempts", 0, 185),
        policy.integer("MaximumEventAgeInSeconds", 60, 86_400));
  }

  private static AwsException wrongArn(String arn) {
    return EventBridgeErrors.validation(
        "Parameter " + arn + " is not valid. Reason: Provided Arn is not in correct format.");
  }
}
