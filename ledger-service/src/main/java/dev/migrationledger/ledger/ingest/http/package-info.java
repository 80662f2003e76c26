/** Batches of events over HTTP: {@code IngestController} is the address, {@code RequestBody} bounds what is read of a request. */
@NullMarked
package dev.migrationledger.ledger.ingest.http;

import org.jspecify.annotations.NullMarked;
