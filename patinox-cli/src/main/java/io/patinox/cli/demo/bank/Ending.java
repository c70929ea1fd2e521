package io.patinox.cli.demo.bank;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// How a transfer ended.
///
/// @param outcome what the client knows
/// @param error why it wasn't acknowledged, or null if it was
public record Ending(Outcome outcome, @Nullable SQLException error) {

    static final Ending ACKNOWLEDGED = new Ending(Outcome.ACKNOWLEDGED, null);
}
