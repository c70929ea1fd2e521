package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsersTest {

    private final Users users = new Users();

    @Test
    void retire_nobodyInside_givesBackOnce() {
        assertThat(users.retire()).isTrue();
        assertThat(users.retire()).isFalse();
    }

    @Test
    void leave_ofOneThatIsUsed_givesNothingBack() {
        assertThat(users.enter()).isTrue();
        assertThat(users.inside()).isEqualTo(1);
        assertThat(users.leave()).isFalse();
        assertThat(users.inside()).isZero();
        assertThat(users.entered()).isEqualTo(1);
    }

    @Test
    void leave_lastOfRetired_givesBack() {
        assertThat(users.enter()).isTrue();
        assertThat(users.enter()).isTrue();
        assertThat(users.retire()).isFalse();
        assertThat(users.leave()).isFalse();
        assertThat(users.leave()).isTrue();
    }

    @Test
    void enter_retired_mayNotStay() {
        assertThat(users.enter()).isTrue();
        assertThat(users.retire()).isFalse();
        assertThat(users.enter()).isFalse();
        assertThat(users.leave()).isFalse();
        assertThat(users.leave()).isTrue();
    }
}
