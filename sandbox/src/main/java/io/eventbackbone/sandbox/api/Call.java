package io.eventbackbone.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Principal;

/**
 * One API call as a service sees it, whatever protocol carried it.
 *
 * @param caller the account identity that signed the request
 * @param region taken from the signature's credential scope
 * @param operation name in the service's API model, such as {@code PutRule}
 * @param input members by their names in the API model
 */
public record Call(Principal.Account caller, String region, String operation, ObjectNode input) {}
