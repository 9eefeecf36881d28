package io.eventbackbone.sandbox.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The maker of a call, as AWS policies see the maker. */
public sealed interface Principal {

  /** The name of the principal in refusals: an ARN, or the name of a service. */
  String identity();

  /**
   * An identity of an account.
   *
   * @param accountId twelve digits
   * @param arn of the account root, or of the assumed role's session
   * @param sessionPolicy of AssumeRole; the session may do no more than this policy allows
   */
  record Account(String accountId, String arn, Optional<JsonNode> sessionPolicy)
      implements Principal {

    @Override
    public String identity() {
      return arn;
    }

    /** An identity that no session policy limits. */
    public Account(String accountId, String arn) {
      this(accountId, arn, Optional.empty());
    }
  }

  /**
   * A workload that an OpenID Connect provider vouches for.
   *
   * @param provider ARN of the provider in the role's account
   */
  record WebIdentity(String provider) implements Principal {

    @Override
    public String identity() {
      return provider;
    }
  }

  /**
   * An AWS service that acts for one of its resources.
   *
   * @param name for instance {@code events.amazonaws.com}
   */
  record Service(String name) implements Principal {

    @Override
    public String identity() {
      return name;
    }
  }
}
