package io.eventbackbone.sandbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.sandbox.Sandbox;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.BadRequestException;
import software.amazon.awssdk.services.schemas.model.ConflictException;
import software.amazon.awssdk.services.schemas.model.CreateSchemaResponse;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;
import software.amazon.awssdk.services.schemas.model.SchemaVersionSummary;
import software.amazon.awssdk.services.schemas.model.Type;

/** Registries and their schemas, by the AWS SDK. */
class RegistriesTest {

  private static final String ORDER = "{\"type\":\"object\"}";

  private final Sandbox sandbox = Sandbox.start();
  private final SchemasClient schemas = client(sandbox.endpoint());

  @BeforeEach
  void createRegistry() {
    schemas.createRegistry(it -> it.registryName("orders").description("d").tags(Map.of("a", "1")));
  }

  @AfterEach
  void close() {
    schemas.close();
    sandbox.close();
  }

  @Test
  void aRegistryIsMadeListedChangedAndDeleted() {
    schemas.createRegistry(it -> it.registryName("other"));
    schemas.updateRegistry(it -> it.registryName("orders").description("changed"));

    assertThat(schemas.listRegistries(it -> it.registryNamePrefix("o")).registries())
        .extracting(RegistrySummary::registryName)
        .containsExactly("orders", "other");
    assertThat(schemas.describeRegistry(it -> it.registryName("orders")))
        .satisfies(it -> assertThat(it.description()).isEqualTo("changed"))
        .satisfies(it -> assertThat(it.tags()).isEqualTo(Map.of("a", "1")))
        .satisfies(it ->
            assertThat(it.registryArn())
                .isEqualTo("arn:aws:schemas:eu-west-1:111111111111:registry/orders"));
    schemas.deleteRegistry(it -> it.registryName("orders"));
    assertThatThrownBy(() -> schemas.describeRegistry(it -> it.registryName("orders")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aSchemaHasVersions() {
    CreateSchemaResponse created = createSchema();
    schemas.updateSchema(
        it -> it.registryName("orders").schemaName("Order@v1").content("{\"type\":\"string\"}"));
    DescribeSchemaResponse latest = describe("");
    DescribeSchemaResponse first = describe("1");

    assertThat(created.schemaArn())
        .isEqualTo("arn:aws:schemas:eu-west-1:111111111111:schema/orders/Order@v1");
    assertThat(created.schemaVersion()).isEqualTo("1");
    assertThat(latest.schemaVersion()).isEqualTo("2");
    assertThat(latest.content()).isEqualTo("{\"type\":\"string\"}");
    assertThat(latest.type()).isEqualTo("JSONSchemaDraft4");
    assertThat(latest.versionCreatedDate()).isAfterOrEqualTo(first.versionCreatedDate());
    assertThat(first.content()).isEqualTo(ORDER);
    assertThat(schemas.listSchemas(it -> it.registryName("orders")).schemas())
        .extracting(SchemaSummary::versionCount)
        .containsExactly(2L);

    schemas.deleteSchemaVersion(
        it -> it.registryName("orders").schemaName("Order@v1").schemaVersion("1"));
    assertThat(
            schemas
                .listSchemaVersions(it -> it.registryName("orders").schemaName("Order@v1"))
                .schemaVersions())
        .extracting(SchemaVersionSummary::schemaVersion)
        .containsExactly("2");
  }

  @Test
  void registriesAndSchemasHaveTagsThatChange() {
    String schema = createSchema().schemaArn();
    String registry = schemas.describeRegistry(it -> it.registryName("orders")).registryArn();
    for (String arn : List.of(schema, registry)) {
      schemas.tagResource(it -> it.resourceArn(arn).tags(Map.of("b", "2", "c", "3")));
      schemas.untagResource(it -> it.resourceArn(arn).tagKeys("c", "a"));
      assertThat(schemas.listTagsForResource(it -> it.resourceArn(arn)).tags())
          .isEqualTo(Map.of("b", "2"));
    }
    assertThat(describe("").tags()).isEqualTo(Map.of("b", "2"));
    assertThatThrownBy(() -> schemas.listTagsForResource(it -> it.resourceArn(schema + "x")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void refusesWhatIsThereOrNotThereOrNoSchema() {
    createSchema();

    assertThatThrownBy(() -> schemas.createRegistry(it -> it.registryName("orders")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> schemas.createRegistry(it -> it.registryName("aws.events")))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> schemas.deleteRegistry(it -> it.registryName("orders")))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> describe("7")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() ->
            schemas.createSchema(it ->
                it.registryName("orders").schemaName("s").type(Type.OPEN_API3).content("no JSON")))
        .isInstanceOf(BadRequestException.class);
    schemas.deleteSchema(it -> it.registryName("orders").schemaName("Order@v1"));
    assertThatThrownBy(() -> describe("")).isInstanceOf(NotFoundException.class);
  }

  private CreateSchemaResponse createSchema() {
    return schemas.createSchema(it ->
        it.registryName("orders").schemaName("Order@v1").type("JSONSchemaDraft4").content(ORDER));
  }

  private DescribeSchemaResponse describe(String version) {
    return schemas.describeSchema(it ->
        it.registryName("orders")
            .schemaName("Order@v1")
            .schemaVersion(version.isEmpty() ? null : version));
  }

  private static SchemasClient client(URI endpoint) {
    return SchemasClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("111111111111", "any")))
        .build();
  }
}
