package io.eventbackbone.operator.topology;

/** Defaults of the service (EventBridge User Guide, "Amazon EventBridge quotas"). */
public final class Quotas {

  public static final int RULES_PER_BUS = 300;
  public static final int BUS_POLICY_CHARACTERS = 10_240;

  private Quotas() {}
}
