package io.patinox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModuleTest {

    @Test
    void library_onTheModulePath_isANamedModule() {
        var library = ModuleLayer.boot().findModule("io.patinox.memory");

        assertThat(library).isPresent();
        assertThat(library.orElseThrow().isExported("io.patinox.memory.pool")).isTrue();
        assertThat(getClass().getModule().getName()).isEqualTo("io.patinox.contract");
    }
}
