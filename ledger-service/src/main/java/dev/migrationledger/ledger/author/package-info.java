/**
 * Who wrote the files of revisions: {@code FileAuthorsView} keeps what agents read of Git, by the digest of a file, and {@code KnownAuthors} answers who of
 * these the ledger knows. It is the one place with names and addresses of people who only committed something.
 */
@NullMarked
package dev.migrationledger.ledger.author;

import org.jspecify.annotations.NullMarked;
