package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.pool.ConnectionManager;
import org.junit.jupiter.api.Test;

class RecyclingTest {
    private static class Plain implements ConnectionManager<String> {
        @Override
        public String create() {
            return "made";
        }

        @Override
        public void destroy(String object) {}
    }

    private static class Resetting extends Plain {
        @Override
        public void recycle(String object) {}
    }

    private static final class Inheriting extends Resetting {}

    @Test
    void isDoneBy_noRecycleOfItsOwn_isFalse() {
        assertThat(Recycling.isDoneBy(new Plain())).isFalse();
        assertThat(Recycling.isDoneBy(new Plain() {})).isFalse();
    }

    @Test
    void isDoneBy_ownOrInheritedRecycle_isTrue() {
        assertThat(Recycling.isDoneBy(new Resetting())).isTrue();
        assertThat(Recycling.isDoneBy(new Inheriting())).isTrue();
    }
}
