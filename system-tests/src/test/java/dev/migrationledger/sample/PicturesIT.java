package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the pictures of the documents can be taken. Its ledger has one project, as the reader's has. */
class PicturesIT {

    @TempDir
    private Path work;

    @TempDir
    private Path pictures;

    @Test
    void each_page_of_the_documents_can_be_photographed() throws Exception {
        SampleLayout layout = SampleLayout.here().workingIn(work);
        try (SampleLedger ledger = SampleLedger.startJar(layout); SampleRun run = new SampleRun(ledger, layout)) {
            for (String environment : SampleRun.ENVIRONMENTS) {
                run.databases().create(environment);
            }
            SamplePictures.prepare(run, layout);

            SamplePictures.take(run, layout.root(), pictures);

            for (String name : SamplePictures.PAGES.keySet()) {
                BufferedImage picture = Objects.requireNonNull(ImageIO.read(pictures.resolve(name + ".png").toFile()));
                assertThat(picture.getWidth()).as(name).isEqualTo(1280);
                assertThat(IntStream.range(0, picture.getHeight()).mapToObj(y -> picture.getRGB(100, y)).distinct()
                        .count()).as("colours of %s", name).isGreaterThan(3);
            }
        }
    }
}
