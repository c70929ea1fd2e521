package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.Encoded;
import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.Latin1;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.Packed;
import io.patinox.memory.mmap.Width;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Random records against a second opinion: places by structs of the JDK, which refuse a member
/// that is not where its alignment wants it, and bytes by a buffer.
class RandomLayoutsTest {
    private static final int RECORDS = 250;

    enum Color {
        RED,
        GREEN,
        BLUE
    }

    /// A kind of column: how it is declared, what the JDK says of its place, a value and its bytes.
    private interface Sort {
        ClassDesc type();

        default List<Annotation> notes() {
            return List.of();
        }

        MemoryLayout layout();

        Object value(Random random);

        void put(ByteBuffer buffer, Object value);
    }

    private record Number(Class<?> primitive, MemoryLayout layout) implements Sort {
        @Override
        public ClassDesc type() {
            return primitive.describeConstable().orElseThrow();
        }

        @Override
        public Object value(Random random) {
            return switch (primitive.getName()) {
                case "boolean" -> random.nextBoolean();
                case "byte" -> (byte) random.nextInt();
                case "short" -> (short) random.nextInt();
                case "char" -> (char) random.nextInt();
                case "int" -> random.nextInt();
                case "long" -> random.nextLong();
                case "float" -> random.nextFloat();
                default -> random.nextDouble();
            };
        }

        @Override
        public void put(ByteBuffer buffer, Object value) {
            switch (value) {
                case Boolean b -> buffer.put((byte) (b ? 1 : 0));
                case Byte b -> buffer.put(b);
                case Short s -> buffer.putShort(s);
                case Character c -> buffer.putChar(c);
                case Integer i -> buffer.putInt(i);
                case Long l -> buffer.putLong(l);
                case Float f -> buffer.putFloat(f);
                case Double d -> buffer.putDouble(d);
                default -> throw new AssertionError(value);
            }
        }
    }

    private static final List<Number> NUMBERS =
            List.of(
                    new Number(boolean.class, ValueLayout.JAVA_BOOLEAN),
                    new Number(byte.class, ValueLayout.JAVA_BYTE),
                    new Number(short.class, ValueLayout.JAVA_SHORT),
                    new Number(char.class, ValueLayout.JAVA_CHAR),
                    new Number(int.class, ValueLayout.JAVA_INT),
                    new Number(long.class, ValueLayout.JAVA_LONG),
                    new Number(float.class, ValueLayout.JAVA_FLOAT),
                    new Number(double.class, ValueLayout.JAVA_DOUBLE));

    private record Row(Number of, int length) implements Sort {
        @Override
        public ClassDesc type() {
            return of.type().arrayType();
        }

        @Override
        public List<Annotation> notes() {
            return List.of(RecordClasses.note(Capacity.class, length));
        }

        @Override
        public MemoryLayout layout() {
            return MemoryLayout.sequenceLayout(length, of.layout);
        }

        @Override
        public Object value(Random random) {
            Object array = Array.newInstance(of.primitive, length);
            for (int i = 0; i < length; i++) {
                Array.set(array, i, of.value(random));
            }
            return array;
        }

        @Override
        public void put(ByteBuffer buffer, Object value) {
            for (int i = 0; i < length; i++) {
                of.put(buffer, Array.get(value, i));
            }
        }
    }

    private record Text(int capacity, boolean latin1) implements Sort {
        @Override
        public ClassDesc type() {
            return ConstantDescs.CD_String;
        }

        @Override
        public List<Annotation> notes() {
            Annotation size = RecordClasses.note(Capacity.class, capacity);
            return latin1 ? List.of(size, RecordClasses.note(Latin1.class)) : List.of(size);
        }

        @Override
        public MemoryLayout layout() {
            return MemoryLayout.structLayout(
                    ValueLayout.JAVA_SHORT,
                    MemoryLayout.sequenceLayout(capacity, ValueLayout.JAVA_BYTE));
        }

        @Override
        public Object value(Random random) {
            StringBuilder text = new StringBuilder();
            int room = random.nextInt(capacity + 1);
            while (true) {
                int c = latin1 ? random.nextInt(256) : random.nextInt(0x20000);
                if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                    continue;
                }
                room -= latin1 ? 1 : Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
                if (room < 0) {
                    return text.toString();
                }
                text.appendCodePoint(c);
            }
        }

        @Override
        public void put(ByteBuffer buffer, Object value) {
            byte[] bytes =
                    ((String) value)
                            .getBytes(
                                    latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            buffer.putShort((short) bytes.length).put(bytes).put(new byte[capacity - bytes.length]);
        }
    }

    private record Constant(int width) implements Sort {
        @Override
        public ClassDesc type() {
            return Color.class.describeConstable().orElseThrow();
        }

        @Override
        public List<Annotation> notes() {
            return width == 0 ? List.of() : List.of(RecordClasses.note(Width.class, width));
        }

        @Override
        public MemoryLayout layout() {
            return switch (width) {
                case 2 -> ValueLayout.JAVA_SHORT;
                case 4 -> ValueLayout.JAVA_INT;
                default -> ValueLayout.JAVA_BYTE;
            };
        }

        @Override
        public Object value(Random random) {
            return Color.values()[random.nextInt(3)];
        }

        @Override
        public void put(ByteBuffer buffer, Object value) {
            int number = List.of(Color.values()).indexOf(value);
            switch (width) {
                case 2 -> buffer.putShort((short) number);
                case 4 -> buffer.putInt(number);
                default -> buffer.put((byte) number);
            }
        }
    }

    private record Time(boolean instant, boolean pair) implements Sort {
        @Override
        public ClassDesc type() {
            return ClassDesc.of(instant ? "java.time.Instant" : "java.time.Duration");
        }

        @Override
        public List<Annotation> notes() {
            ClassDesc encoding = Encoding.class.describeConstable().orElseThrow();
            return List.of(
                    RecordClasses.note(
                            Encoded.class,
                            AnnotationValue.ofEnum(
                                    encoding, pair ? "SECONDS_AND_NANOS" : "NANOS")));
        }

        @Override
        public MemoryLayout layout() {
            return pair
                    ? MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT)
                    : ValueLayout.JAVA_LONG;
        }

        @Override
        public Object value(Random random) {
            long nanos = random.nextLong();
            return instant ? Instant.EPOCH.plusNanos(nanos) : Duration.ofNanos(nanos);
        }

        @Override
        public void put(ByteBuffer buffer, Object value) {
            Duration span =
                    value instanceof Instant at
                            ? Duration.between(Instant.EPOCH, at)
                            : (Duration) value;
            if (pair) {
                buffer.putLong(span.getSeconds()).putInt(span.getNano());
            } else {
                buffer.putLong(span.toNanos());
            }
        }
    }

    private record Id() implements Sort {
        @Override
        public ClassDesc type() {
            return ClassDesc.of("java.util.UUID");
        }

        @Override
        public MemoryLayout layout() {
            return MemoryLayout.sequenceLayout(16, ValueLayout.JAVA_BYTE);
        }

        @Override
        public Object value(Random random) {
            return new UUID(random.nextLong(), random.nextLong());
        }

        @Override
        public void put(ByteBuffer buffer, Object value) {
            String digits = value.toString().replace("-", "");
            for (int i = 0; i < 16; i++) {
                buffer.put((byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16));
            }
        }
    }

    /// A record with its columns.
    private final class Struct implements Sort {
        private final List<Sort> sorts = new ArrayList<>();
        private final Class<?> record;
        private final boolean packed;

        Struct(int depth, boolean packed) throws IllegalAccessException {
            this.packed = packed;
            int count = 1 + random.nextInt(depth == 0 ? 9 : 4);
            for (int i = 0; i < count; i++) {
                sorts.add(
                        depth < 3 && random.nextInt(5) == 0
                                ? new Struct(depth + 1, false)
                                : sort());
            }
            List<RecordClasses.Component> components = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Sort sort = sorts.get(i);
                components.add(new RecordClasses.Component("c" + i, sort.type(), sort.notes()));
            }
            List<Annotation> notes = packed ? List.of(RecordClasses.note(Packed.class)) : List.of();
            ClassDesc self = ClassDesc.of(RandomLayoutsTest.class.getName() + "$R" + number++);
            record =
                    MethodHandles.lookup()
                            .defineClass(RecordClasses.bytes(self, components, notes));
        }

        private Sort sort() {
            Number any = NUMBERS.get(random.nextInt(NUMBERS.size()));
            return switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> any;
                case 5, 6 -> new Row(any, 1 + random.nextInt(5));
                case 7 -> new Text(1 + random.nextInt(20), random.nextBoolean());
                case 8, 9 -> new Constant(List.of(0, 1, 2, 4).get(random.nextInt(4)));
                case 10 -> new Time(random.nextBoolean(), random.nextBoolean());
                default -> new Id();
            };
        }

        @Override
        public ClassDesc type() {
            return record.describeConstable().orElseThrow();
        }

        @Override
        public MemoryLayout layout() {
            return layout(packed);
        }

        /// Pads until the JDK is content.
        private MemoryLayout layout(boolean tight) {
            List<MemoryLayout> members = new ArrayList<>();
            long at = 0;
            long most = 1;
            for (int i = 0; i < sorts.size(); i++) {
                MemoryLayout of =
                        sorts.get(i) instanceof Struct nested
                                ? nested.layout(tight || nested.packed)
                                : sorts.get(i).layout();
                if (tight) {
                    of = MemoryLayout.structLayout(bytes(of));
                }
                while (at % of.byteAlignment() != 0) {
                    members.add(MemoryLayout.paddingLayout(1));
                    at++;
                }
                members.add(of.withName("c" + i));
                at += of.byteSize();
                most = Math.max(most, of.byteAlignment());
            }
            while (at % most != 0) {
                members.add(MemoryLayout.paddingLayout(1));
                at++;
            }
            return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new));
        }

        private static MemoryLayout bytes(MemoryLayout of) {
            return MemoryLayout.sequenceLayout(of.byteSize(), ValueLayout.JAVA_BYTE);
        }

        /// Returns where each column stands, and what it is.
        List<Place> places(boolean tight) {
            MemoryLayout layout = layout(tight);
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < sorts.size(); i++) {
                int offset = (int) layout.byteOffset(PathElement.groupElement("c" + i));
                if (sorts.get(i) instanceof Struct nested) {
                    for (Place place : nested.places(tight || nested.packed)) {
                        places.add(
                                new Place(
                                        "c" + i + "." + place.path,
                                        offset + place.offset,
                                        place.sort));
                    }
                } else {
                    places.add(new Place("c" + i, offset, sorts.get(i)));
                }
            }
            return places;
        }

        @Override
        public Object value(Random with) {
            Object[] values = sorts.stream().map(sort -> sort.value(with)).toArray();
            try {
                return record.getConstructors()[0].newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void put(ByteBuffer buffer, Object value) {
            throw new AssertionError("column by column");
        }
    }

    private record Place(String path, int offset, Sort sort) {}

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private int number;

    private static Object component(Object of, String path) {
        Object value = of;
        for (String name : path.split("\\.")) {
            try {
                value = value.getClass().getMethod(name).invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return value;
    }

    private static boolean same(Object a, Object b) throws ReflectiveOperationException {
        if (!(a instanceof Record)) {
            return Arrays.deepEquals(new Object[] {a}, new Object[] {b});
        }
        for (RecordComponent each : a.getClass().getRecordComponents()) {
            if (!same(each.getAccessor().invoke(a), each.getAccessor().invoke(b))) {
                return false;
            }
        }
        return true;
    }

    @Test
    void record_random_liesAsTheJdkSays() throws ReflectiveOperationException {
        for (int i = 0; i < RECORDS; i++) {
            Struct struct = new Struct(0, random.nextInt(4) == 0);
            ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            @SuppressWarnings("unchecked")
            RecordLayout<Object> layout =
                    (RecordLayout<Object>) RecordLayout.of(struct.record, order, null);
            String as = "seed " + seed + ", record " + i + "\n" + layout.layout().text();
            List<Place> places = struct.places(struct.packed);
            MemoryLayout jdk = struct.layout();

            MappedLayout mapped = layout.layout();
            assertThat(mapped.strideBytes()).as(as).isEqualTo((int) jdk.byteSize());
            assertThat(mapped.alignment()).as(as).isEqualTo((int) jdk.byteAlignment());
            assertThat(mapped.columns()).as(as).hasSameSizeAs(places);
            for (int c = 0; c < places.size(); c++) {
                Place place = places.get(c);
                assertThat(mapped.columns().get(c).path()).as(as).isEqualTo(place.path);
                assertThat(mapped.columns().get(c).offset()).as(as).isEqualTo(place.offset);
                assertThat(mapped.columns().get(c).byteSize())
                        .as(as)
                        .isEqualTo((int) place.sort.layout().byteSize());
            }
            assertThat(MappedLayout.parse(mapped.text())).as(as).isEqualTo(mapped);
            assertThat(mapped.structLayout().byteSize()).as(as).isEqualTo(jdk.byteSize());
            for (int round = 0; round < 3; round++) {
                roundTrip(struct, layout, places, as, round == 0 && i % 8 == 0);
            }
        }
    }

    private void roundTrip(
            Struct struct,
            RecordLayout<Object> layout,
            List<Place> places,
            String as,
            boolean compiled)
            throws ReflectiveOperationException {
        Object value = struct.value(random);
        ByteBuffer expected =
                ByteBuffer.allocate(layout.layout().strideBytes()).order(layout.layout().order());
        for (Place place : places) {
            place.sort.put(expected.position(place.offset), component(value, place.path));
        }
        int before = random.nextInt(8);
        byte[] bytes = new byte[before + expected.capacity()];
        random.nextBytes(bytes);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        layout.encode("x.map", segment.asSlice(before), value);
        assertThat(Arrays.copyOfRange(bytes, before, bytes.length))
                .as(as)
                .isEqualTo(expected.array());
        assertThat(same(PartHandles.read(layout, segment, before), value)).as(as).isTrue();
        if (compiled) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment file = arena.allocate(expected.capacity(), 8);
                Body body = new Body("x.map", null);
                layout.writer("x.map", layout.layout()).slice(file, 1, body).set(0, value);
                assertThat(file.toArray(ValueLayout.JAVA_BYTE)).as(as).isEqualTo(expected.array());
                Object read = layout.reader("x.map", layout.layout()).slice(file, 1, body).get(0);
                assertThat(same(read, value)).as(as).isTrue();
            }
        }
    }
}
