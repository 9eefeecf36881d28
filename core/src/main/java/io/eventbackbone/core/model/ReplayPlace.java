package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.core.resource.AccountScope;

/** The account and Region where a replay runs, and whether the operator may change them. */
public record ReplayPlace(
    AwsAccount account, AccountScope scope, ManagementPolicy managementPolicy) {}
