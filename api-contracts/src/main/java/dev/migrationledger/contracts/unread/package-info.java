/**
 * Why a reader of scripts gave up, as facts: a code and values, never a sentence. Start with {@link UnreadReason}. To add a code: a record
 * or a constant in its family; the compiler names the place in module core that makes its clause.
 */
@NullMarked
package dev.migrationledger.contracts.unread;

import org.jspecify.annotations.NullMarked;
