/** What a key of an agent signs, and the states that the key passes through: the same over HTTP and Kafka. */
@NullMarked
package dev.migrationledger.agent.send.signed;

import org.jspecify.annotations.NullMarked;
