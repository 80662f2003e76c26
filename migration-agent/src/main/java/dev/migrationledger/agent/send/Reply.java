package dev.migrationledger.agent.send;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger answers, over HTTP or Kafka.
 *
 * @param status of HTTP, such as 200 or 409
 * @param body JSON: what was asked for, or a problem
 * @param retryAfter how long the ledger asks to wait; absent: it does not say
 */
@SuppressWarnings("ArrayRecordComponent") // nothing compares answers
public record Reply(int status, byte[] body, @Nullable Duration retryAfter) {}
