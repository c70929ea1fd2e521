package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.pool.KeyedConnectionManager;
import io.patinox.memory.pool.KeyedPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyDirectoryTest {
    /// Keys with one hash code.
    private record Same(int number) {
        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static final class Objects implements KeyedConnectionManager<Same, Object> {
        @Override
        public Object create(Same key) {
            return new Object();
        }

        @Override
        public void destroy(Same key, Object connection) {}
    }

    private final KeyedObjectPool<Same, Object> home =
            (KeyedObjectPool<Same, Object>) KeyedPool.builder(new Objects()).build();

    private final KeyDirectory<Same, Object> directory = new KeyDirectory<>();

    private KeyShare<Same, Object> share(int number) {
        Same key = new Same(number);
        home.acquire(key).close();
        return home.shares().stream().filter(s -> s.key.equals(key)).findFirst().orElseThrow();
    }

    @Test
    void add_keysWithOneHashCode_findsEach() {
        List<KeyShare<Same, Object>> shares = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            shares.add(share(i));
            assertThat(directory.add(shares.get(i))).isSameAs(shares.get(i));
            assertThat(directory.add(shares.get(i))).isSameAs(shares.get(i));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(directory.find(new Same(i), 1)).isSameAs(shares.get(i));
        }
        assertThat(directory.find(new Same(9), 1)).isNull();
        assertThat(directory.find(new Same(1), 2)).isNull();
        assertThat(directory.all()).containsExactlyInAnyOrderElementsOf(shares);
        home.close();
    }

    @Test
    void remove_anyOfSeveral_leavesTheOthers() {
        List<KeyShare<Same, Object>> shares = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            shares.add(share(i));
            directory.add(shares.get(i));
        }
        assertThat(directory.remove(shares.get(1))).isTrue();
        assertThat(directory.remove(shares.get(1))).isFalse();
        assertThat(directory.all()).containsExactlyInAnyOrder(shares.get(0), shares.get(2));
        assertThat(directory.remove(shares.get(0))).isTrue();
        assertThat(directory.remove(shares.get(2))).isTrue();
        assertThat(directory.remove(shares.get(2))).isFalse();
        assertThat(directory.all()).isEmpty();
        home.close();
    }
}
