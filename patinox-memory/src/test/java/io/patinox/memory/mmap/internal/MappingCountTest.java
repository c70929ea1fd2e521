package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// No other test that maps runs in the same JVM at the same time, so that the number is ours.
@Isolated
class MappingCountTest {
    @Test
    void endWith_arenaThatEnds_isNoticedWhenTheNumberIsAskedFor() {
        long before = MappingCount.current();
        try (Arena arena = Arena.ofShared()) {
            MappingCount.begin("a");
            MappingCount.begin("b");
            MappingCount.endWith(arena.scope());
            MappingCount.endWith(arena.scope());
            assertThat(MappingCount.current()).isEqualTo(before + 2);
        }
        assertThat(MappingCount.current()).isEqualTo(before);
    }

    @Test
    void end_atOnce_takesOneAway() {
        long before = MappingCount.current();
        MappingCount.begin("a");
        assertThat(MappingCount.current()).isEqualTo(before + 1);
        MappingCount.end();
        assertThat(MappingCount.current()).isEqualTo(before);
    }

    @Test
    void limitOf_setting_isThreeQuarters(@TempDir Path folder) throws IOException {
        Path setting = Files.writeString(folder.resolve("max_map_count"), "65532\n");
        assertThat(MappingCount.limitOf(setting)).isEqualTo(49_149);
        Files.writeString(setting, "many");
        assertThat(MappingCount.limitOf(setting)).isEqualTo(1_000_000);
        assertThat(MappingCount.limitOf(folder.resolve("nothing"))).isEqualTo(1_000_000);
    }
}
