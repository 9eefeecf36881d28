/** Files and folders that a person names. */
package io.eventbackbone.cli.file;
