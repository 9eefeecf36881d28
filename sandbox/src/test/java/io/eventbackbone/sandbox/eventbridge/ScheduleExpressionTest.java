package io.eventbackbone.sandbox.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.sandbox.eventbridge.model.ScheduleExpression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(1 minute)",
        "rate(5 minutes)",
        "rate(1 hour)",
        "rate(24 hours)",
        "rate(1 day)",
        "rate(7 days)",
        "cron(0 2 ? * SAT *)",
        "cron(0 12 * * ? *)",
        "cron(5,35 14 * * ? *)",
        "cron(15 10 ? * 6L 2022-2026)",
        "cron(0/15 * * * ? *)",
        "cron(0/5 8-17 ? * mon-fri *)",
        "cron(0 9 ? * 2#1 *)",
        "cron(0 0 L * ? *)",
        "cron(0 0 3W JAN,FEB ? 2199)",
      })
  void takesSchedules(String expression) {
    assertThat(ScheduleExpression.isValid(expression)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate()",
        "rate(1 minutes)",
        "rate(10 minute)",
        "rate(0 minutes)",
        "rate(-10 minutes)",
        "rate(10 seconds)",
        "rate(10 years)",
        "rate(10)",
        "rate(01 days)",
        "daily",
        "cron()",
        "cron(INVALID)",
        "cron(0 1 * * * *)",
        "cron(0 1 ? * ? *)",
        "cron(7 20 * * NOT *)",
        "cron(0 dummy ? * MON-FRI *)",
        "cron(71 8 1 * ? *)",
        "cron(0 24 ? * SAT *)",
        "cron(0 2 32 * ? *)",
        "cron(0 2 1 13 ? *)",
        "cron(0 2 ? * 8 *)",
        "cron(0 2 1 * ? 1969)",
        "cron(0 2 ? * SAT)",
        "cron(0/0 2 ? * SAT *)",
      })
  void refusesOtherTexts(String expression) {
    assertThat(ScheduleExpression.isValid(expression)).isFalse();
  }
}
