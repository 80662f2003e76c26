/** What the compiler knows of source text and no class file keeps. Read {@link dev.migrationledger.testsupport.source.OpenSwitches} first. */
@org.jspecify.annotations.NullMarked
package dev.migrationledger.testsupport.source;
