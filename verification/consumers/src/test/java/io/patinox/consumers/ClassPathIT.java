package io.patinox.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathIT {

    @TempDir private Path classes;

    @Test
    void program_onTheClassPath_needsNothingElse() throws Exception {
        var plain = new Consumer("plain", classes);

        assertThat(plain.compile("-cp", Consumer.library().toString()).output()).isEmpty();
        var run = Consumer.java("-cp", Consumer.path(classes, Consumer.library()), "plain.Main");

        assertThat(run.output().lines())
                .containsExactly(
                        "connection: lent",
                        "balance: true",
                        "closed",
                        "mapped: Sample[at=1, value=0.5]");
        assertThat(run.exitCode()).isZero();
    }
}
