package io.eventbackbone.cli.export;

/**
 * A file for another tool.
 *
 * @param path below the folder that the person names, with slashes
 */
public record ExportedFile(String path, String text) {}
