/**
 * The command {@code doctor}: what state a database is really in, and how to repair it. Start with {@link
 * dev.migrationledger.agent.doctor.DoctorCommand}: an {@code Examiner} gathers what can be seen, the rules of the contracts judge it, and
 * {@code ReportText} shows the judgement. A finding that is missing here is a rule that is missing there.
 */
@NullMarked
package dev.migrationledger.agent.doctor;

import org.jspecify.annotations.NullMarked;
