package io.patinox.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.ErrorCode;
import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.error.RecoveryStrategy.CircuitBreak;
import io.patinox.memory.error.RecoveryStrategy.Fallback;
import io.patinox.memory.error.RecoveryStrategy.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorCodeTableTest {

    private static final List<Class<?>> ENUMS = ErrorCodeTable.enums();

    private static final String COMMAND =
            "./mvnw -Pfast -pl verification/architecture-tests -am test -Dtest=ErrorCodeTableTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dpatinox.docs.write=true";

    @Test
    void page_inTheTree_isThatOfTheCode() throws IOException {
        String page = ErrorCodeTable.page(ENUMS);
        Path file = Tree.root().resolve(ErrorCodeTable.PATH);
        if (Boolean.getBoolean("patinox.docs.write")) {
            Files.writeString(file, page);
        }

        assertThat(file)
                .as("%s does not show the codes as they are; rewrite it: %s", file, COMMAND)
                .hasContent(page);
    }

    @Test
    void ids_ofAllEnums_areUnique() {
        assertThat(ENUMS).contains(MemoryErrorCode.class);
        assertThat(ENUMS.get(0)).isEqualTo(MemoryErrorCode.class);
        assertThat(ENUMS.stream().flatMap(e -> Arrays.stream(e.getEnumConstants())))
                .extracting(code -> ((ErrorCode) code).id())
                .doesNotHaveDuplicates();
    }

    @Test
    void row_everyStrategy_isInWords() {
        assertThat(ErrorCodeTable.page(List.of(Code.class)))
                .endsWith(
                        """
                        ## Code

                        Package `io.patinox.tidy`.

                        | code | what happened | what to do | strategy |
                        |---|---|---|---|
                        | `SLOW` | a \\| b | wait | Retry after 5 ms, up to 3 times, if idempotent |
                        | `BUSY` | a \\| b | wait | Retry after 2 s, up to 1 times |
                        | `GONE` | a \\| b | wait | Fallback: use \\| the copy |
                        | `SICK` | a \\| b | wait | CircuitBreak for 5 s |
                        """);
    }

    private enum Code implements ErrorCode {
        SLOW(new Retry(Duration.ofMillis(5), 3, true)),
        BUSY(new Retry(Duration.ofSeconds(2), 1, false)),
        GONE(new Fallback("use | the copy")),
        SICK(new CircuitBreak(Duration.ofSeconds(5)));

        private final RecoveryStrategy strategy;

        Code(RecoveryStrategy strategy) {
            this.strategy = strategy;
        }

        @Override
        public String id() {
            return name();
        }

        @Override
        public String summary() {
            return "a | b";
        }

        @Override
        public String remedy() {
            return "wait";
        }

        @Override
        public RecoveryStrategy strategy() {
            return strategy;
        }

        @Override
        public boolean wrapper() {
            return false;
        }
    }
}
