package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.core.rules.Diagnosis;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Examines again and again until it is ended, from any thread. */
final class Rounds {

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.UNKNOWN;

    /** Gets the report of each round. */
    interface ReportListener {
        /**
         * One round is over.
         *
         * @param changed whether it is another report than the one before
         */
        void reported(Examination examination, Diagnosis diagnosis, DoctorReport report, boolean changed);
    }

    /** Ends with the exit code of the last report. */
    int run(Examiner examiner, Duration pause, ReportListener listener) throws InterruptedException {
        Examination before = null;
        Diagnosis diagnosis = null;
        DoctorReport report = null;
        do {
            Examination now = examiner.look();
            DoctorReport last = report;
            // A diagnosis takes longer than an examination.
            if (diagnosis == null || report == null || !now.equals(before)) {
                diagnosis = Diagnosis.of(now.observations());
                report = DoctorReport.of(now, diagnosis);
                before = now;
            }
            exitCode = report.exitCode();
            listener.reported(now, diagnosis, report, !isSame(report, last));
        } while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        finished.countDown();
        return exitCode;
    }

    private static boolean isSame(DoctorReport report, @Nullable DoctorReport last) {
        return report.equals(last);
    }

    void end() {
        end.countDown();
    }

    /** Ends it, waits for that a moment, and returns the last exit code. */
    int endWithin(Duration patience) throws InterruptedException {
        end();
        boolean inTime = finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        return inTime || exitCode != ExitCode.OK ? exitCode : ExitCode.UNKNOWN;
    }
}
