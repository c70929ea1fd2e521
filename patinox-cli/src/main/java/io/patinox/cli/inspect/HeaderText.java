package io.patinox.cli.inspect;

import io.patinox.cli.terminal.Figures;
import io.patinox.cli.terminal.Screen;
import io.patinox.cli.terminal.Style;
import io.patinox.cli.terminal.Table;
import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.BlockReport.BadBlock;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedLayout;

/// Says what a header and a report say.
final class HeaderText {
    private static final int MOST_BAD = 20;

    private final Screen screen;
    private final boolean unicode;

    HeaderText(Screen screen) {
        this.screen = screen;
        this.unicode = screen.terminal().unicode();
    }

    void print(MappedFileHeader header) {
        MappedLayout layout = header.layout();
        screen.line(screen.paint(Style.BOLD, Printable.message(header.path().toString(), unicode)));
        line("format", "version %d, %s".formatted(header.formatVersion(), layout.order()));
        line(
                "records",
                "%s, room for %s, %s bytes each"
                        .formatted(
                                Figures.count(header.count()),
                                Figures.count(header.capacity()),
                                Figures.count(layout.strideBytes())));
        line(
                "file",
                "%s bytes, the first record at %s"
                        .formatted(
                                Figures.count(header.fileBytes()),
                                Figures.count(header.headerBytes())));
        line("layout", "%016x".formatted(header.fingerprint()));
        line(
                "state",
                header.clean()
                        ? screen.paint(Style.GREEN, "clean")
                        : screen.paint(Style.YELLOW, "dirty")
                                + ": its last writer did not close it, or is still at work");
        line(
                "checksums",
                header.blockBytes() == 0
                        ? "none"
                        : "for blocks of %s bytes".formatted(Figures.count(header.blockBytes())));
        Table table = new Table("column", "offset", "bytes", "kind", "detail");
        for (MappedColumn column : layout.columns()) {
            String length = column.length() < 0 ? "" : "[" + column.length() + "]";
            table.row(
                    Printable.line(column.path(), unicode),
                    Integer.toString(column.offset()),
                    Integer.toString(column.byteSize()),
                    column.kind().code() + length,
                    Printable.line(column.detail(), unicode));
        }
        screen.line("\n" + String.join("\n", table.lines()));
    }

    private void line(String name, String value) {
        screen.line("  %-10s %s".formatted(name, value));
    }

    /// Prints which blocks are bad, the first of them one by one.
    void print(BlockReport report) {
        if (report.isGood()) {
            String all = Figures.count(report.blocks());
            screen.line("\nverified: all of %s blocks are good".formatted(all));
            return;
        }
        String bad = Figures.count(report.bad().size());
        String sum = "%s of %s blocks are bad".formatted(bad, Figures.count(report.blocks()));
        screen.line("\nverified: " + screen.paint(Style.RED, sum));
        for (BadBlock block : report.bad().subList(0, Math.min(report.bad().size(), MOST_BAD))) {
            screen.line(
                    "  block %d, records %d to %d: checksum %08x, but its bytes have %08x"
                            .formatted(
                                    block.block(),
                                    block.firstElement(),
                                    block.lastElement(),
                                    block.expected(),
                                    block.found()));
        }
        if (report.bad().size() > MOST_BAD) {
            screen.line("  and %s more".formatted(Figures.count(report.bad().size() - MOST_BAD)));
        }
        if (!report.clean()) {
            screen.line(
                    "  the file is dirty: they are damaged, or were written after the last force");
        }
    }
}
