package dev.migrationledger.agent.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

    /** A command that ends, and the hook of a signal. */
    @Test
    void two_threads_that_close_it_at_once_leave_nothing() throws Exception {
        for (int round = 0; round < 10; round++) {
            TemporaryFolder folder = TemporaryFolder.create("test");
            for (int i = 0; i < 200; i++) {
                Files.createFile(Files.createDirectories(folder.path().resolve("d" + i % 20)).resolve("f" + i));
            }
            CyclicBarrier start = new CyclicBarrier(2);
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                List<Future<Void>> closed = IntStream.range(0, 2).mapToObj(_ -> both.<Void>submit(() -> {
                    start.await();
                    folder.close();
                    return null;
                })).toList();
                for (Future<Void> one : closed) {
                    one.get();
                }
            }
            assertThat(folder.path()).doesNotExist();
        }
    }
}
