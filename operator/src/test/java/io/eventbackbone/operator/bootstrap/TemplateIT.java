package io.eventbackbone.operator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.local.launcher.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the tools that templates are for take them. */
class TemplateIT {

  private static final String CFN_LINT = "1.58.0";

  private static final Pattern HEREDOC = Pattern.compile("(?s)<<JSON\n(.*?)\nJSON\n");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"backbone,", "service,", "backbone, 111111111111", "service, 012345678901"})
  void cfnLintFindsNothing(String kind, String account) throws Exception {
    Path template = directory.resolve("template.yaml");
    Files.writeString(
        template,
        account == null
            ? Bootstrap.run(kind).out()
            : Bootstrap.run(kind, "--account=" + account).out());

    Command.Result outcome =
        Tool.run(directory, List.of(cfnLint().toString(), template.toString()));

    assertThat(outcome.text()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backbone", "service"})
  void terraformFormatsItAsItIs(String kind) throws Exception {
    Path configuration = directory.resolve("main.tf");
    Files.writeString(configuration, terraform(kind));
    if (!Tool.isOnPath("terraform")) {
      Tool.skip(getClass().getName(), "no terraform on the PATH, whose fmt would check this");
    }

    Command.Result outcome =
        Tool.run(directory, List.of("terraform", "fmt", "-check", "-diff", "main.tf"));

    assertThat(outcome.exitCode()).as(outcome.text()).isZero();
  }

  /** Providers can't be had everywhere, so that what Terraform would validate is looked at here. */
  @ParameterizedTest
  @ValueSource(strings = {"BACKBONE", "SERVICE"})
  void terraformHasTheSamePolicies(AccountKind kind) throws IOException {
    List<JsonNode> expected = new ArrayList<>();
    for (IamRole role : AccountRoles.of(Bootstrap.preparation(kind, "111111111111"))) {
      expected.add(role.trustPolicy());
      expected.add(role.policy());
    }
    String configuration = terraform(kind.toString());
    assertThat(policies(configuration)).isEqualTo(expected);
    assertThat(configuration).doesNotContain("${", "%{");
    String outside = HEREDOC.matcher(configuration).replaceAll("\"\"\n");
    assertThat(outside.chars().filter(it -> it == '{').count())
        .isEqualTo(outside.chars().filter(it -> it == '}').count());
    assertThat(outside.chars().filter(it -> it == '"').count() % 2).isZero();
  }

  private static List<JsonNode> policies(String configuration) throws JsonProcessingException {
    List<JsonNode> policies = new ArrayList<>();
    Matcher heredoc = HEREDOC.matcher(configuration);
    while (heredoc.find()) {
      policies.add(new JsonMapper().readTree(heredoc.group(1)));
    }
    return policies;
  }

  private static String terraform(String kind) {
    return Bootstrap.run(kind, "--format=terraform", "--account=111111111111").out();
  }

  /** From PyPI, into a virtual environment that later runs use again. */
  private Path cfnLint() throws IOException, InterruptedException {
    Path home =
        Path.of(
            System.getProperty("user.home"), ".cache", "event-backbone", "cfn-lint-" + CFN_LINT);
    Path program = home.resolve("bin").resolve("cfn-lint");
    if (Files.isExecutable(program)) {
      return program;
    }
    if (!Tool.isOnPath("python3")) {
      Tool.missing(getClass().getName(), "no python3 on the PATH, which cfn-lint needs");
    }
    Files.createDirectories(home.getParent());
    Command.Result made = Tool.run(directory, List.of("python3", "-m", "venv", home.toString()));
    Command.Result installed =
        made.exitCode() != 0
            ? made
            : Tool.run(
                directory,
                List.of(
                    home.resolve("bin").resolve("pip").toString(),
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "cfn-lint==" + CFN_LINT));
    if (installed.exitCode() != 0) {
      Tool.missing(getClass().getName(), "cfn-lint can't be installed: " + installed.text());
    }
    return program;
  }
}
