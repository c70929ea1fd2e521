package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllocationTest {

    private volatile Object kept = "";

    @Test
    void leastBytes_callThatAllocates_isSeen() {
        assertThat(Allocation.leastBytes(1_000, i -> kept = new long[4]))
                .isGreaterThanOrEqualTo(48_000);
        assertThat(kept).isNotNull();
    }
}
