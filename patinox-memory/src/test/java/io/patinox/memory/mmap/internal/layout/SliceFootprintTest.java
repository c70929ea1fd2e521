package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.internal.layout.Samples.Trade;
import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What slices leave behind when their type is gone: no classes.
class SliceFootprintTest {
    private final Arena arena = Arena.ofShared();

    @AfterEach
    void close() {
        arena.close();
    }

    private <T> MutableMappedSlice<T> slice(Parts.Typed<T> typed, long count) {
        long bytes = count * typed.layout().strideBytes() + 8;
        return typed.writer().slice(arena.allocate(bytes, 8), count, new Body("f", null));
    }

    private static Trade trade(long id) {
        return new Trade(id, (int) id * 3, (int) -id, id / 2.0);
    }

    private MutableMappedSlice<Trade> trades(int count) {
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), count);
        for (int i = 0; i < count; i++) {
            slice.set(i, trade(i));
        }
        return slice;
    }

    @Test
    void classes_factoryIsForgotten_areUnloaded() {
        List<WeakReference<Class<?>>> classes = new ArrayList<>();
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), 2);
        slice.set(1, trade(1));
        classes.add(new WeakReference<>(slice.getClass()));
        classes.add(new WeakReference<>(slice.iterator().getClass()));
        classes.add(new WeakReference<>(slice.longColumn("id").getClass()));
        slice = null;
        for (int i = 0; i < 50 && classes.stream().anyMatch(one -> one.get() != null); i++) {
            System.gc();
        }
        assertThat(classes).allMatch(one -> one.get() == null);
    }
}
