/** Ports of this machine. */
@NullMarked
package dev.migrationledger.testsupport.net;

import org.jspecify.annotations.NullMarked;
