package io.patinox.memory.pool;

import io.patinox.memory.resource.CheckedFunction;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Objects to pool whose manager does what a test tells it: throw, hang, lie.
public final class Things implements ConnectionManager<Things.Thing> {
    /// Numbered in the order of creation.
    public static final class Thing {
        public final int number;
        public final AtomicInteger users = new AtomicInteger();
        public final AtomicInteger recycled = new AtomicInteger();
        public final AtomicInteger destroyed = new AtomicInteger();

        Thing(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "thing " + number;
        }
    }

    public final List<Thing> created = new CopyOnWriteArrayList<>();
    public final AtomicInteger creations = new AtomicInteger();
    public final AtomicInteger validations = new AtomicInteger();
    public volatile CheckedFunction<Thing, Thing, Exception> onCreate = thing -> thing;
    public volatile CheckedFunction<Thing, Boolean, Exception> onValidate = thing -> true;
    public volatile CheckedFunction<Thing, Object, Exception> onRecycle = thing -> thing;
    public volatile CheckedFunction<Thing, Object, Exception> onDestroy = thing -> thing;

    @Override
    public Thing create() throws Exception {
        Thing thing = onCreate.apply(new Thing(creations.incrementAndGet()));
        if (thing != null) {
            created.add(thing);
        }
        return thing;
    }

    @Override
    public boolean validate(Thing thing) throws Exception {
        validations.incrementAndGet();
        return onValidate.apply(thing);
    }

    @Override
    public void recycle(Thing thing) throws Exception {
        thing.recycled.incrementAndGet();
        onRecycle.apply(thing);
    }

    @Override
    public void destroy(Thing thing) throws Exception {
        thing.destroyed.incrementAndGet();
        onDestroy.apply(thing);
    }

    /// {@return how many of the created things were destroyed exactly once}
    public long destroyedOnce() {
        return created.stream().filter(thing -> thing.destroyed.get() == 1).count();
    }
}
