/**
 * How a refusal is said over HTTP (RFC 9457): start with {@link Problem}.
 */
@NullMarked
package dev.migrationledger.contracts.problem;

import org.jspecify.annotations.NullMarked;
