/**
 * What holds for every request, before anything of it is read: {@link HostNames} says under which names the ledger answers,
 * {@code WebConfig} puts the filters and the container's own refusals in place.
 */
@NullMarked
package dev.migrationledger.ledger.web;

import org.jspecify.annotations.NullMarked;
