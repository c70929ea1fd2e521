package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.Components;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.Packed;
import io.patinox.memory.mmap.Width;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Interfaces: which are views, and which are not.
class ViewWalkTest {
    record Point(int x, int y) {}

    interface Named {
        @Capacity(6)
        String name();

        void name(String value);

        static int answer() {
            return 42;
        }
    }

    @Components({"count", "small", "name", "at", "flag"})
    interface Counter extends Named {
        long count();

        void count(long value);

        long countVolatile();

        void countVolatile(long value);

        long countAcquire();

        void countRelease(long value);

        long countGetAndAdd(long delta);

        long countGetAndSet(long value);

        boolean countCompareAndSet(long expected, long value);

        int small();

        int smallGetAndAdd(int delta);

        Point at();

        void at(Point value);

        boolean flag();

        default long twice() {
            return 2 * count();
        }

        @Override
        String toString();

        @Override
        boolean equals(Object other);

        @Override
        int hashCode();
    }

    @Test
    void view_legal_hasTheComponentsInOrder() {
        assertThat(MappedLayout.of(Counter.class).text())
                .isEqualTo(
                        """
                        patinox-layout 1
                        order LITTLE_ENDIAN
                        stride 32
                        align 8
                        0 8 count i64
                        8 4 small i32
                        12 8 name utf8
                        20 4 at.x i32
                        24 4 at.y i32
                        28 1 flag bool
                        """);
        RecordLayout<Counter> layout =
                RecordLayout.of(Counter.class, ByteOrder.LITTLE_ENDIAN, null);
        assertThat(layout.shape().atomic()).containsExactlyInAnyOrder("count", "small");
        assertThat(layout.shape().constructor()).isNull();
    }

    /// An implementation by hand.
    private abstract static class Stub implements Counter {
        @Override
        public long count() {
            return 7;
        }

        @Override
        public void count(long value) {
            throw new AssertionError();
        }

        @Override
        public long countVolatile() {
            throw new AssertionError();
        }

        @Override
        public void countVolatile(long value) {
            throw new AssertionError();
        }

        @Override
        public long countAcquire() {
            throw new AssertionError();
        }

        @Override
        public void countRelease(long value) {
            throw new AssertionError();
        }

        @Override
        public long countGetAndAdd(long delta) {
            throw new AssertionError();
        }

        @Override
        public long countGetAndSet(long value) {
            throw new AssertionError();
        }

        @Override
        public boolean countCompareAndSet(long expected, long value) {
            throw new AssertionError();
        }

        @Override
        public int small() {
            return 8;
        }

        @Override
        public int smallGetAndAdd(int delta) {
            throw new AssertionError();
        }

        @Override
        public void at(Point value) {
            throw new AssertionError();
        }

        @Override
        public boolean flag() {
            return true;
        }

        @Override
        public void name(String value) {
            throw new AssertionError();
        }

        @Override
        public Point at() {
            return new Point(1, 2);
        }
    }

    private static final class Good extends Stub {
        @Override
        public String name() {
            return "ab";
        }
    }

    private static final class TooLong extends Stub {
        @Override
        public String name() {
            return "abcdefg";
        }
    }

    @Test
    void encode_anyImplementation_writesByItsGetters() {
        RecordLayout<Counter> layout =
                RecordLayout.of(Counter.class, ByteOrder.LITTLE_ENDIAN, null);
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) 9);
        layout.encode("x.map", MemorySegment.ofArray(bytes), new Good());
        assertThat(bytes)
                .containsExactly(
                        7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 2, 0, 'a', 'b', 0, 0, 0, 0, 1, 0, 0, 0,
                        2, 0, 0, 0, 1, 0, 0, 0);
        assertThatThrownBy(
                        () -> layout.encode("x.map", MemorySegment.ofArray(bytes), new TooLong()))
                .isInstanceOf(MappingValueException.class)
                .hasMessageContaining("x.map")
                .hasMessageContaining("'name'");
        assertThatThrownBy(() ->
                        layout.encode("y.map", MemorySegment.ofArray(new byte[31]), new Good()))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> encodeNull(layout)).isInstanceOf(InvalidOptionException.class);
    }

    @SuppressWarnings("NullAway")
    private static void encodeNull(RecordLayout<?> layout) {
        layout.encode("y.map", MemorySegment.ofArray(new byte[32]), null);
    }

    interface Unannotated {
        int x();
    }

    @Components({})
    interface NoNames {}

    @Components({"x", "x"})
    interface Twice {
        int x();
    }

    @Components({"x", "y"})
    interface Lacking {
        int x();
    }

    @Components("x y")
    interface Spaced {
        int x();
    }

    @Components("hashCode")
    interface OfObject {
        @Override
        int hashCode();
    }

    @Components("x")
    interface Defaulted {
        default int x() {
            return 1;
        }
    }

    @Components("x")
    interface Void {
        void x();
    }

    @Components("x")
    interface Unknown {
        int x();

        int y();
    }

    @Components("x")
    interface WrongSetter {
        int x();

        void x(long value);
    }

    @Components("x")
    interface Fluent {
        int x();

        Fluent x(int value);
    }

    @Components("x")
    interface AtomicShort {
        short x();

        short xGetAndAdd(short delta);
    }

    @Components("x")
    interface WrongAtomic {
        int x();

        int xGetAndAdd(long delta);
    }

    @Components("x")
    interface PlusAtomic {
        int x();

        void xAddAndGet(int delta);
    }

    @Components("x")
    @Packed
    interface PackedAtomic {
        int x();

        int xVolatile();
    }

    @Components("x")
    interface Typed<T> {
        T x();
    }

    interface Source<T> {
        T x();
    }

    @Components("x")
    interface OfVariable extends Source<String> {}

    @Components("x")
    interface Covariant extends Source<String> {
        @Override
        @Capacity(3)
        String x();
    }

    @Components("x")
    sealed interface Sealed permits Only {
        int x();
    }

    record Only(int x) implements Sealed {}

    @Components({"x", "xVolatile"})
    interface Ambiguous {
        int x();

        int xVolatile();
    }

    @Components("x")
    interface NotedSetter {
        Thread.State x();

        @Width(2)
        void x(Thread.State value);
    }

    @Components("x")
    interface Inside {
        Unannotated x();
    }

    @Components("x")
    interface Sizeless {
        String x();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Unannotated.class, "", "without @Components"),
                Arguments.of(NoNames.class, "", "names none"),
                Arguments.of(Twice.class, "x", "twice"),
                Arguments.of(Lacking.class, "y", "no abstract method y()"),
                Arguments.of(Spaced.class, "", "'x y', which is no identifier"),
                Arguments.of(OfObject.class, "hashCode", "every object"),
                Arguments.of(Defaulted.class, "x", "no abstract method x()"),
                Arguments.of(Void.class, "x", "no abstract method x()"),
                Arguments.of(Unknown.class, "", "method int y() is none"),
                Arguments.of(WrongSetter.class, "", "method void x(long) is none"),
                Arguments.of(Fluent.class, "", "x(int) is none"),
                Arguments.of(AtomicShort.class, "x", "only int and long"),
                Arguments.of(WrongAtomic.class, "", "method int xGetAndAdd(long) is none"),
                Arguments.of(PlusAtomic.class, "", "xAddAndGet(int) is none"),
                Arguments.of(PackedAtomic.class, "x", "packed"),
                Arguments.of(Typed.class, "", "is generic"),
                Arguments.of(OfVariable.class, "x", "the variable T"),
                Arguments.of(Sealed.class, "", "sealed"),
                Arguments.of(Ambiguous.class, "xVolatile", "atomic method of 'x'"),
                Arguments.of(NotedSetter.class, "x", "@Width means nothing at a method"),
                Arguments.of(Inside.class, "x", "is an interface"),
                Arguments.of(Sizeless.class, "x", "@Capacity"),
                Arguments.of(Runnable.class, "", "without @Components"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void view_illegal_isRefusedWithAReason(Class<?> type, String path, String reason) {
        assertThatThrownBy(() -> RecordLayout.of(type, ByteOrder.LITTLE_ENDIAN, null))
                .isInstanceOfSatisfying(
                        MappingLayoutException.class,
                        e -> {
                            assertThat(e.component()).isEqualTo(path);
                            assertThat(e.reason()).contains(reason);
                        });
    }

    @Test
    void view_ofANarrowerType_isLegal() {
        RecordLayout<Covariant> layout =
                RecordLayout.of(Covariant.class, ByteOrder.LITTLE_ENDIAN, null);
        assertThat(layout.layout().strideBytes()).isEqualTo(6);
        byte[] bytes = new byte[6];
        layout.encode("x", MemorySegment.ofArray(bytes), () -> "abc");
        assertThat(bytes).containsExactly(3, 0, 'a', 'b', 'c', 0);
    }

    @Components({"b", "x"})
    @Packed
    interface PackedView {
        byte b();

        long x();
    }

    @Test
    void view_packed_hasNoPadding() {
        assertThat(MappedLayout.of(PackedView.class).strideBytes()).isEqualTo(9);
        assertThat(MappedLayout.of(PackedView.class).alignment()).isEqualTo(1);
    }
}
