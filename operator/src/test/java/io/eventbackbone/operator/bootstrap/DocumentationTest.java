package io.eventbackbone.operator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What docs/aws-accounts.md says of the command is so. */
class DocumentationTest {

  private static final Path PAGE = Path.of("..", "docs", "aws-accounts.md");
  private static final Pattern COMMAND = Pattern.compile("(?m)^bootstrap (--.*?) >");
  private static final Pattern OPTION = Pattern.compile("\\| `(--[a-z-]+)`");

  @Test
  void theTableOfStatementsIsThatOfThePolicy() throws IOException {
    List<Grant> backbones = grants(AccountKind.BACKBONE);
    List<Grant> services = grants(AccountKind.SERVICE);
    Stream<String> rows =
        Stream.concat(
            backbones.stream()
                .map(grant ->
                    sameStatement(services, grant)
                        .map(common -> row(grant, "every", Set.copyOf(common.actions())))
                        .orElseGet(() -> row(grant, "the backbone's"))),
            services.stream()
                .filter(grant -> sameStatement(backbones, grant).isEmpty())
                .map(grant -> row(grant, "a service's")));
    String table =
        rows.collect(
            Collectors.joining(
                "", "| statement | account | what for | actions |\n|---|---|---|---|\n", ""));
    assertThat(Files.readString(PAGE))
        .contains("<!-- statements -->\n" + table + "<!-- /statements -->");
  }

  private static List<Grant> grants(AccountKind kind) {
    return OperatorGrants.of(Bootstrap.preparation(kind, "111111111111"));
  }

  private static Optional<Grant> sameStatement(List<Grant> grants, Grant sought) {
    return grants.stream().filter(grant -> grant.sid().equals(sought.sid())).findFirst();
  }

  @Test
  void itsCommandsWork() throws IOException {
    List<String> commands =
        COMMAND.matcher(Files.readString(PAGE)).results().map(it -> it.group(1)).toList();
    assertThat(commands).hasSize(3);
    for (String command : commands) {
      String[] words = command.replaceFirst("--kind (\\S+) ?", "$1 ").strip().split(" ");
      Bootstrap.Answer answer =
          Bootstrap.run(words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
      assertThat(answer.err()).as(command).isEmpty();
      assertThat(answer.exitCode()).as(command).isZero();
    }
  }

  @Test
  void itsOptionsExist() throws IOException {
    List<String> named =
        OPTION.matcher(Files.readString(PAGE)).results().map(it -> it.group(1)).toList();
    assertThat(named).isNotEmpty();
    assertThat(new CommandLine(new BootstrapCommand()).getCommandSpec().optionsMap().keySet())
        .containsAll(named);
  }

  /** LeastPrivilegeIT tries the one of docs/aws-accounts.md. */
  @Test
  void bothPagesGiveTheOperatorTheSamePolicy() throws IOException {
    String install = Files.readString(Path.of("..", "docs", "install.md"));
    assertThat(policy("--policy-document '", install))
        .isEqualTo(policy("<!-- the operator's own policy -->\n```json\n", Files.readString(PAGE)));
  }

  private static JsonNode policy(String before, String page) throws IOException {
    return new ObjectMapper().readTree(page.substring(page.indexOf(before) + before.length()));
  }

  private static String row(Grant grant, String account) {
    return row(grant, account, Set.copyOf(grant.actions()));
  }

  /** Marks the actions that only the backbone's account allows. */
  private static String row(Grant grant, String account, Set<String> common) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            grant.sid(),
            account,
            grant.purpose(),
            grant.actions().stream()
                .map(it -> "`" + it + "`" + (common.contains(it) ? "" : " (the backbone's)"))
                .collect(Collectors.joining(", ")));
  }
}
