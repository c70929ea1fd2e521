package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import org.junit.jupiter.api.Test;

class CacheCodecTest {

    private static <T> T back(CacheCodec<T> codec, T value) {
        return codec.decode(codec.encode(value));
    }

    @Test
    void codecs_ofPlainTypes_giveBackWhatTheyWereGiven() {
        assertThat(back(CacheCodec.strings(), "")).isEmpty();
        assertThat(back(CacheCodec.strings(), "größer 🙂")).isEqualTo("größer 🙂");
        assertThat(back(CacheCodec.longs(), Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(back(CacheCodec.integers(), -7)).isEqualTo(-7);
        assertThat(back(CacheCodec.bytes(), new byte[] {1, 2})).containsExactly(1, 2);
        CacheCodec<Boolean> own =
                CacheCodec.of("bool-1", b -> new byte[] {(byte) (b ? 1 : 0)}, b -> b[0] == 1);
        assertThat(back(own, true)).isTrue();
        assertThat(own.name()).isEqualTo("bool-1");
    }

    @Test
    void codecs_otherBytes_areRefused() {
        assertThatThrownBy(() -> CacheCodec.longs().decode(new byte[4]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CacheCodec.integers().decode(new byte[8]))
                .hasMessage("8 bytes where there should be 4");
        assertThatThrownBy(() -> CacheCodec.strings().decode(new byte[] {(byte) 0xFF}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CacheCodec.strings().encode("\uD800"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CacheCodec.of("no name", null, null))
                .isInstanceOf(InvalidOptionException.class);
    }
}
