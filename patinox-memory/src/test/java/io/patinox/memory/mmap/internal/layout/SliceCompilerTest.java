package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingMismatchException;
import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import io.patinox.memory.mmap.internal.layout.Samples.Label;
import io.patinox.memory.mmap.internal.layout.Samples.Mixed;
import io.patinox.memory.mmap.internal.layout.Samples.Numbers;
import io.patinox.memory.mmap.internal.layout.Samples.One;
import io.patinox.memory.mmap.internal.layout.Samples.Place;
import io.patinox.memory.mmap.internal.layout.Samples.Point;
import io.patinox.memory.mmap.internal.layout.Samples.Trade;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Spliterator;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceCompilerTest {
    private final Arena arena = Arena.ofShared();
    private final Body body = new Body("f", null);

    @AfterEach
    void close() {
        arena.close();
    }

    private <T> MutableMappedSlice<T> slice(Parts.Typed<T> typed, long count) {
        return slice(typed, count, body);
    }

    private <T> MutableMappedSlice<T> slice(Parts.Typed<T> typed, long count, Body life) {
        return typed.writer().slice(memory(typed, count), count, life);
    }

    private MemorySegment memory(Parts.Typed<?> typed, long count) {
        return arena.allocate(count * typed.layout().strideBytes() + 8, 8);
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

    private static Numbers numbers(Random random) {
        return new Numbers(
                (byte) random.nextInt(),
                (short) random.nextInt(),
                (char) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextFloat(),
                random.nextDouble());
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void set_anyPrimitives_lieInTheMemoryInTheirOrder(boolean big, boolean packed) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Parts.Typed<Numbers> typed = Parts.of(Numbers.class, order, packed);
        int stride = typed.layout().strideBytes();
        MemorySegment memory = memory(typed, 20);
        memory.fill((byte) -1);
        MutableMappedSlice<Numbers> slice = typed.writer().slice(memory, 20, body);
        List<Numbers> model = new ArrayList<>();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            model.add(numbers(random));
            slice.set(i, model.get(i));
        }
        assertThat(slice).as("seed %d", seed).containsExactlyElementsOf(model);
        ByteBuffer expected = ByteBuffer.allocate(20 * stride).order(order);
        List<Integer> at = typed.layout().columns().stream().map(c -> c.offset()).toList();
        for (int i = 0; i < 20; i++) {
            Numbers one = model.get(i);
            int from = i * stride;
            expected.put(from + at.get(0), one.tiny()).putShort(from + at.get(1), one.small());
            expected.putChar(from + at.get(2), one.unit()).putInt(from + at.get(3), one.whole());
            expected.putLong(from + at.get(4), one.large()).putFloat(from + at.get(5), one.near());
            expected.putDouble(from + at.get(6), one.far());
        }
        byte[] found = memory.asSlice(0, 20L * stride).toArray(ValueLayout.JAVA_BYTE);
        assertThat(found).as("seed %d", seed).isEqualTo(expected.array());
        assertThat(memory.get(ValueLayout.JAVA_BYTE, 20L * stride)).isEqualTo((byte) -1);
        assertThat(typed.reader().slice(memory, 20, body)).containsExactlyElementsOf(model);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void set_nestedAndCoded_comeBackAndGapsAreZero(boolean big) {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Parts.Typed<Mixed> typed = Parts.of(Mixed.class, order, false);
        MemorySegment memory = memory(typed, 2);
        memory.fill((byte) -1);
        MutableMappedSlice<Mixed> slice = typed.writer().slice(memory, 2, body);
        slice.set(0, new Mixed(true, "abc", new int[] {1, 2, 3}, new Point(4, (short) 5), 6));
        slice.set(1, new Mixed(false, "", new int[3], new Point(0, (short) 0), 0));
        Mixed back = slice.get(0);
        assertThat(back.on()).isTrue();
        assertThat(back.name()).isEqualTo("abc");
        assertThat(back.codes()).containsExactly(1, 2, 3);
        assertThat(back.point()).isEqualTo(new Point(4, (short) 5));
        assertThat(back.id()).isEqualTo(6);
        long stride = typed.layout().strideBytes();
        assertThat(memory.asSlice(stride, stride).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void set_gapsOfEachLength_areZero() {
        Parts.Typed<Place> typed = Parts.of(Place.class);
        MemorySegment memory = memory(typed, 1);
        memory.fill((byte) -1);
        MutableMappedSlice<Place> slice = typed.writer().slice(memory, 1, body);
        Point zero = new Point(0, (short) 0);
        slice.set(0, new Place((byte) 0, zero, zero, 0));
        assertThat(memory.asSlice(0, typed.layout().strideBytes()).toArray(ValueLayout.JAVA_BYTE))
                .containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 61, (1L << 61) + 1})
    void get_noSuchIndex_isRefused(long index) {
        MutableMappedSlice<Trade> slice = trades(3);
        Trade one = trade(1);
        assertThatThrownBy(() -> slice.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.set(index, one))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(index, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, index == 3 ? 4 : index))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void slice_tooManyElements_areRefusedAtOnce() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        MemorySegment memory = memory(typed, 1);
        SliceFactory<Trade, MutableMappedSlice<Trade>> writer = typed.writer();
        assertThatThrownBy(() -> writer.slice(memory, Long.MAX_VALUE / 2, body))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> writer.slice(memory, 5, body))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anything_bodyHasEnded_isRefused() {
        MutableMappedSlice<Trade> slice = trades(3);
        Iterator<Trade> iterator = slice.iterator();
        Spliterator<Trade> spliterator = slice.spliterator();
        MutableMappedSlice<Trade> other = slice(Parts.of(Trade.class), 3, new Body("g", null));
        body.end();
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> uses =
                List.of(
                        () -> slice.get(0),
                        () -> slice.set(0, trade(1)),
                        slice::count,
                        slice::checksum,
                        slice::iterator,
                        slice::spliterator,
                        iterator::next,
                        () -> spliterator.tryAdvance(_ -> {}),
                        () -> spliterator.forEachRemaining(_ -> {}),
                        () -> slice.forEach(_ -> {}),
                        () -> slice.slice(0, 1),
                        () -> slice.fill(trade(1)),
                        () -> slice.copyTo(new Trade[1]),
                        () -> slice.copyFrom(new Trade[1]),
                        () -> slice.copyTo(other),
                        () -> other.copyTo(slice),
                        () -> slice.longColumn("id"),
                        () -> slice.doubleColumn("price"));
        for (var use : uses) {
            assertThatThrownBy(use).isInstanceOf(MappingClosedException.class);
        }
    }

    @Test
    void forEach_elements_comeInOrder() {
        MutableMappedSlice<Trade> slice = trades(100);
        List<Trade> expected = LongStream.range(0, 100).mapToObj(i -> trade(i)).toList();
        List<Trade> found = new ArrayList<>();
        slice.forEach(found::add);
        assertThat(found).isEqualTo(expected);
        assertThat(slice).containsExactlyElementsOf(expected);
        assertThat(slice.stream().toList()).isEqualTo(expected);
        assertThat(slice.stream().parallel().toList()).isEqualTo(expected);
        assertThat(slice.stream().skip(98).findFirst()).contains(trade(98));
        Trade[] some = new Trade[120];
        assertThat(slice.copyTo(some)).isEqualTo(100);
        assertThat(some).startsWith(expected.toArray(new Trade[0]));
        assertThat(some[100]).isNull();
        assertThat(slice.copyTo(new Trade[7])).isEqualTo(7);
    }

    @Test
    void iterator_pastTheLast_throws() {
        Iterator<Trade> iterator = trades(1).iterator();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo(trade(0));
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void spliterator_splits_inHalves() {
        Spliterator<Trade> second = trades(5).spliterator();
        Spliterator<Trade> first = second.trySplit();
        assertThat(first.estimateSize()).isEqualTo(2);
        assertThat(second.estimateSize()).isEqualTo(3);
        assertThat(
                        second.hasCharacteristics(
                                Spliterator.SIZED
                                        | Spliterator.SUBSIZED
                                        | Spliterator.ORDERED
                                        | Spliterator.NONNULL))
                .isTrue();
        assertThat(second.hasCharacteristics(Spliterator.IMMUTABLE)).isFalse();
        List<Trade> found = new ArrayList<>();
        first.forEachRemaining(found::add);
        assertThat(first.tryAdvance(found::add)).isFalse();
        first.forEachRemaining(found::add);
        assertThat(second.tryAdvance(found::add)).isTrue();
        second.forEachRemaining(found::add);
        assertThat(found).containsExactly(trade(0), trade(1), trade(2), trade(3), trade(4));
        assertThat(trades(1).spliterator().trySplit()).isNull();
        assertThat(trades(0).spliterator().trySplit()).isNull();
    }

    @Test
    void stream_parallel_seesEachElementOnce() {
        MutableMappedSlice<Trade> slice = trades(100_000);
        long sum = slice.stream().parallel().mapToLong(Trade::id).sum();
        assertThat(sum).isEqualTo(100_000L * 99_999 / 2);
    }

    @Test
    void slice_ofASlice_isThatPart() {
        MutableMappedSlice<Trade> part = trades(10).slice(2, 6).slice(1, 3);
        assertThat(part.count()).isEqualTo(3);
        assertThat(part).containsExactly(trade(3), trade(4), trade(5));
        assertThatThrownBy(() -> part.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(part.slice(3, 0)).isEmpty();
    }

    @Test
    void reader_slices_canNotBeWritten() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        MappedSlice<Trade> slice = typed.reader().slice(memory(typed, 2), 2, body);
        assertThat(slice).isNotInstanceOf(MutableMappedSlice.class);
        assertThat(slice.slice(0, 1)).isNotInstanceOf(MutableMappedSlice.class);
        assertThat(slice.longColumn("id"))
                .isNotInstanceOf(io.patinox.memory.mmap.MutableLongColumn.class);
        assertThat(slice).hasToString("f of 2 " + Trade.class.getName());
    }

    @Test
    void factories_manyFiles_shareAClass() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        var writer = typed.writer();
        var one = writer.slice(memory(typed, 1), 1, body);
        var other = writer.slice(memory(typed, 2), 2, new Body("g", null));
        assertThat(one.getClass()).isSameAs(other.getClass());
        assertThat(one.slice(0, 1).getClass()).isSameAs(one.getClass());
        assertThat(one.getClass().isHidden()).isTrue();
    }

    @Test
    void set_null_isRefusedBeforeAnythingIsWritten() {
        MutableMappedSlice<Place> slice = slice(Parts.of(Place.class), 2);
        Point point = new Point(1, (short) 2);
        Place before = new Place((byte) 1, point, point, 3);
        slice.set(1, before);
        assertThatThrownBy(() -> slice.set(1, null)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> slice.set(1, new Place((byte) 9, point, null, 9)))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> {
                            assertThat(e.column()).isEqualTo("other");
                            assertThat(e.index()).isEqualTo(1);
                            assertThat(e.file()).isEqualTo("f");
                        });
        assertThat(slice.get(1)).isEqualTo(before);
    }

    @Test
    void set_secondCodedFails_nothingIsWritten() {
        Parts.Typed<Mixed> typed = Parts.of(Mixed.class);
        MemorySegment memory = memory(typed, 3);
        MutableMappedSlice<Mixed> slice = typed.writer().slice(memory, 3, body);
        Point point = new Point(4, (short) 5);
        slice.set(2, new Mixed(true, "abc", new int[] {1, 2, 3}, point, 6));
        byte[] before = memory.toArray(ValueLayout.JAVA_BYTE);
        for (Mixed wrong :
                List.of(
                        new Mixed(false, "longer than 7", new int[3], point, 0),
                        new Mixed(false, "x", new int[2], point, 0),
                        new Mixed(false, "x", new int[3], null, 0))) {
            assertThatThrownBy(() -> slice.set(2, wrong))
                    .isInstanceOfSatisfying(
                            MappingValueException.class, e -> assertThat(e.index()).isEqualTo(2));
            assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(before);
        }
    }

    @Test
    void set_oneCodedFails_nothingIsWritten() {
        MutableMappedSlice<Label> slice = slice(Parts.of(Label.class), 1);
        slice.set(0, new Label("old", 1));
        assertThatThrownBy(() -> slice.set(0, new Label("much too long", 2)))
                .isInstanceOf(MappingValueException.class);
        assertThat(slice.get(0)).isEqualTo(new Label("old", 1));
    }

    @Test
    void get_bytesAreNoValue_namesColumnAndIndex() {
        Parts.Typed<Mixed> typed = Parts.of(Mixed.class);
        MemorySegment memory = memory(typed, 3);
        memory.set(ValueLayout.JAVA_BYTE, typed.layout().strideBytes(), (byte) 7);
        MappedSlice<Mixed> slice = typed.reader().slice(memory, 3, body);
        assertThat(slice.get(0).on()).isFalse();
        assertThatThrownBy(() -> slice.get(1))
                .isInstanceOfSatisfying(
                        MappingValueException.class,
                        e -> {
                            assertThat(e.column()).isEqualTo("on");
                            assertThat(e.index()).isEqualTo(1);
                            assertThat(e.reason()).isEqualTo("is 7");
                        });
    }

    @Test
    void fill_anyCount_writesAll() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        for (int count : List.of(0, 1, 2, 3, 5000, 20_000)) {
            MutableMappedSlice<Trade> slice = slice(typed, count);
            slice.fill(trade(7));
            assertThat(slice.stream().allMatch(trade(7)::equals)).isTrue();
        }
        MutableMappedSlice<Trade> none = slice(typed, 0);
        assertThatThrownBy(() -> none.fill(null)).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void copyFrom_anArray_writesAsManyAsFit() {
        MutableMappedSlice<Trade> slice = slice(Parts.of(Trade.class), 3);
        assertThat(slice.copyFrom(new Trade[] {trade(1), trade(2)})).isEqualTo(2);
        assertThat(slice).containsExactly(trade(1), trade(2), trade(0));
        assertThat(slice.copyFrom(new Trade[] {trade(5), trade(6), trade(7), trade(8)}))
                .isEqualTo(3);
        assertThat(slice).containsExactly(trade(5), trade(6), trade(7));
    }

    @Test
    void copyTo_anotherFile_copiesBytesAndMarks() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        BlockMarks marks = new BlockMarks(2, 64);
        MutableMappedSlice<Trade> target = slice(typed, 5, new Body("g", marks));
        trades(2).copyTo(target.slice(3, 2));
        assertThat(target.slice(3, 2)).containsExactly(trade(0), trade(1));
        assertThat(marks.take(0)).isFalse();
        assertThat(marks.take(1)).isTrue();
        assertThatThrownBy(() -> trades(6).copyTo(target))
                .isInstanceOf(IndexOutOfBoundsException.class);
        MutableMappedSlice<Trade> big =
                slice(Parts.of(Trade.class, ByteOrder.BIG_ENDIAN, false), 6);
        assertThatThrownBy(() -> trades(6).copyTo(big))
                .isInstanceOf(MappingMismatchException.class);
    }

    @Test
    void marks_writes_areNotedWhereTheyWent() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        BlockMarks marks = new BlockMarks(4, 64);
        MutableMappedSlice<Trade> slice = slice(typed, 10, new Body("g", marks));
        slice.get(3);
        assertThat(taken(marks)).isEmpty();
        slice.set(2, trade(1));
        assertThat(taken(marks)).containsExactly(0, 1);
        slice.slice(5, 2).slice(1, 1).set(0, trade(1));
        assertThat(taken(marks)).containsExactly(2);
        slice.slice(3, 4).fill(trade(1));
        assertThat(taken(marks)).containsExactly(1, 2);
        slice.slice(8, 2).copyFrom(new Trade[] {trade(1)});
        assertThat(taken(marks)).containsExactly(3);
        slice.slice(5, 3).doubleColumn("price").set(2, 1);
        assertThat(taken(marks)).containsExactly(2);
        slice.slice(5, 3).longColumn("id").getAndAdd(0, 1);
        assertThat(taken(marks)).containsExactly(1);
    }

    private static List<Integer> taken(BlockMarks marks) {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < marks.blocks(); i++) {
            if (marks.take(i)) {
                taken.add(i);
            }
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 682, 683, 2000})
    void checksum_anyLength_isTheOneOfAllBytes(int count) {
        MutableMappedSlice<Trade> slice = trades(count);
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        MemorySegment copy = memory(typed, count);
        slice.copyTo(typed.writer().slice(copy, count, body));
        CRC32C crc = new CRC32C();
        crc.update(copy.asSlice(0, count * 24L).toArray(ValueLayout.JAVA_BYTE));
        assertThat(slice.checksum()).isEqualTo((int) crc.getValue());
    }

    @Test
    void encoder_aRecord_writesItAnywhere() throws Throwable {
        Parts.Typed<Mixed> typed = Parts.of(Mixed.class, ByteOrder.BIG_ENDIAN, false);
        Mixed mixed = new Mixed(true, "abc", new int[] {1, 2, 3}, new Point(4, (short) 5), 6);
        MutableMappedSlice<Mixed> slice = slice(typed, 1);
        slice.set(0, mixed);
        MemorySegment heap = MemorySegment.ofArray(new byte[typed.layout().strideBytes() + 1]);
        heap.fill((byte) -1);
        SliceCompiler.encoder(typed.layout(), typed.root()).invoke(body, heap, 1L, mixed);
        CRC32C crc = new CRC32C();
        crc.update(heap.asSlice(1).toArray(ValueLayout.JAVA_BYTE));
        assertThat((int) crc.getValue()).isEqualTo(slice.checksum());
    }

    @Test
    void get_componentsThatTheFileLacks_areTheirDefaults() {
        Parts.Typed<Mixed> typed = Parts.of(Mixed.class);
        List<Part.Member> members = typed.root().members();
        int[] codes = {7, 8, 9};
        List<Part.Member> known =
                List.of(
                        missing(members.get(0), true),
                        missing(members.get(1), null),
                        missing(members.get(2), codes),
                        missing(members.get(3), new Point(1, (short) 1)),
                        missing(members.get(4), 5L));
        Part.Nested root = new Part.Nested("", Mixed.class, typed.root().constructor(), known);
        MappedSlice<Mixed> slice =
                SliceCompiler.<Mixed>reader(typed.layout(), root).slice(memory(typed, 1), 1, body);
        Mixed found = slice.get(0);
        assertThat(found.on()).isTrue();
        assertThat(found.name()).isNull();
        assertThat(found.codes()).containsExactly(7, 8, 9).isNotSameAs(codes);
        assertThat(slice.get(0).codes()).isNotSameAs(found.codes());
        assertThat(found.point()).isEqualTo(new Point(1, (short) 1));
        assertThat(found.id()).isEqualTo(5);
    }

    @Test
    void get_numbersThatTheFileLacks_areTheirDefaults() {
        Parts.Typed<Numbers> typed = Parts.of(Numbers.class);
        Numbers expected = new Numbers((byte) -1, (short) -2, '\uffff', -4, 1L << 40, -0.5f, 2.5);
        List<Part.Member> members = typed.root().members();
        List<Object> values = List.of((byte) -1, (short) -2, '\uffff', -4, 1L << 40, -0.5f, 2.5);
        List<Part.Member> known = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            known.add(missing(members.get(i), values.get(i)));
        }
        Part.Nested root = new Part.Nested("", Numbers.class, typed.root().constructor(), known);
        assertThat(
                        SliceCompiler.<Numbers>reader(typed.layout(), root)
                                .slice(memory(typed, 1), 1, body)
                                .get(0))
                .isEqualTo(expected);
    }

    private static Part.Member missing(Part.Member member, Object value) {
        return new Part.Member(
                member.name(), new Part.Missing(member.part().type(), value), member.accessor());
    }

    @Test
    void slice_noAlignment_worksWithoutAtomics() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        MemorySegment memory = memory(typed, 3).asSlice(3);
        MutableMappedSlice<Trade> slice = typed.writer().slice(memory, 2, body);
        slice.set(1, trade(4));
        assertThat(slice.get(1)).isEqualTo(trade(4));
        assertThat(slice.sumLong("id")).isEqualTo(4);
        assertThatThrownBy(() -> slice.longColumn("id").getVolatile(0))
                .isInstanceOf(io.patinox.memory.error.MappingLayoutException.class)
                .hasMessageContaining("multiple of 8");
    }

    @Test
    void set_oneByte_needsNoMore() {
        MutableMappedSlice<One> slice = slice(Parts.of(One.class), 3);
        slice.set(2, new One((byte) 5));
        assertThat(slice).containsExactly(new One((byte) 0), new One((byte) 0), new One((byte) 5));
    }

    @Test
    void writer_tooManyComponents_isRefused() {
        Parts.Typed<Trade> typed = Parts.of(Trade.class);
        List<Part.Member> many =
                java.util.Collections.nCopies(3_000, typed.root().members().get(0));
        Part.Nested root = new Part.Nested("", Trade.class, typed.root().constructor(), many);
        assertThatThrownBy(() -> SliceCompiler.writer(typed.layout(), root))
                .isInstanceOf(io.patinox.memory.error.MappingLayoutException.class)
                .hasMessageContaining("too many components");
    }

    @Test
    void cloned_arraysOfAnyType_areOthersOfTheSame() {
        for (Object array :
                List.of(
                        new byte[] {1},
                        new short[] {1},
                        new char[] {1},
                        new int[] {1},
                        new long[] {1},
                        new float[] {1},
                        new double[] {1},
                        new boolean[] {true},
                        new String[] {"a"})) {
            Object copy = BaseSlice.cloned(array);
            assertThat(copy).isNotSameAs(array).isEqualTo(array);
        }
        assertThat(BaseSlice.cloned("a")).isEqualTo("a");
    }

    @Test
    void copyTo_aSliceOfAnotherMaker_isRefused() {
        MutableMappedSlice<Trade> slice = trades(1);
        @SuppressWarnings("unchecked")
        MutableMappedSlice<Trade> foreign =
                (MutableMappedSlice<Trade>)
                        java.lang.reflect.Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {MutableMappedSlice.class},
                                (_, _, _) -> null);
        assertThatThrownBy(() -> slice.copyTo(foreign)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> slice.copyTo((MutableMappedSlice<Trade>) null))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> slice.forEach(null)).isInstanceOf(InvalidOptionException.class);
    }
}
