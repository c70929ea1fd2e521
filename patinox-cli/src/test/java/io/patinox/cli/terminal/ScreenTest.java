package io.patinox.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final Terminal LIVE = new Terminal(true, true, true, 40);

    private final StringWriter out = new StringWriter();

    @Test
    void live_onATerminal_overwritesInPlaceAndCutsToTheWidth() {
        Screen screen = screen(LIVE);
        screen.live("x".repeat(50));
        screen.live("short");
        assertThat(out).hasToString("\r" + "x".repeat(39) + "\u001b[K\rshort\u001b[K");
    }

    @Test
    void line_whileALineIsLive_scrollsAboveIt() {
        Screen screen = screen(LIVE);
        screen.live("working");
        screen.line("event");
        assertThat(out).hasToString("\rworking\u001b[K\r\u001b[Kevent\nworking");
    }

    @Test
    void endLive_onATerminal_leavesNothingBehind() {
        Screen screen = screen(LIVE);
        screen.live("working");
        screen.endLive();
        screen.endLive();
        screen.line("done");
        assertThat(out).hasToString("\rworking\u001b[K\r\u001b[Kdone\n");
    }

    @Test
    void live_inAPipe_isALineLikeAnyOther() {
        Screen screen = screen(Terminal.PLAIN);
        screen.live("x".repeat(100));
        screen.endLive();
        screen.line("done");
        assertThat(out).hasToString("x".repeat(100) + "\ndone\n");
    }

    @Test
    void paint_withAndWithoutColours_marksOrLeavesTheText() {
        assertThat(screen(LIVE).paint(Style.GREEN, "met")).isEqualTo("\u001b[32mmet\u001b[0m");
        assertThat(screen(Terminal.PLAIN).paint(Style.GREEN, "met")).isEqualTo("met");
    }

    private Screen screen(Terminal terminal) {
        return new Screen(new PrintWriter(out), terminal);
    }
}
