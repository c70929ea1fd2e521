package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final List<String> started = new ArrayList<>();

    private Permits.Wish wish(String name) {
        return new Permits.Wish(() -> started.add(name));
    }

    @Test
    void enter_noneFree_isCalledInOrderWhenOneIsGivenBack() {
        Permits permits = new Permits(1);
        Permits.Wish a = wish("a");
        Permits.Wish b = wish("b");
        Permits.Wish c = wish("c");
        permits.enter(a);
        permits.enter(b);
        permits.enter(c);
        assertThat(started).containsExactly("a");
        permits.leave(a);
        permits.leave(a);
        assertThat(started).containsExactly("a", "b");
        permits.leave(b);
        assertThat(started).containsExactly("a", "b", "c");
        permits.leave(c);
        permits.enter(wish("d"));
        assertThat(started).hasSize(4);
    }

    @Test
    void withdraw_whileWaiting_isNotCalled() {
        Permits permits = new Permits(1);
        Permits.Wish a = wish("a");
        Permits.Wish b = wish("b");
        permits.enter(a);
        permits.enter(b);
        assertThat(permits.withdraw(b)).isTrue();
        assertThat(permits.withdraw(b)).isFalse();
        permits.leave(a);
        assertThat(started).containsExactly("a");
    }

    @Test
    void promote_whileWaiting_isCalledAndOwesNothing() {
        Permits permits = new Permits(1);
        Permits.Wish a = wish("a");
        Permits.Wish b = wish("b");
        permits.enter(a);
        permits.enter(b);
        permits.promote(b);
        permits.promote(b);
        permits.promote(a);
        permits.promote(null);
        permits.leave(b);
        permits.enter(wish("c"));
        assertThat(started).containsExactly("a", "b");
        permits.leave(a);
        assertThat(started).containsExactly("a", "b", "c");
    }

    @Test
    void await_interruptedWithAPermit_givesItBack() {
        Permits permits = new Permits(1);
        CountDownLatch granted = new CountDownLatch(1);
        Permits.Wish a = new Permits.Wish(granted::countDown);
        permits.enter(a);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> permits.await(a, granted))
                .isInstanceOf(InterruptedException.class);
        permits.enter(wish("b"));
        assertThat(started).containsExactly("b");
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
