package io.patinox.memory.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkChainTest {
    @TempDir Path temp;
    private Path dir;

    @BeforeEach
    void real() throws IOException {
        dir = temp.toRealPath();
    }

    @Test
    void file_withoutLinks_hasItsFolder() throws IOException {
        Path file = Files.createFile(dir.resolve("app.yaml"));

        assertThat(LinkChain.folders(file)).containsExactly(dir);
    }

    @Test
    void folder_withoutLinks_countsItself() {
        assertThat(LinkChain.folders(dir)).containsExactly(dir.getParent(), dir);
    }

    @Test
    void mount_ofKubernetes_hasEveryFolderOfTheChain() throws IOException {
        Path mount = Files.createDirectory(dir.resolve("mount"));
        Path dated = Files.createDirectory(mount.resolve("..2026"));
        Files.createFile(dated.resolve("app.yaml"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(mount.resolve("app.yaml"), Path.of("..data/app.yaml"));
        Path link = Files.createSymbolicLink(dir.resolve("link.yaml"), mount.resolve("app.yaml"));

        assertThat(LinkChain.folders(link)).containsExactly(dir, mount, dated);
    }

    @Test
    void link_upwards_isFollowed() throws IOException {
        Path inner = Files.createDirectory(dir.resolve("inner"));
        Path file = Files.createFile(dir.resolve("app.yaml"));
        Path link = Files.createSymbolicLink(inner.resolve("l"), Path.of("./../app.yaml"));

        assertThat(LinkChain.folders(link)).containsExactly(inner, file.getParent());
    }

    @Test
    void missingFolder_walked_hasTheNearestThatExists() {
        assertThat(LinkChain.folders(dir.resolve("a/b/c.yaml"))).containsExactly(dir);
    }

    @Test
    void loopOfLinks_walked_ends() throws IOException {
        Path one = dir.resolve("one");
        Path two = Files.createSymbolicLink(dir.resolve("two"), one);
        Files.createSymbolicLink(one, two);

        assertThat(LinkChain.folders(one)).containsExactly(dir);
    }
}
