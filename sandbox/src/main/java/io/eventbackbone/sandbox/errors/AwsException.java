package io.eventbackbone.sandbox.errors;

/** A refusal, in the terms of the AWS API: error code, HTTP status and message. */
public final class AwsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final int httpStatus;

  public AwsException(int httpStatus, String code, String message) {
    super(message);
    this.httpStatus = httpStatus;
    this.code = code;
  }

  /** A client error; AWS JSON services answer those with HTTP 400. */
  public static AwsException badRequest(String code, String message) {
    return new AwsException(400, code, message);
  }

  public String code() {
    return code;
  }

  public int httpStatus() {
    return httpStatus;
  }
}
