package io.eventbackbone.sandbox;

import io.eventbackbone.sandbox.access.AccessDecision;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.api.Scheduler;
import io.eventbackbone.sandbox.cloudwatch.CloudWatchService;
import io.eventbackbone.sandbox.eventbridge.EventBridgeService;
import io.eventbackbone.sandbox.eventbridge.RuleQuotas;
import io.eventbackbone.sandbox.faults.Fault;
import io.eventbackbone.sandbox.faults.Faults;
import io.eventbackbone.sandbox.faults.InjectedFault;
import io.eventbackbone.sandbox.http.Dispatcher;
import io.eventbackbone.sandbox.http.FrontDoor;
import io.eventbackbone.sandbox.iam.IamService;
import io.eventbackbone.sandbox.iam.PolicyAuthorizer;
import io.eventbackbone.sandbox.iam.Roles;
import io.eventbackbone.sandbox.iam.Seed;
import io.eventbackbone.sandbox.iam.Trust;
import io.eventbackbone.sandbox.logs.LogsService;
import io.eventbackbone.sandbox.schemas.SchemasService;
import io.eventbackbone.sandbox.servicequotas.ServiceQuotasService;
import io.eventbackbone.sandbox.sqs.SqsService;
import io.eventbackbone.sandbox.sts.Sessions;
import io.eventbackbone.sandbox.sts.StsService;
import io.eventbackbone.sandbox.tagging.TaggingService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Amazon EventBridge with its Schemas, STS, IAM's roles, SQS, CloudWatch Logs, metrics and Service
 * Quotas, for any number of accounts, at one endpoint. A caller is the account whose number its
 * access key id is, or the role that it assumed.
 */
public final class Sandbox implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final Clock CLOCK = Clock.systemUTC();

  private final RuleQuotas quotas;
  private final FrontDoor frontDoor;
  private volatile Accounts accounts;

  private Sandbox(String host, int port, Roles roles, RuleQuotas quotas) {
    this.quotas = quotas;
    accounts = new Accounts(roles);
    frontDoor = new FrontDoor(host, port, () -> accounts.dispatcher);
  }

  /** The state of all accounts, and the record of calls. */
  private final class Accounts {

    private final Faults faults = new Faults(CLOCK);
    private final Roles roles;
    private final PolicyAuthorizer authorizer;
    private final Scheduler scheduler = new Scheduler.Threads();
    private final Dispatcher dispatcher;

    Accounts(Roles roles) {
      this.roles = roles;
      authorizer = new PolicyAuthorizer(roles);
      Trust trust = new Trust(roles, authorizer);
      Sessions sessions = new Sessions(trust, CLOCK);
      SqsService sqs = new SqsService(authorizer, CLOCK, Sandbox.this::endpoint, scheduler);
      LogsService logs = new LogsService(authorizer, CLOCK);
      EventBridgeService eventBridge =
          new EventBridgeService(
              authorizer, trust, Map.of("sqs", sqs, "logs", logs), logs, CLOCK, quotas, scheduler);
      SchemasService schemas = new SchemasService(authorizer, eventBridge.discoveredBuses(), CLOCK);
      dispatcher =
          new Dispatcher(
              List.of(
                  eventBridge,
                  sqs,
                  logs,
                  schemas,
                  new ServiceQuotasService(
                      authorizer, Map.of(eventBridge.name(), eventBridge.quotas())),
                  new StsService(trust, sessions, CLOCK),
                  new IamService(roles, authorizer, CLOCK),
                  new CloudWatchService(authorizer, CLOCK, List.of(sqs)),
                  new TaggingService(authorizer, List.of(eventBridge, sqs, logs, schemas))),
              sessions,
              faults,
              CLOCK);
    }
  }

  /** Starts on a free port of the loopback interface. */
  public static Sandbox start() {
    return new Sandbox(LOOPBACK, 0, new Roles(), RuleQuotas.DEFAULT);
  }

  /**
   * Starts on a port.
   *
   * @param seed roles and an organization to begin with, see {@link Seed}
   * @param quotas that AWS raises on request
   * @throws IOException when the seed can't be read
   */
  public static Sandbox start(String host, int port, Optional<Path> seed, RuleQuotas quotas)
      throws IOException {
    Roles roles = new Roles();
    if (seed.isPresent()) {
      Seed.plant(seed.get(), roles, CLOCK);
    }
    return new Sandbox(host, port, roles, quotas);
  }

  /** Plants a seed into a sandbox that runs. */
  public void plant(Path seed) throws IOException {
    Seed.plant(seed, accounts.roles, CLOCK);
  }

  /** Has calls go wrong until the answer is closed. */
  public InjectedFault inject(Fault fault) {
    return accounts.faults.inject(fault);
  }

  /**
   * Empties all accounts and forgets calls, sessions, faults and what was planted: as a sandbox
   * that was started just now, at the same endpoint.
   */
  public void reset() {
    Accounts before = accounts;
    accounts = new Accounts(new Roles());
    before.scheduler.close();
  }

  public URI endpoint() {
    return frontDoor.endpoint();
  }

  /** The calls so far, oldest first; only the last ones of very many. */
  public List<RecordedCall> calls() {
    return accounts.dispatcher.calls();
  }

  /** The access decisions so far, oldest first; only the last ones of very many. */
  public List<AccessDecision> decisions() {
    return accounts.authorizer.decisions();
  }

  @Override
  public void close() {
    frontDoor.close();
    accounts.scheduler.close();
  }
}
