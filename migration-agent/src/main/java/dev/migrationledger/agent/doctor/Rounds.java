package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.core.rules.Diagnosis;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks again and again until somebody ends it, from any thread. */
final class Rounds {

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.UNKNOWN;

    /** Is told of each look. */
    interface Shown {
        /**
         * One look.
         *
         * @param changed whether it is another report than the one before
         */
        void show(Examination examination, Diagnosis diagnosis, DoctorReport report, boolean changed);
    }

    /** Ends with the exit code of the last report. */
    int run(Examiner examiner, Duration pause, Shown shown) throws InterruptedException {
        Examination before = null;
        Diagnosis diagnosis = null;
        DoctorReport report = null;
        do {
            Examination now = examiner.look();
            DoctorReport last = report;
            // Judging takes longer than looking.
            if (diagnosis == null || report == null || !now.equals(before)) {
                diagnosis = Diagnosis.of(now.observations());
                report = DoctorReport.of(now, diagnosis);
                before = now;
            }
            exitCode = report.exitCode();
            shown.show(now, diagnosis, report, !isSame(report, last));
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

    /** Ends it, waits for that a moment, and says what was seen last. */
    int endWithin(Duration patience) throws InterruptedException {
        end();
        boolean inTime = finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        return inTime || exitCode != ExitCode.OK ? exitCode : ExitCode.UNKNOWN;
    }
}
