package io.patinox.benchmarks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ContentTest {

    private static Reading read(byte[]... parts) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.write(part);
        }
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(content.toByteArray()));
        return Content.read(properties);
    }

    @Test
    void whole_asWritten_hasItsVersion() throws IOException {
        assertThat(read(Content.whole(0))).isEqualTo(Reading.whole(0));
        assertThat(read(Content.whole(4711))).isEqualTo(Reading.whole(4711));
        assertThat(Content.whole(1)).hasSameSizeAs(Content.whole(1_000_000));
    }

    @Test
    void whole_cutAnywhere_isTorn() throws IOException {
        byte[] content = Content.whole(7);
        assertThat(read(new byte[0])).isEqualTo(Reading.EMPTY);
        // the end of the last line may be missing
        for (int length = 1; length < content.length - 1; length++) {
            assertThat(read(Arrays.copyOf(content, length)))
                    .as("after %d bytes", length)
                    .isEqualTo(Reading.TORN);
        }
    }

    @Test
    void whole_mixedWithAnother_isTorn() throws IOException {
        byte[] one = Content.whole(7);
        byte[] other = Content.whole(8);
        for (int cut = 100; cut < one.length - 100; cut += 97) {
            byte[] tail = Arrays.copyOfRange(other, cut, other.length);
            assertThat(read(Arrays.copyOf(one, cut), tail))
                    .as("cut at %d", cut)
                    .isEqualTo(Reading.TORN);
        }
    }

    @Test
    void addition_appended_countsIfIntact() throws IOException {
        byte[] base = Content.whole(7);
        byte[] line = Content.addition(9);
        assertThat(read(base, Content.addition(8), line)).isEqualTo(Reading.whole(9));
        assertThat(read(base, Arrays.copyOf(line, line.length - 3))).isEqualTo(Reading.TORN);
        assertThat(read(line)).isEqualTo(Reading.TORN);
    }

    @Test
    void invalid_read_isRefused() {
        assertThatThrownBy(() -> read(Content.whole(7), Content.invalid()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contents_ofOneSave_areVersionsOfThatSave() throws IOException {
        Contents contents = Contents.of(12);
        long one = read(contents.whole()).version();
        long other = read(contents.whole()).version();
        assertThat(one).isNotEqualTo(other);
        assertThat(Contents.save(one)).isEqualTo(12);
        assertThat(Contents.save(other)).isEqualTo(12);
    }
}
