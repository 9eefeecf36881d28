package io.eventbackbone.sandbox.schemas;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A resource that has tags.
 *
 * @param set replaces the tags
 */
record Tagged(String arn, Map<String, String> tags, Consumer<Map<String, String>> set) {}
