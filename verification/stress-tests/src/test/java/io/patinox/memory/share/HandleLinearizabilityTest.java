package io.patinox.memory.share;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/// **Claim.** the operations of a handle are linearizable: whatever threads do to it at the same
/// time, each gets an answer that it could also have got from a model, one operation after the
/// other. So no update is lost, versions and values belong together, and an update is told that it
/// is exclusive only if it is.
///
/// Lincheck draws its scenarios from a fixed seed. The last test shows that it sees what is wrong
/// with a handle that looks at its state too early.
class HandleLinearizabilityTest {
    private static final boolean FULL = "stress".equals(System.getProperty("patinox.ring"));

    @Test
    void handle_immutable_isLinearizable() {
        options(new ModelCheckingOptions(), Model.class).check(Immutable.class);
        options(new StressOptions(), Model.class).check(Immutable.class);
    }

    @Test
    void handle_mutable_isLinearizable() {
        options(new ModelCheckingOptions(), MutableModel.class).check(Mutable.class);
        if (FULL) {
            options(new StressOptions(), MutableModel.class).check(Mutable.class);
        }
    }

    @Test
    void handle_looksTooEarly_isCaught() {
        assertThatThrownBy(() ->
                        options(new ModelCheckingOptions(), Model.class)
                                .iterations(10)
                                .actorsPerThread(3)
                                .check(Hasty.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static <O extends Options<O, ?>> O options(O options, Class<?> model) {
        return options.iterations(FULL ? 100 : 2)
                .invocationsPerIteration(FULL ? 5_000 : 40)
                .threads(2)
                .actorsPerThread(FULL ? 3 : 2)
                .actorsBefore(1)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .sequentialSpecification(model);
    }

    /// A handle as it should be, for one thread at a time.
    public static class Model {
        int value;
        long version = 1;
        boolean shared;

        public long add() {
            value++;
            shared = false;
            return ++version;
        }

        public boolean tryAdd() {
            boolean exclusive = !shared;
            if (exclusive) {
                add();
            }
            return exclusive;
        }

        public boolean addAtTwo() {
            boolean right = version == 2;
            if (right) {
                add();
            }
            return right;
        }

        public String snapshot() {
            return value + "@" + version;
        }

        public int get() {
            return value;
        }

        public String share() {
            shared = true;
            return value + "@" + version;
        }
    }

    /// The same, where a look is a share.
    public static final class MutableModel extends Model {
        @Override
        public String snapshot() {
            return share();
        }

        @Override
        public int get() {
            shared = true;
            return value;
        }
    }

    private static String text(Snapshot<?> snapshot) {
        Object value = snapshot.value();
        return (value instanceof int[] array ? array[0] : value) + "@" + snapshot.version();
    }

    /// A handle of an immutable value.
    public static class Immutable {
        final SharedData<Integer> data = SharedData.of(0);

        @Operation
        public long add() {
            return data.update(n -> n + 1);
        }

        @Operation
        public boolean tryAdd() {
            return data.tryUpdate(n -> n + 1);
        }

        @Operation
        public boolean addAtTwo() {
            return data.compareAndUpdate(2, n -> n + 1);
        }

        @Operation
        public String snapshot() {
            return text(data.snapshot());
        }

        @Operation
        public int get() {
            return data.get();
        }

        @Operation
        public String share() {
            return text(data.share().snapshot());
        }
    }

    /// A handle of a payload that is changed in place or copied.
    public static final class Mutable {
        private final SharedData<int[]> data = SharedData.copyOnWrite(new int[1], int[]::clone);

        private static int[] increment(int[] array) {
            array[0]++;
            return array;
        }

        @Operation
        public long add() {
            return data.mutate(array -> array[0]++);
        }

        @Operation
        public boolean tryAdd() {
            return data.tryUpdate(Mutable::increment);
        }

        @Operation
        public boolean addAtTwo() {
            return data.compareAndUpdate(2, Mutable::increment);
        }

        @Operation
        public String snapshot() {
            return text(data.snapshot());
        }

        @Operation
        public int get() {
            return data.get()[0];
        }

        @Operation
        public String share() {
            return text(data.share().snapshot());
        }
    }

    /// Looks whether it is exclusive, and updates afterwards.
    public static final class Hasty extends Immutable {
        @Override
        public boolean tryAdd() {
            boolean exclusive = data.isExclusive();
            if (exclusive) {
                data.update(n -> n + 1);
            }
            return exclusive;
        }
    }
}
