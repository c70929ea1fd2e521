package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final List<String> started = new ArrayList<>();

    @Test
    void enter_noneFree_isCalledInOrderWhenOneIsGivenBack() {
        Permits permits = new Permits(1);
        permits.enter(() -> started.add("a"));
        permits.enter(() -> started.add("b"));
        permits.enter(() -> started.add("c"));
        assertThat(started).containsExactly("a");
        permits.leave();
        permits.leave();
        assertThat(started).containsExactly("a", "b", "c");
        permits.leave();
        permits.enter(() -> started.add("d"));
        assertThat(started).hasSize(4);
    }

    @Test
    void withdraw_whileWaiting_isNotCalled() {
        Permits permits = new Permits(1);
        permits.enter(() -> started.add("a"));
        Runnable second = () -> started.add("b");
        permits.enter(second);
        assertThat(permits.withdraw(second)).isTrue();
        assertThat(permits.withdraw(second)).isFalse();
        permits.leave();
        assertThat(started).containsExactly("a");
    }

    @Test
    void await_interruptedWithAPermit_givesItBack() {
        Permits permits = new Permits(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(permits::await).isInstanceOf(InterruptedException.class);
        permits.enter(() -> started.add("a"));
        assertThat(started).containsExactly("a");
    }

    @Test
    void needed_byWhoHoldsOneOrWithoutALimit_isFalse() {
        Permits permits = new Permits(1);
        assertThat(permits.needed()).isTrue();
        assertThat(permits.hold()).isTrue();
        assertThat(permits.hold()).isFalse();
        assertThat(permits.needed()).isFalse();
        permits.release();
        assertThat(permits.needed()).isTrue();
        Permits free = new Permits(0);
        assertThat(free.needed()).isFalse();
        assertThat(free.hold()).isFalse();
    }
}
