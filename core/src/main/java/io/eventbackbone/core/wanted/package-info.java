/**
 * The state that a custom resource wants in AWS, and the tags that name it as the owner. Imports
 * {@code resource}.
 */
package io.eventbackbone.core.wanted;
