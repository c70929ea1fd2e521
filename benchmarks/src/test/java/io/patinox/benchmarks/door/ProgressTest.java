package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Progress progress(boolean terminal) {
        return new Progress(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, 4, nanos::get);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void starts_inAPipe_printsALineWhenTheRegimeChanges() {
        Progress progress = progress(false);
        progress.starts("alone", "us", 0);
        progress.finished();
        progress.starts("alone", "peer", 0);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(40));
        progress.finished();
        progress.starts("alone", "us", 1);
        progress.close();
        assertThat(printed()).isEqualTo("0/4 round 1: alone\n2/4 0:40 left, round 2: alone\n");
    }

    @Test
    void starts_onATerminal_writesOverTheSameLine() {
        Progress progress = progress(true);
        progress.starts("alone", "us", 0);
        progress.finished();
        progress.starts("alone", "peer", 0);
        assertThat(printed()).doesNotContain("\n");
        String[] lines = printed().split("\r");
        assertThat(lines[1]).startsWith("[........................] 0/4 alone, us");
        assertThat(lines[2]).startsWith("[######..................] 1/4 0:00 left, alone, peer");
        assertThat(lines[1]).hasSameSizeAs(lines[2]);
        progress.close();
        assertThat(printed()).endsWith(" \r");
    }

    @Test
    void starts_longNames_areCutToTheLine() {
        progress(true).starts("x".repeat(300), "us", 0);
        assertThat(printed().strip()).hasSize(100);
    }
}
