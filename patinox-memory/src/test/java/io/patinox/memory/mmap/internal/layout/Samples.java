package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.Components;

/// Types for tests of what is compiled.
final class Samples {
    private Samples() {}

    record Trade(long id, int quantity, int venue, double price) {}

    record Numbers(
            byte tiny, short small, char unit, int whole, long large, float near, double far) {}

    record Point(int x, short y) {}

    record Place(byte level, Point point, Point other, long id) {}

    record Mixed(boolean on, String name, int[] codes, Point point, long id) {}

    record Label(String name, long id) {}

    record One(byte value) {}

    record Wide(long a, double b) {}

    @Components({"id", "quantity", "price", "point", "name", "on"})
    interface Row {
        long id();

        void id(long value);

        int quantity();

        void quantity(int value);

        double price();

        void price(double value);

        Point point();

        void point(Point value);

        String name();

        void name(String value);

        boolean on();

        void on(boolean value);
    }

    @Components({"hits", "state"})
    interface Counter {
        long hits();

        void hits(long value);

        long hitsVolatile();

        void hitsVolatile(long value);

        long hitsAcquire();

        void hitsRelease(long value);

        long hitsGetAndAdd(long delta);

        long hitsGetAndSet(long value);

        boolean hitsCompareAndSet(long expected, long value);

        int state();

        int stateVolatile();

        void stateVolatile(int value);

        int stateAcquire();

        void stateRelease(int value);

        int stateGetAndAdd(int delta);

        int stateGetAndSet(int value);

        boolean stateCompareAndSet(int expected, int value);

        default long both() {
            return hits() + state();
        }
    }
}
