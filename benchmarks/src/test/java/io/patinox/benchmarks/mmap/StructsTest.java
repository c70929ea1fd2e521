package io.patinox.benchmarks.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// All keep the same, read the same and write the same.
class StructsTest {
    private static final long ELEMENTS = 1_000;

    private static final List<Supplier<Structs>> ALL =
            List.of(
                    PatinoxStructs::new,
                    ArrayStructs::new,
                    SegmentStructs::new,
                    ChronicleStructs::new,
                    AgronaStructs::new);

    private static double expected(int round) {
        return LongStream.range(0, ELEMENTS)
                .mapToObj(i -> Trade.of(i, round))
                .mapToDouble(t -> t.id() + t.quantity() + t.flags() + t.price())
                .sum();
    }

    @Test
    void sums_ofEverybody_areTheSame() throws Exception {
        for (Supplier<Structs> kind :
                List.<Supplier<Structs>>of(PatinoxView::new, StreamStructs::new)) {
            Structs structs = kind.get();
            structs.begin(ELEMENTS);
            assertThat(structs.sum()).as(structs.toString()).isEqualTo(expected(1));
            structs.end();
        }
        for (Supplier<Structs> kind : ALL) {
            Structs structs = kind.get();
            structs.begin(ELEMENTS);
            assertThat(structs.sum()).as(structs.toString()).isEqualTo(expected(1));
            structs.write();
            assertThat(structs.sum()).as(structs.toString()).isEqualTo(expected(2));
            structs.end();
        }
    }

    @Test
    void randomAccess_ofEverybody_meetsTheSameElements() throws Exception {
        for (Supplier<Structs> kind : ALL) {
            ArrayStructs array = new ArrayStructs();
            Structs structs = kind.get();
            array.begin(ELEMENTS);
            structs.begin(ELEMENTS);
            assertThat(structs.randomSum()).as(structs.toString()).isEqualTo(array.randomSum());
            assertThat(structs.randomWrite()).isEqualTo(array.randomWrite());
            assertThat(structs.sum()).as(structs.toString()).isEqualTo(array.sum());
            structs.end();
            array.end();
        }
    }

    @Test
    void forEachAndColumn_ofOurs_areTheSame() throws Exception {
        PatinoxStructs ours = new PatinoxStructs();
        ArrayStructs array = new ArrayStructs();
        SegmentStructs segment = new SegmentStructs();
        for (Structs structs : List.of(ours, array, segment)) {
            structs.begin(ELEMENTS);
        }
        assertThat(ours.sumForEach()).isEqualTo(expected(1));
        assertThat(ours.sumColumn()).isEqualTo(array.sumColumn()).isEqualTo(segment.sumColumn());
        for (Structs structs : List.of(ours, array, segment)) {
            structs.end();
        }
    }

    @Test
    void index_ofAnyNumber_isWithin() {
        long random = 1;
        boolean[] met = new boolean[10];
        for (int i = 0; i < 10_000; i++) {
            random = Structs.next(random);
            met[(int) Structs.index(random, met.length)] = true;
        }
        assertThat(met).containsOnly(true);
        assertThat(Structs.index(-1L, 10_000_000)).isEqualTo(9_999_999);
    }

    @Test
    void neighbours_heated_haveReadSomething() throws Exception {
        assertThat(Neighbours.heat()).isNotZero();
    }
}
