package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command as tests run it. */
public final class Bootstrap {

  public static final String OPERATOR = "arn:aws:iam::999999999999:role/event-backbone";
  public static final String EXTERNAL_ID = "backbone-7c1f";

  /** What the command answered. */
  record Answer(int exitCode, String out, String err) {}

  private Bootstrap() {}

  /** Runs it with the options that it can't do without, and others. */
  static Answer run(String kind, String... options) {
    return runAlone(
        Stream.concat(
                Stream.of(
                    "--kind=" + kind,
                    "--region=eu-west-1",
                    "--operator-role-arn=" + OPERATOR,
                    "--external-id=" + EXTERNAL_ID),
                Stream.of(options))
            .toArray(String[]::new));
  }

  static Answer runAlone(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new BootstrapCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(options);
    return new Answer(exitCode, out.toString(), err.toString());
  }

  /** The roles of a rendered template, as {@code AWS::IAM::Role} has them. */
  public static List<JsonNode> roles(String kind, String account, String... options)
      throws JsonProcessingException {
    Answer answer =
        run(
            kind,
            Stream.concat(Stream.of("--account=" + account), Stream.of(options))
                .toArray(String[]::new));
    return new YAMLMapper()
        .readTree(answer.out()).get("Resources").properties().stream()
            .map(resource -> resource.getValue().get("Properties"))
            .toList();
  }

  static Preparation preparation(AccountKind kind, String accountId) {
    return new Preparation(
        kind,
        accountId,
        List.of("eu-west-1"),
        new Preparation.Trusted(OPERATOR, EXTERNAL_ID),
        "event-backbone-operator",
        "global-bus",
        "local-bus-*",
        Optional.empty(),
        Optional.empty(),
        "event-backbone-forwarding",
        List.of());
  }
}
