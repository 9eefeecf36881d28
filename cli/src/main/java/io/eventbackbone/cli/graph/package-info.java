/** The topology as a graph. Pure; uses the core, {@code answer} and {@code cluster}. */
package io.eventbackbone.cli.graph;
