package dev.migrationledger.ledger.webhook.delivery;

import java.time.Duration;

/**
 * What came of sending a message once.
 *
 * @param accepted whether the receiver has it
 * @param words a status, or why there was none
 * @param retryAfter how long the receiver asks to wait; zero: it does not
 */
record ReceiverAnswer(boolean accepted, String words, Duration retryAfter) {

    static ReceiverAnswer failed(String words) {
        return new ReceiverAnswer(false, words, Duration.ZERO);
    }
}
