package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.error.MappingMismatchException;
import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.Components;
import io.patinox.memory.mmap.DefaultValue;
import io.patinox.memory.mmap.Encoded;
import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.Latin1;
import io.patinox.memory.mmap.MappableType;
import io.patinox.memory.mmap.MappedBy;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.Packed;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documentation shows of layouts: what a component may be, and how a file outlives its
/// record.
class MappingLayoutExamples {
    @TempDir Path folder;

    // @start region="all"
    enum Side {
        BUY,
        SELL
    }

    record Venue(@Latin1 @Capacity(8) String code, short country) {}

    record Order(
            UUID id,
            @Encoded(Encoding.MICROS) Instant placed,
            @Encoded(Encoding.NANOS) Duration latency,
            Side side,
            boolean urgent,
            @Capacity(24) String trader,
            Venue venue,
            @Capacity(3) int[] fees,
            @MappedBy(MoneyType.class) Money limit) {}

    // @end

    // @start region="own"
    record Money(long cents) {}

    public static final class MoneyType implements MappableType<Money> {
        @Override
        public String name() {
            return "money-cents-1"; // part of the layout: another encoding needs another name
        }

        @Override
        public Class<Money> type() {
            return Money.class;
        }

        @Override
        public int byteSize() {
            return Long.BYTES;
        }

        @Override
        public Money read(MemorySegment segment, ByteOrder order) {
            return new Money(segment.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 0));
        }

        @Override
        public void write(MemorySegment segment, ByteOrder order, Money value) {
            segment.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 0, value.cents());
        }
    }

    // @end

    @Test
    void all() {
        Path path = folder.resolve("orders.map");
        UUID id = UUID.fromString("018f3a00-0000-7000-8000-000000000001");
        Instant placed = Instant.parse("2026-11-28T09:30:00.000001Z");
        Order order =
                new Order(
                        id,
                        placed,
                        Duration.ofNanos(1_500),
                        Side.SELL,
                        true,
                        "Zoë",
                        new Venue("XETRA", (short) 276),
                        new int[] {3, 2, 1},
                        new Money(1_999));
        try (MutableMappedFile<Order> orders = MappedFile.builder(path, Order.class).create(0)) {
            orders.append(order);
            Order found = orders.get(0);
            assertThat(found).usingRecursiveComparison().isEqualTo(order);
            assertThat(orders.layout().columns()).extracting("path").contains("venue.code");
        }
    }

    record Unsized(long id, String name) {}

    @Test
    void refused() {
        // @start region="refused"
        assertThatThrownBy(() -> MappedLayout.of(Unsized.class)) // (long id, String name)
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("component 'name'");
        // @end
    }

    @Test
    void layout() {
        // @start region="layout"
        MappedLayout layout = MappedLayout.of(Order.class);
        System.out.print(layout.text()); // a line a column: offset, size, path, kind
        // @end
        assertThat(layout.strideBytes()).isPositive();
    }

    // @start region="view"
    @Components({"hits", "limit"})
    interface Quota {
        long hits();

        long hitsGetAndAdd(long delta);

        int limit();

        void limit(int limit);

        default boolean isExhausted() {
            return hits() >= limit();
        }
    }

    // @end

    @Test
    void view() {
        Path path = folder.resolve("quotas.map");
        // @start region="view-use"
        try (MutableMappedFile<Quota> quotas = MappedFile.builder(path, Quota.class).create(100)) {
            boolean exhausted =
                    quotas.compute(slice -> {
                        Quota quota = slice.get(42); // nothing is read yet
                        quota.limit(2);
                        quota.hitsGetAndAdd(1); // atomic, also between processes
                        quota.hitsGetAndAdd(1);
                        return quota.isExhausted();
                    });
            assertThat(exhausted).isTrue();
        }
        // @end
    }

    // @start region="evolved"
    record Quote(long id, double price) {}

    record QuoteWithVenue(
            long id,
            double price,
            @Capacity(8) @DefaultValue("XETRA") String venue,
            @DefaultValue("1") int lot) {}

    // @end

    @Test
    void evolve() {
        Path old = folder.resolve("quotes.map");
        Path renewed = folder.resolve("quotes-2.map");
        try (MutableMappedFile<Quote> quotes = MappedFile.builder(old, Quote.class).create(0)) {
            quotes.append(new Quote(1, 9.5));
        }
        // @start region="evolve"
        try (MappedFile<QuoteWithVenue> quotes =
                        MappedFile.builder(old, QuoteWithVenue.class).openReadOnly();
                MutableMappedFile<QuoteWithVenue> copy =
                        MappedFile.builder(renewed, QuoteWithVenue.class).create(0)) {
            assertThat(quotes.get(0)).isEqualTo(new QuoteWithVenue(1, 9.5, "XETRA", 1));
            copy.appendAll(quotes.read(slice -> slice.stream().toList()));
        }
        // @end
        // @start region="evolve-write"
        assertThatThrownBy(() -> MappedFile.builder(old, QuoteWithVenue.class).open())
                .isInstanceOf(MappingMismatchException.class);
        // @end
        try (MappedFile<Quote> quotes = MappedFile.builder(renewed, Quote.class).openReadOnly()) {
            assertThat(quotes.get(0)).isEqualTo(new Quote(1, 9.5)); // and older programs go on
        }
    }

    // @start region="foreign"
    @Packed
    record Sample(int time, short value) {} // 6 bytes

    // @end

    @Test
    void headerless() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 2 * 6);
        bytes.putLong(0x5341_4d50_4c45_5331L);
        bytes.putInt(1_000).putShort((short) 7).putInt(2_000).putShort((short) -7);
        Path path = Files.write(folder.resolve("samples.raw"), bytes.array());
        // @start region="headerless"
        try (MappedFile<Sample> samples =
                MappedFile.builder(path, Sample.class)
                        .headerless(8)
                        .byteOrder(ByteOrder.BIG_ENDIAN)
                        .openReadOnly()) {
            List<Sample> all = samples.read(slice -> slice.stream().toList());
            assertThat(all)
                    .containsExactly(new Sample(1_000, (short) 7), new Sample(2_000, (short) -7));
        }
        // @end
    }
}
