package io.patinox.contract.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.share.Copier;
import io.patinox.memory.share.MutableSharedData;
import io.patinox.memory.share.SharedData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every call of the user's code fails once, for every n; and random operations against a model.
@Timeout(60)
class ShareFaultsTest {

    /// Counts the calls of the user's code and fails the n-th.
    private static final class Failing implements Copier<List<String>> {
        private final int failAt;
        private int calls;

        Failing(int failAt) {
            this.failAt = failAt;
        }

        void call() {
            if (++calls == failAt) {
                throw new IllegalStateException("call " + calls);
            }
        }

        @Override
        public List<String> copy(List<String> source) {
            call();
            return new ArrayList<>(source);
        }

        @Override
        public List<String> view(List<String> payload) {
            call();
            return Collections.unmodifiableList(payload);
        }
    }

    private static boolean done(Runnable step) {
        try {
            step.run();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /// Each step adds its number; whatever failed must not be seen, whatever succeeded must.
    private static boolean script(
            Failing user,
            Consumer<Consumer<List<String>>> mutate,
            java.util.function.Supplier<List<String>> get) {
        List<String> model = new ArrayList<>();
        boolean all = true;
        for (int step = 0; step < 4; step++) {
            String text = "step " + step;
            boolean added =
                    done(() ->
                            mutate.accept(payload -> {
                                user.call();
                                payload.add(text);
                                user.call();
                            }));
            if (added) {
                model.add(text);
            }
            List<String> seen = get.get();
            assertThat(seen).containsExactlyElementsOf(model);
            all &= added;
        }
        return all;
    }

    @Test
    void copyOnWrite_nthCallFails_leavesTheOldValue() {
        boolean clean = false;
        for (int n = 2; !clean; n++) {
            Failing user = new Failing(n);
            MutableSharedData<List<String>> data =
                    MutableSharedData.copyOnWrite(new ArrayList<>(), user);
            clean = script(user, data::mutate, data::get);
            assertThat(data.version()).isEqualTo(data.get().size() + 1L);
            assertThat(n).isLessThan(100);
        }
    }

    @Test
    void sharedData_nthCallFails_leavesTheOldValue() {
        boolean clean = false;
        for (int n = 2; !clean; n++) {
            Failing user = new Failing(n);
            SharedData<List<String>> data = SharedData.copyOnWrite(new ArrayList<>(), user);
            data.share(); // each update then works on a copy, as get() shares what it hands out
            clean = script(user, data::mutate, data::get);
            assertThat(data.version()).isEqualTo(data.get().size() + 1L);
            assertThat(n).isLessThan(100);
        }
    }

    @Test
    void inPlace_nthCallFails_keepsWorking() {
        boolean clean = false;
        for (int n = 2; !clean; n++) {
            Failing user = new Failing(n);
            MutableSharedData<List<String>> data =
                    MutableSharedData.inPlace(new ArrayList<>(), user);
            clean = true;
            for (int step = 0; step < 4; step++) {
                clean &= done(() -> data.mutate(payload -> add(user, payload)));
                clean &= done(data::snapshot);
                long version = data.version();
                assertThat(data.<Integer>read(List::size)).isBetween(0, (int) version - 1);
            }
            assertThat(data.version()).isEqualTo(5);
            assertThat(n).isLessThan(100);
        }
    }

    private static void add(Failing user, List<String> payload) {
        user.call();
        payload.add("x");
        user.call();
    }

    /// One handle and what it must show.
    private static final class Model {
        final SharedData<List<String>> handle;
        final List<String> expected;
        long version;
        boolean exclusive;
        @Nullable List<String> handedOut;
        List<String> handedOutThen = List.of();

        Model(SharedData<List<String>> handle, List<String> expected, long version) {
            this.handle = handle;
            this.expected = new ArrayList<>(expected);
            this.version = version;
        }
    }

    @Test
    void handles_randomOperations_behaveAsTheModel() {
        long seed = ThreadLocalRandom.current().nextLong();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 300; round++) {
            Texts texts = new Texts();
            List<Model> models = new ArrayList<>();
            Model first = new Model(SharedData.copyOnWrite(Texts.list(), texts), List.of(), 1);
            first.exclusive = true;
            models.add(first);
            for (int step = 0; step < 60; step++) {
                Model model = models.get(random.nextInt(models.size()));
                int copies = texts.copies.get();
                play(random.nextInt(6), model, models, "s" + step);
                boolean mayCopy = texts.copies.get() <= copies + 1;
                assertThat(mayCopy).as("seed %d", seed).isTrue();
                for (Model each : models) {
                    check(each, seed);
                }
            }
        }
    }

    private static void play(int operation, Model model, List<Model> models, String text) {
        switch (operation) {
            case 0 -> {
                Model other = new Model(model.handle.share(), model.expected, model.version);
                model.exclusive = false;
                models.add(other);
            }
            case 1 -> {
                model.handedOut = model.handle.get();
                model.handedOutThen = List.copyOf(model.expected);
                model.exclusive = false;
            }
            case 2 -> {
                boolean did =
                        model.handle.tryUpdate(payload -> {
                            payload.add(text);
                            return payload;
                        });
                assertThat(did).isEqualTo(model.exclusive);
                if (did) {
                    model.expected.add(text);
                    model.version++;
                }
            }
            case 3 -> {
                assertThat(model.handle.compareAndUpdate(model.version + 1, p -> p)).isFalse();
                assertThat(model.handle.<Integer>read(List::size)).isEqualTo(model.expected.size());
            }
            default -> {
                model.handle.mutate(payload -> payload.add(text));
                model.expected.add(text);
                model.version++;
                model.exclusive = true;
            }
        }
    }

    private static void check(Model model, long seed) {
        assertThat(model.handle.isExclusive()).as("seed %d", seed).isEqualTo(model.exclusive);
        assertThat(model.handle.version()).as("seed %d", seed).isEqualTo(model.version);
        assertThat(model.handle.<Boolean>read(model.expected::equals)).as("seed %d", seed).isTrue();
        if (model.handedOut != null) {
            assertThat(Objects.requireNonNull(model.handedOut))
                    .as("what was handed out, seed %d", seed)
                    .isEqualTo(model.handedOutThen);
        }
    }
}
