package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.DefaultValue;
import io.patinox.memory.mmap.Encoded;
import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.Latin1;
import io.patinox.memory.mmap.MappableType;
import io.patinox.memory.mmap.MappedBy;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.Width;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;

/// From the type of a component and its annotations to a column, or to the reason why there is
/// none. A reason says what to do about it.
final class Leaves {
    private static final int NO_ARRAY = -1;

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(
                    Boolean.class, boolean.class,
                    Byte.class, byte.class,
                    Short.class, short.class,
                    Character.class, char.class,
                    Integer.class, int.class,
                    Long.class, long.class,
                    Float.class, float.class,
                    Double.class, double.class);

    private final Access access;

    Leaves(Access access) {
        this.access = access;
    }

    /// Returns the column of a component that is no record.
    Node.Leaf leaf(Site site, Class<?> type, Type generic, Notes notes) {
        if (notes.has(MappedBy.class)) {
            return own(site, type, generic, notes);
        }
        requirePlain(site, generic);
        if (type.isPrimitive()) {
            return primitive(site, type, notes);
        }
        if (type == String.class) {
            return string(site, notes);
        }
        if (type.isEnum()) {
            return constant(site, type, notes);
        }
        if (type.isArray()) {
            return array(site, type, notes);
        }
        if (type == Instant.class || type == Duration.class) {
            return time(site, type, notes);
        }
        if (type == UUID.class) {
            notes.only(site, "a UUID", DefaultValue.class);
            return leaf(
                    type,
                    ColumnKind.UUID,
                    Kinds.UUID_BYTES,
                    "",
                    (column, order) -> Uuids.uuid(column),
                    notes);
        }
        throw site.refused(unknown(type));
    }

    /// Refuses what is generic.
    static void requirePlain(Site site, Type generic) {
        if (generic instanceof TypeVariable<?> || generic instanceof GenericArrayType) {
            throw site.refused(
                    "its type is the variable "
                            + generic.getTypeName()
                            + ", whose size nobody knows; use a type of its own");
        }
        if (generic instanceof ParameterizedType) {
            throw site.refused(
                    generic.getTypeName()
                            + " is generic; use a plain type, or say how it is written with"
                            + " @MappedBy");
        }
    }

    private static String unknown(Class<?> type) {
        Class<?> primitive = BOXES.get(type);
        if (primitive != null) {
            return type.getName() + " may be null, which a file can't hold; use " + primitive;
        }
        if (type.isInterface()) {
            return type.getName()
                    + " is an interface, of which only elements can be views; use a record, or say"
                    + " how it is written with @MappedBy";
        }
        return type.getName()
                + " has no size in a file; use a record, or say how it is written with @MappedBy";
    }

    private static Node.Leaf leaf(
            Class<?> type,
            ColumnKind kind,
            int size,
            String detail,
            BiFunction<MappedColumn, ByteOrder, Part> part,
            Notes notes) {
        return new Node.Leaf(
                type,
                kind,
                size,
                NO_ARRAY,
                detail,
                Kinds.alignment(kind, size),
                part,
                notes.standard());
    }

    private static Node.Leaf primitive(Site site, Class<?> type, Notes notes) {
        notes.only(site, "a component of type " + type, DefaultValue.class);
        ColumnKind kind = Kinds.of(type);
        BiFunction<MappedColumn, ByteOrder, Part> part =
                type == boolean.class
                        ? (column, order) -> Arrayed.bool(column)
                        : (column, order) -> new Part.Plain(column, type);
        return leaf(type, kind, Kinds.bytes(kind), "", part, notes);
    }

    private static int capacity(Site site, Notes notes, String missing) {
        Capacity capacity = notes.get(Capacity.class);
        if (capacity == null) {
            throw site.refused(missing);
        }
        int value = capacity.value();
        if (value < 1 || value > LayoutRules.MAX_LENGTH) {
            throw site.refused("@Capacity must be 1 to 65,535, but is " + value);
        }
        return value;
    }

    private static Node.Leaf string(Site site, Notes notes) {
        notes.only(site, "a string", Capacity.class, Latin1.class, DefaultValue.class);
        int capacity =
                capacity(
                        site,
                        notes,
                        "a string needs a size; say how many bytes it has with @Capacity");
        boolean latin1 = notes.has(Latin1.class);
        return leaf(
                String.class,
                latin1 ? ColumnKind.LATIN1 : ColumnKind.UTF8,
                LayoutRules.STRING_PREFIX + capacity,
                "",
                latin1 ? Strings::latin1 : Strings::utf8,
                notes);
    }

    private static Node.Leaf constant(Site site, Class<?> type, Notes notes) {
        notes.only(site, "an enum", Width.class, DefaultValue.class);
        Object[] constants = type.getEnumConstants();
        if (constants.length == 0) {
            throw site.refused(type.getName() + " has no constants, so there is no value of it");
        }
        int least = Enums.width(constants.length);
        Width width = notes.get(Width.class);
        int bytes = width == null ? least : width.value();
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            throw site.refused("@Width must be 1, 2 or 4, but is " + bytes);
        }
        if (bytes < least) {
            throw site.refused(
                    "@Width must be "
                            + least
                            + " or more, as "
                            + type.getName()
                            + " has "
                            + constants.length
                            + " constants");
        }
        return leaf(
                type,
                ColumnKind.ENUM,
                bytes,
                Enums.detail(type),
                (column, order) -> Enums.constant(column, type, order),
                notes);
    }

    private static Node.Leaf array(Site site, Class<?> type, Notes notes) {
        Class<?> element = type.componentType();
        if (!element.isPrimitive()) {
            throw site.refused(
                    element.isArray()
                            ? "an array has one dimension only; use one array of all elements"
                            : "an array of "
                                    + element.getName()
                                    + " can't be mapped, only of primitives; use components of a"
                                    + " nested record, or @MappedBy");
        }
        notes.only(site, "an array", Capacity.class, DefaultValue.class);
        int length =
                capacity(
                        site,
                        notes,
                        "an array needs a length; say how many elements it has with @Capacity");
        ColumnKind kind = Kinds.of(element);
        int single = Kinds.bytes(kind);
        return new Node.Leaf(
                type,
                kind,
                single * length,
                length,
                "",
                single,
                (column, order) -> Arrayed.array(column, type, order),
                notes.standard());
    }

    private static Node.Leaf time(Site site, Class<?> type, Notes notes) {
        boolean instant = type == Instant.class;
        notes.only(site, instant ? "a moment" : "a duration", Encoded.class, DefaultValue.class);
        Encoded encoded = notes.get(Encoded.class);
        if (encoded == null) {
            throw site.refused("say how it is written with @Encoded, such as @Encoded(NANOS)");
        }
        Encoding encoding = encoded.value();
        return leaf(
                type,
                instant ? ColumnKind.INSTANT : ColumnKind.DURATION,
                Kinds.bytes(encoding),
                encoding.name(),
                instant
                        ? (column, order) -> Times.instant(column, encoding, order)
                        : (column, order) -> Times.duration(column, encoding, order),
                notes);
    }

    private Node.Leaf own(Site site, Class<?> type, Type generic, Notes notes) {
        if (generic instanceof TypeVariable<?> || generic instanceof GenericArrayType) {
            requirePlain(site, generic);
        }
        notes.only(site, "a component with @MappedBy", MappedBy.class);
        MappedBy mappedBy = Objects.requireNonNull(notes.get(MappedBy.class));
        OwnTypes.Facts facts = OwnTypes.of(site, type, access, mappedBy.value());
        MappableType<?> own = facts.own();
        return new Node.Leaf(
                type,
                ColumnKind.OWN,
                facts.byteSize(),
                NO_ARRAY,
                facts.name(),
                facts.alignment(),
                (column, order) -> Own.own(column, type, own, order),
                null);
    }
}
