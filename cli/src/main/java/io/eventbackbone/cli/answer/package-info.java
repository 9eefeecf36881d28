/**
 * What the verbs answer, as records that become JSON and YAML as they are. Uses no other package.
 */
package io.eventbackbone.cli.answer;
