package io.patinox.benchmarks.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContestantTest {

    @ParameterizedTest
    @ValueSource(strings = {Peers.PATINOX, Peers.CLEANER, Peers.SET})
    void close_calledTwice_closesTheResourceOnce(String name) throws Exception {
        AtomicLong closes = new AtomicLong();
        try (Contestant contestant = Contestant.of(name, () -> new CountedResource(closes))) {
            AutoCloseable handle = contestant.acquire();
            assertThat(closes).hasValue(0);
            handle.close();
            handle.close();
            assertThat(closes).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Peers.PATINOX_OPEN, Peers.PATINOX_BALANCE, Peers.SET})
    void walk_someOpenSomeClosed_seesTheOpenOnes(String name) throws Exception {
        try (Contestant contestant = Contestant.of(name, PlainResource::new)) {
            List<AutoCloseable> handles = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                handles.add(contestant.acquire());
            }
            for (AutoCloseable handle : handles.subList(0, 4)) {
                handle.close();
            }
            assertThat(contestant.walk()).isEqualTo(6);
        }
    }

    @Test
    void netty_asItComes_samplesAndIsClosed() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.SIMPLE);
        NettyResource resource = new NettyResource(Peers.netty());
        assertThat(resource.isClosed()).isFalse();
        resource.close();
        assertThat(resource.isClosed()).isTrue();
    }

    @Test
    void cleanerHandle_closed_hasClosedItsState() {
        CleanerHandle handle = new CleanerHandle(Peers.cleaner(), new PlainResource());
        handle.close();
        assertThat(handle.resource().isClosed()).isTrue();
    }

    @Test
    void walk_whoKeepsNoList_isRefused() throws Exception {
        try (Contestant plain = Contestant.of(Peers.PLAIN, PlainResource::new)) {
            assertThatThrownBy(plain::walk).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void of_unknownName_isRefused() {
        assertThatThrownBy(() -> Contestant.of("finalizer", PlainResource::new))
                .hasMessageContaining("finalizer");
    }
}
