package io.eventbackbone.sandbox;

import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.errors.CommonErrors;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Permits everything but the actions that a test refuses, and remembers every request. */
public final class RecordingAuthorizer implements Authorizer {

  /** One request for permission. */
  public record Asked(Principal principal, Access access) {

    public String action() {
      return access.action();
    }

    public String resourceArn() {
      return access.resourceArn();
    }

    public String resourceAccount() {
      return access.resourceAccount();
    }

    public RequestContext context() {
      return access.context();
    }
  }

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Set<String> refused = Set.of();

  public void refuse(String... actions) {
    refused = Set.of(actions);
  }

  public Asked last() {
    return asked.get(asked.size() - 1);
  }

  public List<Asked> asked() {
    return asked;
  }

  @Override
  public void authorize(Principal principal, Access access) {
    asked.add(new Asked(principal, access));
    if (refused.contains(access.action())) {
      throw CommonErrors.accessDenied(access.action() + " on " + access.resourceArn());
    }
  }
}
