/** An issuer of id tokens, which a test starts. */
@NullMarked
package dev.migrationledger.testsupport.issuer;

import org.jspecify.annotations.NullMarked;
